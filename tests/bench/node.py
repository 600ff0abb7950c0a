"""The shipped scripts under Node: runs searches over a built site as the worker of the search page runs them."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.bench.lab import LUNR, SCRIPTS

DRIVER = Path(__file__).with_name("session.mjs")


def search(site: Path, states: Iterable[Mapping[str, object]]) -> Iterator[dict[str, Any]]:
    """Yield the answer to each state, in their order; `most` in a state: see `session.mjs`."""
    with tempfile.TemporaryDirectory() as folder:
        # A browser learns from the page that these are modules; Node learns it from a package.json beside them.
        for file in SCRIPTS.glob("*.js"):
            shutil.copy(file, folder)
        (Path(folder) / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        asked = "".join(json.dumps(state) + "\n" for state in states)
        with tempfile.TemporaryFile("w+", encoding="utf-8") as lines:
            lines.write(asked)
            lines.seek(0)
            command = ["node", str(DRIVER), folder, str(site), str(LUNR)]
            node = subprocess.Popen(command, stdin=lines, stdout=subprocess.PIPE, text=True, encoding="utf-8")
            assert node.stdout is not None
            yield from map(json.loads, node.stdout)
        if node.wait() != 0:
            raise subprocess.CalledProcessError(node.returncode, command)
