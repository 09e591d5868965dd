"""The derivative rules that come with s2sgrad, a table a module (and `helpers`)."""

TABLES = (
    "elementwise",
    "factorisations",
    "operators",
    "math_",
    "reductions",
    "linalg",
    "matrices",
    "shaping",
    "creation",
    "indexing",
    "selection",
    "orders",
    "moved",
    "sampled",
    "of_helpers",
    "inert",
    "methods",
)
