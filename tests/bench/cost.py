"""What an index costs: bytes on disk, time to build, memory.

sitegen's index step runs in a process of its own that has loaded the collection before, so that its peak of memory
holds the whole collection; the processes it starts count with it. Pagefind is one process that reads the pages as it
goes. Both write their files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench import memory
from tests.bench.figures import Figure, ratio_aim
from tests.bench.lab import ROOT, Lab

AIMED = 10_000
"""Notices the aims speak of."""
MOST_DISK = 0.5
MOST_TIME = 0.08
MOST_MEMORY = 0.1
RUNS = {1_000: 3}
"""How often each side builds, one after the other; once where it takes long. The median counts."""


def disk_figures(size: int, lab: Lab) -> Iterator[Figure]:
    """Weigh both indexes."""
    ours = sum(file.stat().st_size for file in _files(lab.ours(size) / "search") if file.name != "index.html")
    theirs = sum(file.stat().st_size for file in _files(lab.theirs(size) / "pagefind"))
    aims = (ratio_aim(ours, theirs, MOST_DISK),) if size == AIMED else ()
    yield Figure(size, "index on disk", ours, theirs, "B", aims)


def build_figures(size: int, lab: Lab) -> Iterator[Figure]:
    """Build both indexes, in turn."""
    ours, theirs = [], []
    for _ in range(RUNS.get(size, 1)):
        ours.append(_build_ours(lab.project(size)))
        theirs.append(_build_theirs(lab, size))
    mine, other = _median(ours), _median(theirs)
    quick, small = (
        (ratio_aim(mine[key], other[key], most, is_firm=False),) if size == AIMED else ()
        for key, most in (("wall", MOST_TIME), ("peak", MOST_MEMORY))
    )
    yield Figure(size, "index built in", mine["wall"], other["wall"], "s", quick)
    yield Figure(size, "index built in, processor", mine["cpu"], other["cpu"], "s")
    yield Figure(size, "peak memory, collection included", mine["peak"], other["peak"], "B", small)
    yield Figure(size, "peak memory above the collection", mine["peak"] - mine["library"], None, "B")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _build_ours(project: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.index_step", str(project)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        together = memory.watch(process)
        told = process.communicate()[0]
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    measured: dict[str, float] = json.loads(told)
    return measured | {"peak": max(measured["peak"], together)}


def _build_theirs(lab: Lab, size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=lab.work) as folder:
        start = time.monotonic()
        command = [lab.pagefind, "--site", lab.theirs(size), "--output-path", folder, "--quiet"]
        child = subprocess.Popen([str(part) for part in command])
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
    if status != 0:
        raise subprocess.CalledProcessError(status, "pagefind")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * 1024.0}


def _median(runs: list[dict[str, float]]) -> dict[str, Any]:
    """Give the run in the middle, by the clock."""
    return sorted(runs, key=lambda run: run["wall"])[len(runs) // 2]
