"""`python -m tests.fuzz --programs N --seed S --seconds T`: a campaign; failures are made small and printed.

With --faults: whether the programs find each of the faults of `tests.fuzz.faults`.
"""

from __future__ import annotations

import argparse
import sys
import warnings

from tests.fuzz.campaign import campaign, minimal
from tests.fuzz.faults import report
from tests.fuzz.generate import generated
from tests.fuzz.profiles import PROFILES
from tests.fuzz.verdicts import ALL_WAYS, READ_WAYS, checked


def main() -> int:
    """Run what the command line says; 1 where something failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--programs", type=int, default=1000, help="how many programs at most")
    parser.add_argument("--seed", type=int, default=0, help="which sequence of programs")
    parser.add_argument("--first", type=int, default=0, help="the number of the first program")
    parser.add_argument("--seconds", type=float, default=3600.0, help="for how long at most")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument(
        "--ways", type=int, default=4, help="ways of differentiating each program; 0: only read"
    )
    parser.add_argument("--shrink", type=float, default=60.0, help="seconds for each failure")
    parser.add_argument(
        "--show", type=int, metavar="NUMBER", help="print one program and its verdicts"
    )
    parser.add_argument(
        "--faults", action="store_true", help="find faults that are put in on purpose"
    )
    parser.add_argument(
        "--profiles", nargs="+", choices=PROFILES, default=[], help="what the programs are about"
    )
    parser.add_argument(
        "--wider", action="store_true", help="functions that dual numbers don't have, too"
    )
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if given.faults:
        return not report(given.seed, given.programs)
    if given.show is not None:
        program = generated(given.seed, given.show, given.profiles, wider=given.wider)
        sys.stdout.write(f"{program}\n")
        for verdict in checked(program, (*ALL_WAYS, *READ_WAYS)):
            sys.stdout.write(f"{verdict.kind} {verdict.reason} ({verdict.way})\n")
            sys.stdout.write(f"{verdict.told}\n" if verdict.kind == "refused" else "")
        return 0
    tally = campaign(
        given.programs,
        given.seed,
        given.seconds,
        given.jobs,
        first=given.first,
        count=given.ways,
        profiles=given.profiles,
        wider=given.wider,
    )
    sys.stdout.write(f"{tally}\n")
    for number, verdict in tally.failures if given.shrink else ():
        program = generated(given.seed, number, given.profiles, wider=given.wider)
        small = minimal(program, verdict, given.shrink)
        way = () if verdict.way is None else (verdict.way,)
        told = checked(small, way)[0].told
        sys.stdout.write(
            f"\n#### {given.seed}-{number}: {verdict.kind}: {verdict.reason} ({verdict.way})\n{small}\n{told}\n"
        )
        sys.stdout.flush()
    return bool(tally.failures)


if __name__ == "__main__":
    sys.exit(main())
