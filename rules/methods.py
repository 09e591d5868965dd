"""Which function each method and attribute means; the object is its first argument."""

import operator

import numpy as np

from s2sgrad.registry import attributes, elementwise, inert, methods

# Methods that take the arguments of NumPy's function of the same name:
NAMESAKES = (
    "all any argmax argmin argsort copy cumprod cumsum diagonal dot max mean min nonzero prod ravel repeat "
    "round searchsorted squeeze std sum swapaxes take trace var"
)
# Methods that have a rule of their own:
OWN = "astype clip conj conjugate flatten item reshape tolist transpose"
# Attributes that carry no derivative:
FACTS = "dtype itemsize nbytes strides flags"

METHODS = {name: getattr(np, name) for name in NAMESAKES.split()}
METHODS |= {name: getattr(np.ndarray, name) for name in OWN.split()}

ATTRIBUTES = {name: operator.attrgetter(name) for name in FACTS.split()}
inert(*ATTRIBUTES.values())
ATTRIBUTES |= {"T": np.transpose, "ndim": np.ndim, "shape": np.shape, "size": np.size}
ATTRIBUTES |= {"real": np.real, "imag": np.imag}

methods(np.ndarray, METHODS)
attributes(np.ndarray, ATTRIBUTES)
methods(np.generic, METHODS)
attributes(np.generic, ATTRIBUTES)

# ---- Python's numbers ----

elementwise(float.conjugate, lambda y, x: 1)
FLOAT_METHODS = ("is_integer", "as_integer_ratio", "hex", "conjugate")
methods(float, {name: getattr(float, name) for name in FLOAT_METHODS})
methods(int, {name: f for name, f in vars(int).items() if name[0] != "_" and callable(f)})

# ---- texts, lists and dicts ----
# Methods of lists and dicts move references: their derivatives mirror them, and need no rule.

methods(str, {name: f for name, f in vars(str).items() if name[0] != "_"})
methods(list, {name: f for name, f in vars(list).items() if name[0] != "_"})
methods(dict, {name: f for name, f in vars(dict).items() if name[0] != "_" and name != "fromkeys"})
methods(tuple, {"index": tuple.index, "count": tuple.count})

# ---- random numbers ----

methods(
    np.random.Generator,
    {
        name: getattr(np.random.Generator, name)
        for name in ("random", "standard_normal", "integers")
    },
)
