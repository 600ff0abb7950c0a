"""Markdown is a lossless writing of blocks, and safe HTML."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen import markup
from sitegen.model import Block, Heading, Paragraph, Signature, Table, block_lines

LINES = st.one_of(
    st.text(st.sampled_from("一二、。：；（）〔〕[]()*_`\\#<>&!|-+=~:. 1a　𠀀是"), min_size=1, max_size=24),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=24),
    st.sampled_from(
        ["1. 甲", "1) 甲", "- 甲", "# 甲", "> 甲", "---", "===", "::: signature", ":::", "&amp;", "<b>", "    甲"]
    ),
)


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    text = draw(LINES)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return Paragraph(text, tuple(pairs))


TABLES = (
    st.integers(1, 3)
    .flatmap(
        lambda width: st.lists(
            st.lists(st.one_of(st.just(""), LINES), min_size=width, max_size=width).map(tuple), min_size=1, max_size=3
        )
    )
    .map(lambda rows: Table(tuple(rows)))
)
BLOCKS = st.lists(
    st.one_of(
        paragraphs(),
        st.builds(Heading, st.integers(2, 6), LINES),
        TABLES,
        st.lists(LINES, min_size=1, max_size=3).map(lambda lines: Signature(tuple(lines))),
    ),
    max_size=5,
)


@given(BLOCKS)
@example([Paragraph("一是坚决。全校", ((0, 5),)), Heading(2, "一、甲 #")])
@example([Paragraph("*1*", ((0, 1), (2, 3)))])
@example([Table((("甲|乙", "\\"), ("", "a\\|b")))])
@example([Heading(2, "#"), Heading(2, "\\#"), Heading(3, "1. 甲")])
@example([Signature(("甲", "===", "1. 乙"))])
def test_what_is_written_reads_back(blocks: list[Block]) -> None:
    assert markup.parse(markup.write(blocks)) == tuple(blocks)


@given(BLOCKS)
def test_a_page_shows_every_character_of_every_block(blocks: list[Block]) -> None:
    shown = re.sub(r"<[^>]*>", "", markup.render(markup.write(blocks)).html)
    lines = [line for block in blocks for line in block_lines(block)]
    assert re.sub(r"\s", "", html.unescape(shown)) == re.sub(r"\s", "", "".join(lines))


@given(st.text(max_size=200))
def test_any_body_parses_and_renders(body: str) -> None:
    markup.parse(body)
    assert "<script" not in markup.render(body).html.lower()


def test_a_bold_lead_is_strong_although_a_full_stop_stands_before_the_asterisks() -> None:
    assert "<strong>一是坚决贯彻。</strong>全校" in markup.render("**一是坚决贯彻。**全校各级").html


def test_raw_html_is_text() -> None:
    assert "&lt;script&gt;" in markup.render("<script>alert(1)</script>").html


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "blob:x", "view-source:x", "//example.org", "vbscript:x", "intent:x"],
)
def test_a_link_of_an_unknown_kind_is_no_link(url: str) -> None:
    assert "<a " not in markup.render(f"[甲]({url})").html
    assert "<img " not in markup.render(f"![甲]({url})").html


@pytest.mark.parametrize("url", ["https://example.org/", "mailto:a@example.org", "../b/", "#p-123456"])
def test_a_link_of_a_known_kind_is_a_link(url: str) -> None:
    assert f'<a href="{url}">甲</a>' in markup.render(f"[甲]({url})").html


def test_a_wrapped_line_of_chinese_is_joined_without_a_space() -> None:
    assert markup.parse("疫情\n防控 two\nwords") == (Paragraph("疫情防控 two words"),)


def test_text_nested_too_deep_is_refused_rather_than_lost() -> None:
    with pytest.raises(ValueError, match="nested deeper"):
        markup.parse(">" * 90 + " 甲")
    assert markup.parse(">" * 30 + " 甲") == (Paragraph("甲"),)


def test_headings_have_an_outline_and_ids_that_depend_on_their_own_text_alone() -> None:
    first, second = markup.render("## 一、甲\n\n乙\n"), markup.render("丙\n\n## 一、甲\n")
    assert [(entry.level, entry.text) for entry in first.outline] == [(2, "一、甲")]
    assert first.outline[0].anchor == second.outline[0].anchor


def test_equal_paragraphs_have_different_ids() -> None:
    ids = re.findall('id="([^"]*)"', markup.render("甲\n\n甲\n").html)
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    "block", [Paragraph(""), Paragraph("甲\n乙"), Heading(2, "甲\x00"), Table((("甲",), ("乙", "丙")))]
)
def test_a_block_that_is_none_is_refused(block: Block) -> None:
    with pytest.raises(ValueError):
        markup.write([block])


def test_a_table_has_no_inline_style() -> None:
    assert "style" not in markup.render("| 甲 | 乙 |\n| :-: | --: |\n| 1 | 2 |\n").html


@pytest.mark.parametrize(
    "body",
    ["| 1 | 2 |\n|--|--|\n| 1 | 2 | 丢失 |\n", "![图](a.png)", "```说明\n甲\n```\n", ">" * 90 + " 甲"],
)
def test_a_body_that_a_page_would_not_show_whole_is_a_fault(body: str) -> None:
    assert list(markup.find_faults(body))


@pytest.mark.parametrize(
    "body", ["[注]: 施行", "[甲](https://example.org/中文)", "&#20013;", "1. 甲\n2. 乙\n", "::: signature\n甲\n:::"]
)
def test_a_body_that_a_page_shows_whole_has_no_fault(body: str) -> None:
    assert list(markup.find_faults(body)) == []


def test_a_definition_of_a_reference_is_text() -> None:
    assert markup.parse("[注]: 本通知自印发之日起施行") == (Paragraph("[注]: 本通知自印发之日起施行"),)


def test_code_inside_a_signature_stays_in_its_place() -> None:
    assert markup.parse("::: signature\n甲\n```\n乙\n```\n:::") == (Signature(("甲", "乙")),)
