"""`sitegen serve` as the person at the browser meets it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.scaffold import create_project

pytestmark = pytest.mark.browser

SCRIPT = """
import sys
from pathlib import Path
from sitegen.serve import serve
serve(Path(sys.argv[1]), port=0, on_event=lambda line: print(line, flush=True))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    create_project(tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """Run the preview of a project beside the test; gives its address once the first site is built.

    A test names it before `page`: the page is closed first then, and does not miss the server.
    """
    with subprocess.Popen([sys.executable, "-c", SCRIPT, str(project)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        assert process.stdout.readline() == "Built.\n"
        yield told.split()[1]
        process.terminate()


def content_file(project: Path) -> Path:
    (path,) = (project / "content").glob("*.md")
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_an_edit_shows_in_the_open_page_without_a_touch(project: Path, address: str, page: Any) -> None:
    content = content_file(project)
    page.goto(f"{address}notices/{content.stem}/")

    edit(content, "老照片征集工作", "老照片征集与整理工作")

    page.wait_for_selector("#text :text('老照片征集与整理工作')")


def test_a_style_of_the_projects_own_shows_in_the_open_page(project: Path, address: str, page: Any) -> None:
    page.goto(address)
    sheet = page.locator("link[rel=stylesheet]").first.evaluate("link => link.href")
    own = project / "templates" / sheet.removeprefix(address)
    own.parent.mkdir(parents=True)

    own.write_text("main { display: none }", encoding="utf-8")

    page.wait_for_selector("main", state="hidden")


def test_a_fault_shows_in_the_page_while_the_last_good_site_stays(project: Path, address: str, page: Any) -> None:
    content = content_file(project)
    before = content.read_text(encoding="utf-8")
    page.goto(f"{address}notices/{content.stem}/")

    edit(content, "genre:", "gerne:")

    panel = page.wait_for_selector("#sitegen-preview[role=alert]")
    assert f"content/{content.name}:" in panel.inner_text()
    assert "gerne" in panel.inner_text()
    assert page.locator("#text h1").inner_text() == "示例市档案馆关于征集家庭老照片的通知"
    page.goto(f"{address}timeline/")
    page.wait_for_selector("#sitegen-preview")

    content.write_text(before, encoding="utf-8", newline="\n")
    page.wait_for_selector("#sitegen-preview", state="detached")


def test_a_fault_is_shown_as_text(project: Path, address: str, page: Any) -> None:
    page.goto(address)

    edit(content_file(project), "---\n\n", '"<img src=x onerror=alert(1)>": "x"\n---\n\n')

    panel = page.wait_for_selector("#sitegen-preview")
    assert "<img" in panel.inner_text()
    assert panel.query_selector("img") is None
