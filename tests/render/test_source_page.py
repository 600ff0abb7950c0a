"""The page that shows a raw text, and every edit of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import html5lib
import pytest

from sitegen.model import Edit
from sitegen.render import NoticePage

MakePage = Callable[..., NoticePage]
Render = Callable[..., dict[str, str]]

XHTML = "{http://www.w3.org/1999/xhtml}"
RAW = "\n\n  关于值班的通知\n各部门:\n要认真 值班。"
EDITS = (
    Edit(0, 12, RAW[0:12], "", ("anatomy",), "title"),
    Edit(15, 16, ":", "：", ("punctuation", "curator")),
    Edit(20, 21, " ", "", ("spacing",)),
)


def element(page: str, path: str) -> Element:
    found = html5lib.parse(page).find(path)
    assert found is not None
    return found


@pytest.fixture
def page(make_page: MakePage, render: Render) -> str:
    made = make_page("a", title="关于值班的通知", raw=RAW, edits=EDITS)
    return render([made])["notices/a/source/index.html"]


def test_the_original_stands_there_to_the_letter(page: str) -> None:
    assert "".join(element(page, f".//{XHTML}pre[@class='raw']").itertext()) == RAW


def test_what_goes_and_what_comes_are_marked_as_such(page: str) -> None:
    tree = html5lib.parse(page)
    gone = ["".join(one.itertext()) for one in tree.iter(f"{XHTML}del")]
    come = ["".join(one.itertext()) for one in tree.iter(f"{XHTML}ins")]
    assert gone == [f"删{RAW[0:12]}", "删:", "删 "]
    assert come == ["增："]


def test_a_fact_that_was_taken_out_is_named(page: str) -> None:
    assert "取为标题" in page


def test_the_passes_are_counted_and_named_in_words_where_there_are_any(page: str) -> None:
    legend = element(page, f".//{XHTML}table[@class='legend']/{XHTML}tbody")
    rows = [["".join(cell.itertext()) for cell in row] for row in legend]
    rows = [[cell for cell in row if cell.strip()] for row in rows]
    assert [(row[0], row[-1]) for row in rows] == [("1", "1"), ("2", "1"), ("3", "1"), ("4", "1")]
    assert rows[2][1] == "人工校订"


def test_an_unedited_text_says_so(make_page: MakePage, render: Render) -> None:
    page = render([make_page("a", title="甲", raw="甲")])["notices/a/source/index.html"]
    assert "与原文完全相同" in page and "<table" not in page


def test_a_raw_text_that_is_markup_is_shown_as_text(make_page: MakePage, render: Render) -> None:
    raw = "</pre><script>alert(1)</script>&amp;"
    page = render([make_page("a", title="甲", raw=raw)])["notices/a/source/index.html"]
    assert "".join(element(page, f".//{XHTML}pre[@class='raw']").itertext()) == raw
    assert not re.search(r"<script(?! )", page)
