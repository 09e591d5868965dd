"""What is printed parses to the same tree, and formatters leave it alone."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import gast
import pytest

from s2sgrad.emit import CommentStatement, EmitError, emit, emitted, expression

LIBRARY = Path(sysconfig.get_path("stdlib"))


def parsed(text: str) -> gast.Module:
    return gast.ast_to_gast(ast.parse(text))


def formatted(text: str) -> str:
    """What `ruff format` makes of a text, in its default settings."""
    run = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return run.stdout


def library_modules() -> list[Path]:
    skipped = {"site-packages", "lib2to3", "idlelib", "turtledemo"}
    return sorted(
        p for p in LIBRARY.rglob("*.py") if not skipped & set(p.parts) and "bad" not in p.name
    )


def library_sample(count: int) -> list[Path]:
    if os.environ.get("S2SGRAD_WHOLE_LIBRARY"):
        return library_modules()
    return random.Random(0).sample(library_modules(), count)


def tree_of(path: Path) -> ast.Module | None:
    try:
        return ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, RecursionError):
        return None


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
def test_the_standard_library_survives_the_round_trip():
    """All of it with S2SGRAD_WHOLE_LIBRARY=1 in the environment, else 150 modules."""
    printed = 0
    for path in library_sample(150):
        tree = tree_of(path)
        if tree is not None:
            emit(gast.ast_to_gast(tree))  # compares the trees itself
            printed += 1
    assert printed > 100


class WithoutDocstrings(ast.NodeTransformer):
    """Formatters rewrite what docstrings say, and `match` isn't laid out."""

    def visit_Match(self, node: ast.Match) -> ast.AST:
        return ast.Pass()

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        documented = ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef | ast.Module
        if isinstance(node, documented) and ast.get_docstring(node) is not None:
            node.body[0] = ast.Expr(ast.Constant("Docstring."))
        return node


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
def test_ruff_leaves_the_standard_library_as_it_is_printed(tmp_path):
    for number, path in enumerate(library_sample(60)):
        tree = tree_of(path)
        if tree is not None:
            text = emit(gast.ast_to_gast(WithoutDocstrings().visit(tree)))
            (tmp_path / f"m{number}_{path.name}").write_text(
                text, encoding="utf-8", errors="surrogatepass"
            )
    run = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "reformatted" not in run.stderr, run.stdout[:3000]


class Programs:
    """Random functions in the style of derivatives, with names and nesting of all lengths."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def name(self) -> str:
        return self.random.choice(
            [
                "x",
                "d_w",
                "d_log_norm",
                "W1",
                "sum_exp_Z",
                "i",
                "saved",
                "n",
                "b" * self.random.randint(1, 30),
            ]
        )

    def atom(self) -> str:
        return self.random.choice(
            [
                self.name,
                self.name,
                lambda: str(self.random.randint(0, 9)),
                lambda: repr(self.random.random() * 10),
                lambda: f"{self.name()}.shape",
            ]
        )()

    def index(self, depth: int) -> str:
        def one() -> str:
            kind = self.random.randint(0, 5)
            if kind == 0:
                return f"{self.expression(depth - 1)}:{self.expression(depth - 1)}"
            if kind == 1:
                return f"{self.atom()}:"
            if kind == 2:
                return f":-1:{self.atom()}"
            return self.expression(depth - 1)

        return ", ".join(one() for _ in range(self.random.choice([1, 1, 2, 3])))

    def arguments(self, depth: int) -> str:
        items = [self.expression(depth - 1) for _ in range(self.random.randint(0, 3))]
        if self.random.random() < 0.3:
            items.append(f"axis={self.expression(depth - 2)}")
        return ", ".join(items)

    def expression(self, depth: int) -> str:
        if depth <= 0:
            return self.atom()
        inner = lambda: self.expression(depth - 1)  # noqa: E731
        kinds = {
            "binary": lambda: (
                f"{inner()} {self.random.choice(['+', '-', '*', '/', '@', '**', '//', '%'])} {inner()}"
            ),
            "parenthesized": lambda: (
                f"({inner()}) {self.random.choice(['*', '/', '**', '-'])} ({inner()})"
            ),
            "call": lambda: (
                self.random.choice(["np.sin", "math.log", "f", "unbroadcast", "np.linalg.solve"])
                + f"({self.arguments(depth)})"
            ),
            "method": lambda: (
                f"{self.name()}.{self.random.choice(['sum', 'dot', 'reshape'])}({self.arguments(depth)})"
            ),
            "chain": lambda: f"({inner()}).sum({self.arguments(1)}).reshape({self.arguments(1)}).T",
            "subscript": lambda: f"{self.name()}[{self.index(depth)}]",
            "unary": lambda: f"-({inner()})",
            "not": lambda: f"(not {inner()})",
            "compare": lambda: (
                f"({inner()} {self.random.choice(['<', '==', '>=', 'is not', 'in'])} {inner()})"
            ),
            "boolean": lambda: f"({inner()} {self.random.choice(['and', 'or'])} {inner()})",
            "conditional": lambda: f"({inner()} if {inner()} else {inner()})",
            "tuple": lambda: f"({inner()}, {inner()})",
            "list": lambda: f"[{inner()}, {inner()}, {inner()}]",
            "dict": lambda: f"{{{self.atom()}: {inner()}, 'key': {inner()}}}",
            "comprehension": lambda: f"[{inner()} for {self.name()} in {inner()} if {inner()}]",
            "generator": lambda: (
                f"tuple({inner()} for {self.name()}, k in zip({inner()}, {inner()}))"
            ),
            "lambda": lambda: f"(lambda {self.name()}, k=1: {inner()})",
            "string": lambda: self.random.choice(
                ['"text"', "'it\"s'", '"don\'t"', 'f"{x:.3f} and {d_w!r}"', '"a\\n\\tb"']
            ),
            "starred": lambda: f"f(*{self.name()}, **({inner()}))",
        }
        weights = [6, 5, 6, 4, 2, 5, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1]
        return self.random.choices(list(kinds.values()), weights)[0]()

    def statement(self, depth: int, indent: int) -> list[str]:
        space = "    " * indent
        size = self.random.randint(0, 4)
        kind = self.random.randint(0, 15)
        value = self.expression(size)
        target = self.random.choice(
            [self.name(), f"{self.name()}[{self.index(1)}]", f"{self.name()}, {self.name()}"]
        )
        if kind <= 4:
            return [f"{space}{target} = {value}"]
        if kind <= 6:
            return [
                f"{space}{target.split(', ')[0] if '[' not in target else target} {self.random.choice('+-*')}= {value}"
            ]
        if kind == 7:
            return [f"{space}{self.name()}, {self.name()} = {value}, {self.expression(size)}"]
        if kind == 8:
            return [f"{space}{self.name()} = {target} = {value}"]
        if kind == 9:
            return (
                [f"{space}assert {value}"]
                if size % 2
                else [f"{space}assert {value}, {self.expression(1)}"]
            )
        if kind == 10:
            return [
                f"{space}return {', '.join(self.expression(size) for _ in range(self.random.randint(1, 4)))}"
            ]
        if kind == 11:
            return [f"{space}{self.name()}.append({value})"]
        if kind == 12 and depth:
            return [
                f"{space}for {target if '[' not in target else 'k'} in {value}:",
                *self.block(depth - 1, indent + 1),
            ]
        if kind == 13 and depth:
            return [f"{space}while {value}:", *self.block(depth - 1, indent + 1)]
        if kind == 14 and depth:
            alternatives = [
                f"{space}elif {self.expression(size)}:",
                *self.block(depth - 1, indent + 1),
            ]
            rest = [f"{space}else:", *self.block(depth - 1, indent + 1)]
            return [f"{space}if {value}:", *self.block(depth - 1, indent + 1), *alternatives, *rest]
        return (
            [f"{space}raise ValueError({value})"]
            if kind == 15
            else [f"{space}{self.name()} = {self.name()}"]
        )

    def block(self, depth: int, indent: int) -> list[str]:
        return [
            line for _ in range(self.random.randint(1, 4)) for line in self.statement(depth, indent)
        ]

    def function(self) -> str:
        parameters = [
            f"p{i}_{'a' * self.random.randint(0, 20)}" for i in range(self.random.randint(0, 5))
        ]
        if self.random.random() < 0.4:
            parameters = [f"{p}: float" for p in parameters]
        head = f"def {self.name()}_grad({', '.join([*parameters, 'd_out=1.0'])}):"
        return "\n".join([head, '    """Derivatives."""', *self.block(3, 1), *self.block(2, 1)])

    def module(self, count: int) -> str:
        return "import numpy as np\n" + "\n".join(self.function() for _ in range(count)) + "\n"


def test_ruff_leaves_random_derivatives_as_they_are_printed(tmp_path):
    for seed in range(8):
        text = emit(parsed(Programs(seed).module(40)))
        (tmp_path / f"module_{seed}.py").write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert "reformatted" not in run.stderr, run.stdout[:3000]


# ---- single cases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "(-x) ** 2",
        "-(x**2)",
        "-2",
        "2 ** x.sum()",
        "2**-x",
        "x.shape**y",
        "a[1] ** 2",
        "(a + b) * c",
        "a + b * c",
        "a - (b - c)",
        "a / (b * c)",
        "a / b / c",
        "(a**b) ** c",
        "a**b**c",
        "not (a and b) or c",
        "(a < b) == c",
        "x[1 : n - 1]",
        "x[1:n]",
        "x[a.b :, ::2]",
        "x[:-1, None]",
        "x[i + 1 :: 2]",
        "x[(1, 2)[0]]",
        "x[1,]",
        "x[*i]",
        "f(*a, b=1, **c)",
        "f(x for x in y)",
        "f((x for x in y), 1)",
        "(1).real",
        "(1.5).hex()",
        "1e-12",
        "1e16",
        "1j",
        "(a if b else c) + 1",
        "a if b else c if d else e",
        "(lambda x, *, k=1: x)(2)",
        "lambda: 0",
        "[x for x in y if x if z for z in (1, 2)]",
        "{**a, 1: 2}",
        "{*()}",
        "(x := 1, 2)",
        "f(x := 1)",
        "'it\"s'",
        '"it\'s"',
        '"a\\nb"',
        'f"{x:.3f} {{}} {y!r:>{w}}"',
        "f'{x}\"'",
        "await_",
        "()",
        "(a,)",
        "...",
    ],
)
def test_an_expression_is_printed_as_it_is_written(text):
    assert expression(gast.parse(text, mode="eval").body) == text


def test_sharing_a_subtree_changes_nothing():
    x = gast.parse("-x", mode="eval").body
    assert expression(gast.BinOp(left=x, op=gast.Pow(), right=x)) == "(-x) ** -x"


def test_an_infinity_is_a_literal_and_nan_is_none():
    assert expression(gast.Constant(value=float("inf"), kind=None)) == "1e309"
    with pytest.raises(ValueError, match="nan"):
        expression(gast.Constant(value=float("nan"), kind=None))


def test_what_has_no_text_is_an_internal_error():
    module = gast.Module(
        body=[gast.Expr(value=gast.Name(id="not a name", ctx=gast.Load()))], type_ignores=[]
    )
    with pytest.raises(EmitError, match="emitted text"):
        emit(module)


def function_with(body: list[gast.AST]) -> gast.Module:
    module = parsed("def f(x):\n    pass\n")
    module.body[0].body = body
    return module


def test_comments_are_lines_of_their_own():
    body = [
        CommentStatement("return x"),
        *parsed("y = 1").body,
        CommentStatement("two\nlines"),
        gast.If(
            test=gast.Name(id="x", ctx=gast.Load()), body=[CommentStatement("only this")], orelse=[]
        ),
    ]
    assert emit(function_with(body)) == (
        "def f(x):\n    # return x\n    y = 1\n    # two\n    # lines\n    if x:\n        # only this\n        pass\n"
    )


@pytest.mark.parametrize(
    "text", ["a\rimport os", "a\x0cb", "a\x00b", "\ud800", "a\u2028import os", "", "  "]
)
def test_a_comment_never_becomes_code(text):
    printed = emit(function_with([CommentStatement(text), *parsed("return x").body]))
    lines = printed.splitlines()
    assert lines[0] == "def f(x):"
    assert lines[-1] == "    return x"
    assert all(line.startswith("    #") for line in lines[1:-1])
    assert formatted(printed) == printed


def test_the_tree_is_left_alone():
    module = parsed(Programs(3).module(5))
    before = gast.dump(module, include_attributes=True)
    emit(module)
    assert gast.dump(module, include_attributes=True) == before
    assert not any(hasattr(node, "_pp") for node in gast.walk(module))


def test_docstrings_stand_at_the_indentation_of_their_block():
    text = emit(
        parsed('def f():\n    """One.\n\n      Two.\n    Three "quoted".\n    """\n    return 1\n')
    )
    assert (
        text == 'def f():\n    """One.\n\n      Two.\n    Three "quoted".\n    """\n    return 1\n'
    )
    assert formatted(text) == text


def test_blank_lines_between_definitions_imports_and_comments():
    module = parsed(
        "import a\nfrom b import c\nX = 1\n"
        "def f():\n    def g():\n        return 1\n    return g\ndef h():\n    return 2"
    )
    module.body.insert(3, CommentStatement("about f"))
    text = emit(module)
    assert text == (
        "import a\nfrom b import c\n\nX = 1\n\n\n# about f\ndef f():\n    def g():\n        return 1\n\n"
        "    return g\n\n\ndef h():\n    return 2\n"
    )
    assert formatted(text) == text


def test_the_lines_of_a_text_know_where_they_come_from():
    module = parsed("def f(x):\n    y = x\n    return " + " + ".join(["some_long_name"] * 10))
    printed = emitted(module)
    lines, origins = printed.text.splitlines(), printed.origins
    assert origins[1] == 1
    assert origins[2] == 2
    assert {origins[n] for n in range(3, len(lines) + 1)} == {3}


def test_printing_is_fast():
    module = parsed(
        "def f():\n" + "    d_x[i] = np.cos(2 * x[i] + 1.0) * (d_out + saved.pop())\n" * 2000
    )
    emit(module)
    start = time.process_time()
    emit(module)
    assert time.process_time() - start < 1.0  # 0.2 s on an idle machine
