"""The derivative rules that come with s2sgrad, one table a module; `helpers` is what generated text may copy."""

TABLES = (
    "elementwise",
    "operators",
    "math_",
    "reductions",
    "linalg",
    "shaping",
    "creation",
    "indexing",
    "selection",
    "of_helpers",
    "inert",
    "methods",
)
