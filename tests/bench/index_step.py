"""Time sitegen's index step alone, in a process of its own: load a collection once, build the index, write its files.

    python -m tests.bench.index_step PROJECT

Prints one line of JSON: seconds by the clock and of the processor, and its own peak of memory before and after.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

from sitegen import build, markup
from sitegen.config import read_config
from sitegen.library import build_library
from sitegen.model import OutputFile
from sitegen.search import build_index, notice_lines, number_notices


def main() -> int:
    """Run the step."""
    project = Path(sys.argv[1])
    config = read_config(project)
    converted = build.convert_seeds(project, config, write=False)
    library = build_library(converted.notices, converted.collection.authority)
    numbered = number_notices(library.notices)
    lines = [tuple(notice_lines(notice, markup.parse(notice.body))) for notice in numbered]
    before = _peak()
    wall, processor = time.monotonic(), _processor()
    with tempfile.TemporaryDirectory() as folder:
        _write(build_index(library, lines, config.search).files, Path(folder))
        seconds = time.monotonic() - wall
        processor = _processor() - processor
    print(json.dumps({"wall": seconds, "cpu": processor, "library": before, "peak": _peak()}))
    return 0


def _write(files: tuple[OutputFile, ...], folder: Path) -> None:
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _peak() -> int:
    """Give the most bytes of memory this process has had; not `ru_maxrss`, which begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return 1024 * int(re.findall(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)[0])


if __name__ == "__main__":
    sys.exit(main())
