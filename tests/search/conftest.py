"""Builds small indexes, and runs the modules of the search page over them under Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from sitegen.library import build_library
from sitegen.model import Facts, Notice, Paragraph
from sitegen.search import build_index
from sitegen.search.folding import folding_table

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "templates" / "static" / "js"
LUNR = ROOT / "sitegen" / "_vendor" / "lunr.js"


def missing(what: str) -> None:
    """Skip for want of a tool; fail where everything has to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is needed here, and is not there")
    pytest.skip(f"{what} is not there")


@pytest.fixture(scope="session")
def run_node(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Give a function that has Node do a task of `driver.mjs`: arguments in, answer out, as JSON."""
    node = shutil.which("node")
    if node is None:
        missing("node")
    driver = str(Path(__file__).with_name("driver.mjs"))
    # A browser learns from the page that these are modules; Node learns it from a package.json beside them.
    scripts = tmp_path_factory.mktemp("scripts")
    for file in SCRIPTS.glob("*.js"):
        shutil.copy(file, scripts)
    (scripts / "package.json").write_text('{"type": "module"}', encoding="utf-8")

    def run(task: str, **cases: Any) -> Any:
        command = [str(node), driver, str(scripts), str(LUNR) if LUNR.exists() else ""]
        done = subprocess.run(command, input=json.dumps({"task": task, **cases}).encode(), capture_output=True)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        assert done.stderr == b"", "a module wrote to the console"
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def run_lunr(run_node: Callable[..., Any]) -> Callable[..., Any]:
    """Give the same function where lunr.js is there."""
    if not LUNR.exists():
        missing("sitegen/_vendor/lunr.js")
    return run_node


@pytest.fixture(scope="session")
def table() -> str:
    """Give the folding table as the site ships it."""
    return json.dumps(folding_table(), ensure_ascii=False)


def build_files(texts: Mapping[str, Iterable[str]], facts: Mapping[str, Facts] | None = None) -> dict[str, str]:
    """Build the index of notices with these lines, by id; gives the text of each file by its name."""
    library = build_library(Notice(name, (facts or {}).get(name, Facts()), "") for name in texts)
    files = build_index(library, {name: tuple(map(Paragraph, lines)) for name, lines in texts.items()})
    return {Path(file.path).stem: file.data.decode() for file in files}


@pytest.fixture(scope="session")
def make_files() -> Callable[..., dict[str, str]]:
    """Give `build_files`."""
    return build_files


@pytest.fixture(scope="session")
def search(run_lunr: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that searches notices with these lines, and these titles, for each of the queries."""

    def run(texts: Mapping[str, list[str]], *queries: str, titles: Mapping[str, str] | None = None) -> Any:
        facts = {name: Facts(title=title) for name, title in (titles or {}).items()}
        pages = {name: ["ARTICLE", *(["P", line] for line in lines)] for name, lines in texts.items()}
        for name, title in (titles or {}).items():
            pages[name].insert(1, ["H1", title])
        return run_lunr("search", files=build_files(texts, facts), pages=pages, queries=list(queries))

    return run
