"""A flag that a curator has closed is told with its reason, and no longer as something to look at."""

from __future__ import annotations

import re
from collections.abc import Callable

from sitegen.model import Flag
from sitegen.render import NoticePage

OPEN, CLOSED = Flag("no-title", "原文没有标题。"), Flag("no-date", "原文没有日期。", "已查档案，无从考证。")

MakePage = Callable[..., NoticePage]
Render = Callable[..., dict[str, str]]


def test_the_page_of_a_notice_shows_why_a_flag_was_closed(make_page: MakePage, render: Render) -> None:
    page = render([make_page("a", title="甲", flags=(OPEN, CLOSED))])["notices/a/index.html"]
    assert "<dd>原文没有标题。</dd>" in page
    assert '<dd>原文没有日期。<span class="closed">（已了结：已查档案，无从考证。）</span></dd>' in page


def test_the_state_of_the_collection_counts_open_flags_alone(make_page: MakePage, render: Render) -> None:
    pages = render([make_page("a", title="甲", flags=(CLOSED,)), make_page("b", title="乙", flags=(OPEN, CLOSED))])
    part = pages["quality/index.html"].split('id="flags"')[1]
    assert re.findall(r'<h3[^>]*>([^<]*)<span class="count">([^<]*)', part) == [("原文无标题", "1 件")]
    assert "甲" not in part


def test_where_every_flag_is_closed_none_is_listed(make_page: MakePage, render: Render) -> None:
    page = render([make_page("a", title="甲", flags=(CLOSED,))])["quality/index.html"]
    assert "没有需要提示的公文。" in page
