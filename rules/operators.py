"""Operators, in the syntax and as functions of the module operator: the ufuncs that they mean."""

import operator

import numpy as np

from s2sgrad.registry import adjoint, alias, elementwise, inert, operators, tangent
from s2sgrad.rules.helpers import unbroadcast

elementwise(abs, lambda y, x: np.sign(x))
elementwise(float, lambda y, x: 1)
elementwise(np.float64, lambda y, x: 1)
elementwise(np.float32, lambda y, x: 1)


@elementwise(pow)
def power(d, base, exp):
    y = pow(base, exp)
    yield y
    d.base = exp * base ** (exp - (exp != 0)) * d.y
    d.exp = y * np.log(base + (base == 0)) * d.y


@adjoint(divmod)
@adjoint(np.divmod)
def divmod_(d, x, y):
    quotient, rest = divmod(x, y)
    yield quotient, rest
    d.x = unbroadcast(d.rest, x)
    d.y = unbroadcast(-quotient * d.rest, y)


@tangent(divmod)
@tangent(np.divmod)
def divmod_tangent(d, x, y):
    quotient, rest = divmod(x, y)
    yield quotient, rest
    d.rest = d.x - quotient * d.y


operators(
    {
        "Add": np.add,
        "Sub": np.subtract,
        "Mult": np.multiply,
        "Div": np.true_divide,
        "Mod": np.remainder,
        "Pow": np.power,
        "MatMult": np.matmul,
        "USub": np.negative,
        "UAdd": np.positive,
        "FloorDiv": np.floor_divide,
        "Lt": np.less,
        "LtE": np.less_equal,
        "Gt": np.greater,
        "GtE": np.greater_equal,
        "Eq": np.equal,
        "NotEq": np.not_equal,
        "BitAnd": np.bitwise_and,
        "BitOr": np.bitwise_or,
        "BitXor": np.bitwise_xor,
        "LShift": np.left_shift,
        "RShift": np.right_shift,
        "Invert": np.invert,
        "Not": operator.not_,
        "Is": operator.is_,
        "IsNot": operator.is_not,
        "In": operator.contains,
        "NotIn": operator.contains,
    }
)

alias(operator.add, np.add)
alias(operator.sub, np.subtract)
alias(operator.mul, np.multiply)
alias(operator.truediv, np.true_divide)
alias(operator.mod, np.remainder)
alias(operator.pow, np.power)
alias(operator.neg, np.negative)
alias(operator.pos, np.positive)
alias(operator.abs, abs)

inert(operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)
inert(operator.and_, operator.or_, operator.xor, operator.lshift, operator.rshift, operator.invert)
inert(operator.floordiv, operator.not_, operator.truth, operator.is_, operator.is_not)
inert(operator.contains, operator.index)
