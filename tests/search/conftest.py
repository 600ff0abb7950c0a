"""Builds small indexes, and runs the modules of the search page over them under Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from sitegen.library import build_library
from sitegen.model import Facts, Notice, Paragraph
from sitegen.search import build_index, notice_lines, number_notices
from sitegen.search.folding import folding_table, forms_table

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
    """Give a function that has Node do a task of `driver.mjs`: arguments in, answer out, as JSON; bytes in base64."""
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
        asked = json.dumps({"task": task, **cases}, default=lambda data: b64encode(data).decode("ascii"))
        done = subprocess.run(command, input=asked.encode(), capture_output=True)
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
def tables() -> dict[str, str]:
    """Give the tables of folding as the site ships them."""
    return {"table": json.dumps(folding_table()), "forms": json.dumps(forms_table())}


def build_files(
    texts: Mapping[str, Iterable[str]], facts: Mapping[str, Facts] | None = None, form: str = "packed"
) -> dict[str, bytes]:
    """Build the index of notices with these lines, by id; gives each file by its name below `search/`."""
    library = build_library(Notice(name, (facts or {}).get(name, Facts()), "") for name in texts)
    lines = [
        tuple(notice_lines(notice, map(Paragraph, texts[notice.id]))) for notice in number_notices(library.notices)
    ]
    index = build_index(library, lines, form)
    return {file.path.removeprefix("search/"): file.data for file in index.files}


@pytest.fixture(scope="session")
def make_files() -> Callable[..., dict[str, bytes]]:
    """Give `build_files`."""
    return build_files


def build_site(
    texts: Mapping[str, Iterable[str]], facts: Mapping[str, Facts] | None = None, form: str = "packed"
) -> dict[str, Any]:
    """Build the index of notices with these lines, with the text of their pages as a tree of elements."""
    lines = {name: list(text) for name, text in texts.items()}
    pages: dict[str, list[Any]] = {name: ["ARTICLE", *(["P", line] for line in lines[name])] for name in lines}
    for name, of_notice in (facts or {}).items():
        heads = ([["H1", of_notice.title]] if of_notice.title else []) + [
            ["P", fact] for fact in (of_notice.document_number, of_notice.addressee) if fact
        ]
        pages[name][1:1] = heads
    return {"files": build_files(lines, facts, form), "pages": pages}


@pytest.fixture(scope="session")
def make_site() -> Callable[..., dict[str, Any]]:
    """Give `build_site`."""
    return build_site


@pytest.fixture(scope="session", params=["packed", "plain"])
def search(request: pytest.FixtureRequest, run_lunr: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that searches notices with these lines and facts, in both forms of the index.

    It takes queries, or states of which only what differs from an empty one has to be said, and gives for each what the
    session tells, by type; `results` holds all there are.
    """

    def run(texts: Mapping[str, list[str]], *states: Any, facts: Mapping[str, Facts] | None = None) -> list[Any]:
        site = build_site(texts, facts, request.param)
        return list(map(gather, run_lunr("search", **site, states=list(states))))

    return run


def gather(told: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Sort messages by type; one of a type that was told twice is the last, results are put together."""
    answer: dict[str, Any] = {"results": []}
    for message in told:
        if message["type"] == "results":
            is_first = message["shown"] == len(message["entries"])
            answer["results"] = message["entries"] if is_first else answer["results"] + message["entries"]
        else:
            answer[message["type"]] = message
    return answer
