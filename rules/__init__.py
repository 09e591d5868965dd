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
    "of_helpers",
    "inert",
    "methods",
)
