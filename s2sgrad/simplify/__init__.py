"""Small proven rewrites of single expressions: what rules say in general, as if written by hand.

Every rewrite receives an expression and what is known of its names, and promises the same value
(apart from the rounding that comes with the order of additions and multiplications), of the same
shape and the same kind of dtype. Where the kinds of the operands don't prove that, nothing is
rewritten. Three entry points: `spellings.respell` writes the helpers of rules as methods, operators
and indices, `algebra.arrange` collects signs, numbers, factors and like terms, and
`spellings.owned` makes a value that may be written into.

What an expression holds is answered by `shapes.Shapes`. Divisions are barriers, integers may wrap
around and are multiplied as they were, and the user's own text isn't touched.
"""
