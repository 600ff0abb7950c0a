"""A site that is replaced while somebody searches it: the open page goes on with what is there now.

It learns of it by the first file or page that is gone; what it has read before it needs no file for.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from sitegen.build import build_site

pytestmark = pytest.mark.browser

LONG_AGO = 1_000_000_000
"""When the files of a site were changed: browsers then answer from their caches without asking."""

BODIES = {
    "2020-01-01-a": "各部门加强值班，落实防汛责任。",
    "2020-01-02-b": "做好春耕生产的各项工作，加强巡查。",
    "2020-01-03-c": "全体师生注意食品安全，加强管理。",
}


def write_notice(content: Path, name: str, body: str) -> None:
    text = f'---\nid: "{name}"\ntitle: "关于工作的通知"\nsigned: "{name[:10]}"\n---\n\n{body}\n'
    (content / f"{name}.md").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module", params=["packed", "plain"])
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build a site, and again with one notice renamed and another's text changed; gives the output of both."""
    project = tmp_path_factory.mktemp(request.param)
    content = project / "content"
    content.mkdir()
    (project / "pyproject.toml").write_text(f'[tool.sitegen]\nsearch = "{request.param}"\n', encoding="utf-8")
    for name, body in BODIES.items():
        write_notice(content, name, body)
    build_site(project)
    old = Path(shutil.copytree(project / "output", project / "old"))
    (content / "2020-01-01-a.md").unlink()
    write_notice(content, "2020-01-01-renamed", BODIES["2020-01-01-a"])
    write_notice(content, "2020-01-03-c", "全体师生注意消防安全，加强管理。")
    build_site(project)
    return old, project / "output"


def put(site: Path, served: Path) -> None:
    """Put a site in the place of the one that is served."""
    shutil.rmtree(served, ignore_errors=True)
    shutil.copytree(site, served)
    for path in served.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


def ask(page: Any, query: str) -> tuple[list[str], str]:
    """Type a query; gives the ids of the results and the count."""
    page.fill("#q", query)
    page.locator("#results-count[data-exact=true]").wait_for(state="attached")
    links = page.locator("#results a").evaluate_all("all => all.map(one => one.href)")
    ids = [urlsplit(link).path.strip("/").split("/")[-1] for link in links]
    return ids, page.locator("#results-count").inner_text()


@pytest.mark.parametrize("first", ["春耕生产", "食品安全"])
def test_an_open_page_finds_what_a_new_build_holds(
    page: Any, faults: list[str], sites: tuple[Path, Path], tmp_path: Path, serve_folder: Callable[..., Any], first: str
) -> None:
    old, new = sites
    served = tmp_path / "served"
    put(old, served)
    with serve_folder(served) as address:
        page.goto(f"{address}search/")
        assert ask(page, first)[0]
        put(new, served)
        assert ask(page, "防汛责任") == (["2020-01-01-renamed"], "共 1 件")
        assert ask(page, "消防安全") == (["2020-01-03-c"], "共 1 件")
        assert ask(page, "食品安全")[0] == []
        assert sorted(ask(page, "加强")[0]) == ["2020-01-01-renamed", "2020-01-02-b", "2020-01-03-c"]
    assert all("404" in fault for fault in faults)
    faults.clear()
