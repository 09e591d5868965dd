"""Objects, and functions that are passed on, written out before anything is inferred.

Receives a function in normal form and gives one in normal form. An object that is made in the function, and of which
only attributes are read and written, is a name for each of its attributes: `p = Point(x, y)` becomes `p_x = x` and
`p_y = y`. Its methods are written in the place of their calls, as are functions that are given objects or functions
with variables of their own, and what `*args`, `**kwargs` and `functools.partial` pass on. Tuples, lists and dicts that
hold such things are names for their items, and loops over them are written trip by trip.

A name has one structure in the whole function. Where it would have several, or where its value is needed as a whole,
it stays as it is, and so does all that depends on it: later passes refuse what they can't follow.
"""

from s2sgrad.unfold.unfolding import unfolded

__all__ = ["unfolded"]
