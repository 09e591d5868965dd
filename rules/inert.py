"""Functions without a derivative: it is zero wherever it exists, or the result is no real number.

Not here: functions whose result can depend on a real argument, such as np.sort; they need a rule.
"""

import logging
import random
import time
import warnings

import numpy as np

from s2sgrad.registry import inert, methods

# ---- piecewise constant ----

inert(np.floor, np.ceil, np.trunc, np.rint, np.fix, np.round, np.sign, np.floor_divide)
inert(np.spacing, np.signbit, round, int, bool)

# ---- comparisons, truth, bits ----

inert(np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal)
inert(np.logical_and, np.logical_or, np.logical_xor, np.logical_not)
inert(np.isfinite, np.isinf, np.isnan, np.isneginf, np.isposinf, np.isclose, np.allclose)
inert(np.array_equal, np.array_equiv, np.any, np.all, np.isin, np.isscalar, np.iscomplexobj)
inert(np.bitwise_and, np.bitwise_or, np.bitwise_xor, np.invert, np.left_shift, np.right_shift)
inert(np.gcd, np.lcm, any, all)

# ---- positions and counts ----

inert(np.argmax, np.argmin, np.nanargmax, np.nanargmin, np.argsort, np.lexsort, np.argwhere)
inert(np.nonzero, np.flatnonzero, np.count_nonzero, np.searchsorted, np.digitize)
inert(np.ix_, np.unravel_index, np.ravel_multi_index)
inert(np.diag_indices, np.tril_indices, np.triu_indices)

# ---- sizes and types ----

inert(len, range, np.shape, np.ndim, np.size, np.broadcast_shapes)
inert(np.result_type, np.can_cast, np.promote_types, np.issubdtype, np.isreal, np.isrealobj)
inert(np.dtype, np.finfo, np.iinfo, np.shares_memory, np.may_share_memory)
inert(np.bool_, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64)
inert(type, isinstance, issubclass, callable, hasattr, id, hash, slice)

# ---- text ----

inert(str, repr, format, ascii, bytes, chr, ord, bin, hex, oct)
inert(*(function for name, function in vars(str).items() if name[0] != "_"))
inert(*(function for name, function in vars(int).items() if name[0] != "_" and callable(function)))
inert(float.is_integer, float.hex)
inert(np.array2string, np.array_str, np.array_repr)

# ---- to be run once, in order ----

inert(print, input, open, warnings.warn, effect=True)
_LEVELS = ("debug", "info", "warning", "error", "critical", "exception", "log")
inert(
    *(getattr(place, name) for place in (logging, logging.Logger) for name in _LEVELS), effect=True
)
methods(logging.Logger, {name: getattr(logging.Logger, name) for name in _LEVELS})
inert(time.time, time.perf_counter, time.process_time, time.monotonic, time.sleep, effect=True)
inert(np.seterr, np.errstate, np.printoptions, np.set_printoptions, effect=True)
inert(random.random, random.randint, random.randrange, random.seed, random.getrandbits, effect=True)
inert(np.random.seed, np.random.default_rng, effect=True)
inert(np.random.rand, np.random.randn, np.random.randint, np.random.random, effect=True)
inert(np.random.random_sample, np.random.standard_normal, effect=True)
inert(np.random.Generator.random, np.random.Generator.standard_normal, effect=True)
inert(np.random.Generator.integers, effect=True)
