"""A finished site is checked, and each kind of damage is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import build_site
from sitegen.check import check_site
from sitegen.errors import OutputError

CONTENT = """---
id: a
title: 关于甲的通知
institutions:
  - 示例大学
signed: 2021-05-20
---

## 一、要求

第一段。

第二段。
"""
PAGE = "output/notices/a/index.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text(CONTENT, encoding="utf-8")
    build_site(tmp_path)
    return tmp_path


def found(project: Path) -> set[tuple[str, str]]:
    return {(problem.code, problem.path) for problem in check_site(project).problems}


def damage(project: Path, old: str, new: str, page: str = PAGE) -> None:
    path = project / page
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_site_has_no_problem(project: Path) -> None:
    report = check_site(project)
    assert report.problems == ()
    assert report.pages > 5
    assert report.links > 20


def test_a_folder_without_a_site_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Run `sitegen build` first"):
        check_site(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<main", '<a href="../nowhere/">x</a><main', "broken-link"),
        ("<main", '<a href="#nowhere">x</a><main', "broken-link"),
        ("<main", '<a href="/rooted/">x</a><main', "broken-link"),
        ("<main", '<script src="https://example.org/x.js"></script><main', "broken-link"),
        ("<main", '<a href="javascript:x">x</a><main', "broken-link"),
        ("<main", '<a href="https://[bad/">x</a><main', "broken-link"),
        ("<main", "<style>a{}</style><main", "bad-page"),
        ("<main", "<script>x</script><main", "bad-page"),
        ("<main", '<p style="color:red">x</p><main', "bad-page"),
        ("<main", '<p onclick="x">x</p><main', "bad-page"),
        ("<main", '<p id="text"></p><main', "bad-page"),
        ("<main", "<h1>x</h1><main", "bad-page"),
        ("Content-Security-Policy", "X", "bad-page"),
        (' lang="', ' data-lang="', "bad-page"),
        ("第一段。", "第一段", "lost-text"),
        ("第二段。", "", "lost-text"),
        ("关于甲的通知</h1>", "</h1>", "lost-text"),
    ],
)
def test_damage_to_a_page_is_named(project: Path, old: str, new: str, code: str) -> None:
    damage(project, old, new)
    assert (code, PAGE) in found(project)


def test_a_page_of_a_former_address_is_sound(project: Path) -> None:
    content = project / "content/a.md"
    content.write_text(CONTENT.replace("signed:", 'aliases: ["former"]\nsigned:'), encoding="utf-8")
    build_site(project)
    former = project / "output/notices/former/index.html"
    assert former.is_file()
    assert check_site(project).problems == ()
    former.unlink()
    assert found(project) == {("lost-notice", "content/a.md")}


def test_text_in_the_wrong_order_is_lost_text(project: Path) -> None:
    damage(project, "第一段。", "第二甲。")
    damage(project, "第二段。", "第一段。")
    damage(project, "第二甲。", "第二段。")
    assert ("lost-text", PAGE) in found(project)


def test_a_page_that_is_missing_is_named(project: Path) -> None:
    (project / PAGE).unlink()
    assert ("lost-notice", "content/a.md") in found(project)


def test_a_foreign_file_is_named(project: Path) -> None:
    (project / "output/x.txt").write_text("x", encoding="utf-8")
    assert found(project) == {("foreign-file", "output/x.txt")}
