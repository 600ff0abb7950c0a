"""Search beside Pagefind, on the same notices, in one run: one table with ratios, and whether each aim is met.

    python -m tests.bench.search [--sizes "1000 10000"] [--only wire,disk] [--as-built]

The peers and corpora are those of the bench folder: BENCH names it, its README tells of LAB, WORK and CORPUS. Ends with
1 where an aim is missed that does not hang on the machine, with 3 where the peers are not there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.bench import cost, exactness, feel, known, wire
from tests.bench.chromium import chromium
from tests.bench.figures import Figure, table
from tests.bench.lab import Lab, find_lab, prepare


@dataclass(frozen=True, slots=True)
class Bench:
    """What a part measures with."""

    lab: Lab
    browser: Any
    substrings: int
    in_browser: int
    runs: int


Part: TypeAlias = Callable[[Bench, int], Iterator[Figure]]

PARTS: Mapping[str, Part] = {
    "wire": lambda b, size: wire.figures(size, b.lab.ours(size), b.lab.theirs(size), b.browser),
    "disk": lambda b, size: cost.disk_figures(size, b.lab),
    "build": lambda b, size: cost.build_figures(size, b.lab),
    "exact": lambda b, size: exactness.figures(
        size, b.lab.ours(size), b.lab.corpus(size), b.browser, b.substrings, b.in_browser
    ),
    "known": lambda b, size: known.figures(size, b.lab.ours(size), b.lab.theirs(size), b.lab.corpus(size), b.browser),
    "feel": lambda b, size: feel.figures(size, b.lab.ours(size), b.lab.theirs(size), b.browser, b.runs),
}
"""In the order in which they run and are printed."""

NO_PEERS = 3
"""Exit code where there is nothing to measure beside."""


def main() -> int:
    """Run the bench."""
    arguments = _arguments()
    lab = find_lab()
    missing = lab.missing()
    if missing:
        print("Not there:", *missing, sep="\n  ")
        print("BENCH names the bench folder, whose setup.sh installs the peers into LAB.")
        return NO_PEERS
    for size in arguments.sizes:
        prepare(lab, size, build=not arguments.as_built)
    with chromium() as browser:
        bench = Bench(lab, browser, arguments.substrings, arguments.in_browser, arguments.runs)
        figures = [figure for size in arguments.sizes for figure in _measure(bench, arguments.only, size)]
    print(table(figures))
    return 1 if any(aim.is_firm and not aim.is_met for figure in figures for aim in figure.aims) else 0


def _measure(bench: Bench, names: list[str], size: int) -> Iterator[Figure]:
    for name in (name for name in PARTS if name in names):
        print(f"{size:,} notices: {name}", file=sys.stderr, flush=True)
        yield from PARTS[name](bench, size)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_sizes, default=[1_000], help="numbers of notices (default: 1000)")
    parser.add_argument("--only", type=_parts, default=list(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--as-built", action="store_true", help="do not build sitegen's site anew where it is there")
    parser.add_argument("--substrings", type=int, default=2_000, help="substrings under Node (default: 2000)")
    parser.add_argument("--in-browser", type=int, default=100, help="of them in Chromium too (default: 100)")
    parser.add_argument("--runs", type=int, default=feel.RUNS, help=f"rounds of waiting (default: {feel.RUNS})")
    return parser.parse_args()


def _sizes(written: str) -> list[int]:
    return [int(size) for size in written.replace(",", " ").split()]


def _parts(written: str) -> list[str]:
    names = written.split(",")
    if unknown := set(names) - PARTS.keys():
        raise argparse.ArgumentTypeError(f"no part of the bench: {', '.join(sorted(unknown))}")
    return names


if __name__ == "__main__":
    sys.exit(main())
