"""The command `s2sgrad`: show a derivative, or write a module of derivatives.

Files are read and never imported or run; what is given on the command line is parsed, never
evaluated. The exit code is 0, or 1 where something is refused or a module is stale (the reason is
on stderr), or 2 where the command itself isn't understood.
"""

from __future__ import annotations

import argparse
import keyword
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from s2sgrad import __version__
from s2sgrad.errors import TransformError
from s2sgrad.generate import NotOverwrittenError, Request, read_sources, staleness, write
from s2sgrad.question import QuestionError, named
from s2sgrad.transform import FORMS, STAGES, stage_text, transform_source

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with arguments, those of the process by default; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except QuestionError as error:
        parser.error(str(error))
    except (TransformError, NotOverwrittenError) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # the reader has seen enough: `s2sgrad show ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    else:
        return code
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="s2sgrad",
        description="Derivatives of Python functions as readable Python source. "
        "The files of the functions are read, never imported or run.",
    )
    parser.add_argument("--version", action="version", version=f"s2sgrad {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    show = commands.add_parser("show", help="print the derivative of a function")
    show.add_argument("function", metavar="FILE.py:FUNCTION", type=_located)
    _add_options(show)
    show.add_argument(
        "--stage", choices=STAGES, help="print the program after this pass of the transformation"
    )
    show.set_defaults(run=_show)

    generate = commands.add_parser(
        "generate", help="write the derivatives of functions as a module that stands alone"
    )
    generate.add_argument("function", metavar="FILE.py:FUNCTION", type=_located)
    generate.add_argument("more", metavar="FUNCTION", nargs="*", type=_function_name)
    generate.add_argument("-o", "--output", metavar="OUT.py", type=Path, required=True)
    _add_options(generate)
    how = generate.add_mutually_exclusive_group()
    how.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 where OUT.py is stale"
    )
    how.add_argument(
        "--force", action="store_true", help="overwrite a file that s2sgrad didn't write"
    )
    generate.set_defaults(run=_generate)
    return parser


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wrt",
        metavar="NAMES",
        type=_parameters,
        help="the parameters to differentiate by, with commas between them; one alone gives its "
        "derivative bare (default: all that the result depends on)",
    )
    parser.add_argument(
        "--of",
        metavar="NAMES",
        type=_outputs,
        help="what is differentiated, with commas between them: `return`, or parameters that the function "
        "writes into, for what it leaves in them (default: what it returns; these if it returns nothing)",
    )
    parser.add_argument("--form", choices=FORMS, default="gradient", help="default: %(default)s")


def _show(options: argparse.Namespace) -> int:
    file, name = options.function
    (source,) = read_sources(file, [name])
    named(source, options.wrt)
    if options.stage is None:
        text = transform_source(source, wrt=options.wrt, of=options.of, form=options.form).text
    else:
        text = stage_text(source, options.stage, wrt=options.wrt, of=options.of, form=options.form)
    print(text.rstrip("\n"))
    return 0


def _generate(options: argparse.Namespace) -> int:
    file, name = options.function
    functions = (name, *options.more)
    if len(set(functions)) < len(functions):
        raise QuestionError("a function is given twice")
    for source in read_sources(file, functions):
        named(source, options.wrt)
    request = Request(
        file, functions, options.output, wrt=options.wrt, of=options.of, form=options.form
    )
    if not options.check:
        write(request, force=options.force)
        return 0
    reason = staleness(request)
    if reason is not None:
        print(f"{options.output} is stale: {reason}", file=sys.stderr)
    return 0 if reason is None else 1


def _located(text: str) -> tuple[Path, str]:
    """`FILE.py:FUNCTION` in its parts; the file's name may have colons."""
    file, colon, name = text.rpartition(":")
    if not colon or not file:
        message = f"{text!r} isn't FILE.py:FUNCTION"
        raise argparse.ArgumentTypeError(message)
    return Path(file), _function_name(name)


def _function_name(text: str) -> str:
    """A function's name, with its class where it is a method."""
    if not all(_is_name(part) for part in text.split(".")):
        message = f"{text!r} isn't the name of a function"
        raise argparse.ArgumentTypeError(message)
    return text


def _parameters(text: str) -> str | int | tuple[str | int, ...]:
    """What `--wrt` says: names or positions; one with a comma behind it is a tuple of one."""
    parts = [_parameter(part.strip()) for part in text.removesuffix(",").split(",")]
    return tuple(parts) if "," in text else parts[0]


def _parameter(text: str) -> str | int:
    if text.isascii() and text.isdecimal():
        return int(text)
    if not _is_name(text):
        message = f"{text!r} isn't the name of a parameter"
        raise argparse.ArgumentTypeError(message)
    return text


def _outputs(text: str) -> str | tuple[str, ...]:
    """What `--of` says: names, among them `return`."""
    parts = tuple(part.strip() for part in text.removesuffix(",").split(","))
    for part in parts:
        if part != "return" and not _is_name(part):
            message = f"{part!r} is neither return nor the name of a parameter"
            raise argparse.ArgumentTypeError(message)
    return parts if "," in text else parts[0]


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)
