"""`python -m tests.front_end [PLACE ...]`: functions of files, folders and modules, each transformed or refused.

Prints counts, and how to do each failure again. A file is only read, as `s2sgrad show` does; a module is imported.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from s2sgrad.transform import FORMS
from tests.front_end.campaign import How, campaign, tried
from tests.front_end.corpus import FOLDERS, MODULES, files_of
from tests.front_end.processes import campaign_in_processes
from tests.front_end.tally import Result


def main() -> int:
    """Run what the command line says; 1 where something failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.front_end")
    parser.add_argument(
        "places", nargs="*", help="files and folders that are read, modules that are imported"
    )
    parser.add_argument("--files", type=int, help="how many files at most")
    parser.add_argument("--seed", type=int, default=0, help="which files, in which order")
    parser.add_argument("--jobs", type=int, default=0, help="how many processes; 0: none but this")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for a function")
    parser.add_argument("--seconds", type=float, default=1e9, help="for how long at most")
    parser.add_argument("--form", choices=FORMS, help="if not told, another one for each function")
    parser.add_argument(
        "--only", metavar="PLACE:FUNCTION", help="print the verdict of one function"
    )
    given = parser.parse_args()
    how = How(given.form, given.seed, given.limit)
    if given.only is not None:
        where, _, name = given.only.rpartition(":")
        (result,) = (r for r in tried(where, how, only=name) if isinstance(r, Result))
        sys.stdout.write(f"{result.verdict.kind}: {result.verdict.reason}\n{result.verdict.told}\n")
        return 0
    named = given.places or [*map(str, FOLDERS), *MODULES]
    paths = [Path(place) for place in named if Path(place).exists()]
    modules = [place for place in named if not Path(place).exists()]
    places = [*modules, *map(str, files_of(paths, given.files, given.seed))]
    if given.jobs:
        tally = campaign_in_processes(places, how, given.jobs, given.seconds)
    else:
        tally = campaign(places, how, given.seconds)
    sys.stdout.write(f"{tally}\n")
    return bool(tally.failures)


if __name__ == "__main__":
    sys.exit(main())
