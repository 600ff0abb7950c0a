"""The memory of a process and all it started: what pages they share is counted once (the sum of PSS)."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

EVERY = 0.1
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def watch(process: subprocess.Popen[str]) -> int:
    """Wait for a process; gives the most bytes that it and its descendants had together, read ten times a second."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_pss, _family(process.pid))))
        time.sleep(EVERY)
    return peak


def _family(process: int) -> list[int]:
    """List a process and its descendants."""
    found, at = [process], 0
    while at < len(found):
        for children in Path(f"/proc/{found[at]}/task").glob("*/children"):
            found += map(int, _read(children).split())
        at += 1
    return found


def _pss(process: int) -> int:
    found = _PSS.search(_read(Path(f"/proc/{process}/smaps_rollup")))
    return 1024 * int(found[1]) if found else 0


def _read(path: Path) -> str:
    """Read a file of a process; one that has ended has none."""
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""
