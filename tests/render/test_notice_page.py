"""The page of one notice: its text, its elements, what is honest about its dates and its source."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import html5lib
import pytest

from sitegen.model import MASK, Edit, Flag, Heading, InferredDate, Paragraph, Signature, Table, block_lines
from sitegen.render import NoticePage

MakePage = Callable[..., NoticePage]
Render = Callable[..., dict[str, str]]

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def page_of(render: Render) -> Callable[..., str]:
    """Render a small collection and give the page of its first notice."""

    def run(*pages: NoticePage, **settings: str) -> str:
        return render(pages, **settings)[f"notices/{pages[0].notice.id}/index.html"]

    return run


def text_of(page: str, path: str) -> str:
    found = html5lib.parse(page).find(path)
    assert found is not None
    return re.sub(r"\s+", "", "".join(found.itertext()))


def visible(page: str) -> str:
    return text_of(page, f".//{XHTML}body")


def article(page: str) -> str:
    return text_of(page, f".//{XHTML}article[@id='text']")


def test_the_article_holds_exactly_the_text_of_the_notice(make_page: MakePage, page_of: Callable[..., str]) -> None:
    blocks = (
        Heading(2, "一、总则 <b>"), Paragraph("一是坚决。全校“落实”。", ((0, 5),)), Table((("甲", "乙"), ("1", "2"))),
        Signature(("某大学", "2020年2月4日")),
    )  # fmt: skip
    made = make_page(
        "a", title="关于值班的通知", document_number="校〔2020〕1号", addressee="各部门", institutions=("某大学",),
        signed="2020-02-04", published="2020-02-05", blocks=blocks, flags=(Flag("no-date", "无日期。"),),
        attachments=("名册",), raw="关于值班的通知",
    )  # fmt: skip
    lines = [line for block in blocks for line in block_lines(block)]
    expected = "关于值班的通知校〔2020〕1号各部门：" + "".join(lines)
    assert article(page_of(made)) == re.sub(r"\s", "", expected)


def test_a_composed_title_stands_outside_the_text_and_says_what_it_is(
    make_page: MakePage, page_of: Callable[..., str]
) -> None:
    made = make_page("a", institutions=("学校纪委",), genre="倡议", signed="2020", blocks=[Paragraph("全体党员：")])
    page = page_of(made)
    assert article(page) == "全体党员："
    assert "〔无题〕学校纪委倡议2020年" in visible(page)
    assert "原文无标题，此题由整理者" in page


def test_a_composed_title_marks_an_inferred_year(make_page: MakePage, page_of: Callable[..., str]) -> None:
    made = make_page("a", genre="倡议", dated=InferredDate("2020", "今年"))
    assert "〔无题〕倡议 2020年（推定）" in page_of(made)


def test_a_notice_that_says_nothing_of_itself_goes_by_its_first_words(
    make_page: MakePage, page_of: Callable[..., str]
) -> None:
    made = make_page("a", blocks=[Paragraph("本站定于明日上午八时起停水检修，请各住户注意。")])
    assert "〔无题〕本站定于明日上午八时起停水检修……" in page_of(made)


def test_a_signed_date_is_shown_as_stated(make_page: MakePage, page_of: Callable[..., str]) -> None:
    shown = visible(page_of(make_page("a", raw="甲", title="甲", signed="2020-02-04")))
    assert "成文日期2020年2月4日原文载明" in shown
    assert "推定" not in shown


def test_a_date_without_an_original_is_not_said_to_stand_in_it(
    make_page: MakePage, page_of: Callable[..., str]
) -> None:
    assert "成文日期2020年2月4日人工著录" in visible(page_of(make_page("a", title="甲", signed="2020-02-04")))


def test_what_a_person_changed_is_not_said_to_stand_in_the_original(make_page: MakePage, render: Render) -> None:
    page = make_page("a", raw="甲", title="甲", signed="2020-02-04", document_number="甲〔2020〕1号")
    facts = replace(page.notice.facts, signed="1999-12-31", document_number=None, institutions=("乙局",))
    pages = render([replace(page, notice=replace(page.notice, facts=facts))])
    shown = visible(pages["notices/a/index.html"])
    assert "成文日期1999年12月31日人工校订" in shown
    assert "发文机关人工校订乙局" in shown
    assert "原文载明" not in shown
    source = visible(pages["notices/a/source/index.html"])
    assert "成文日期删2020-02-04增1999-12-31" in source
    assert "发文字号删甲〔2020〕1号（无）" in source


def test_an_inferred_date_is_marked_and_quotes_its_evidence(make_page: MakePage, page_of: Callable[..., str]) -> None:
    shown = visible(page_of(make_page("a", title="甲", dated=InferredDate("2020-02?", "1月27日，专门作出指示"))))
    assert "成文日期原文未载" in shown
    assert "推定日期2020年2月？推定依据：“1月27日，专门作出指示”" in shown
    assert "［2020-02?，推定］" in shown


def test_a_notice_without_a_date_says_so_and_has_no_neighbours(
    make_page: MakePage, page_of: Callable[..., str]
) -> None:
    shown = visible(page_of(make_page("a", title="甲"), make_page("b", title="乙", signed="2020")))
    assert "成文日期原文未载" in shown and "［日期不详］" in shown
    assert "较早" not in shown and "较晚" not in shown


def test_neighbours_are_the_next_notices_in_time(make_page: MakePage, page_of: Callable[..., str]) -> None:
    first, middle, last = (make_page(name, title=f"第{name}", signed=f"2020-0{at}") for at, name in enumerate("xyz", 1))
    shown = visible(page_of(middle, first, last))
    assert "较早第x2020年1月较晚第z2020年3月" in shown


def test_an_issuer_links_to_the_page_of_its_institution(make_page: MakePage, page_of: Callable[..., str]) -> None:
    page = page_of(make_page("a", title="甲", institutions=("中共上海电机学院委员会",)))
    assert '<a href="../../institutions/shanghaidianjixueyuan/">中共上海电机学院委员会</a>' in page


def test_a_notice_without_issuer_leads_to_those_of_its_kind(make_page: MakePage, page_of: Callable[..., str]) -> None:
    assert '<a href="../../institutions/unknown/">发文机关不详</a>' in page_of(make_page("a", title="甲"))


@pytest.mark.parametrize(("genre", "is_statutory"), [("通知", True), ("令", True), ("倡议书", False)])
def test_the_statutory_kinds_are_named_as_such(
    make_page: MakePage, page_of: Callable[..., str], genre: str, is_statutory: bool
) -> None:
    assert ("法定文种" in page_of(make_page("a", title="甲", genre=genre))) is is_statutory


def test_source_and_corrections_are_told(make_page: MakePage, page_of: Callable[..., str]) -> None:
    edits = (Edit(0, 1, " ", "", ("spacing",)), Edit(2, 3, ",", "，", ("curator",)))
    made = make_page("a", title="甲", raw=" 甲,乙", edits=edits, file="子/甲 .txt", url="https://example.org/1")
    page = page_of(made)
    assert "整理时共改动2处，查看原文与对照。其中1处为人工校订。" in visible(page)
    assert 'href="source/"' in page and "子/甲 .txt" in page and "0" * 64 in page
    assert '<a href="https://example.org/1" rel="noreferrer nofollow">' in page


def test_a_source_address_of_another_kind_is_no_link(make_page: MakePage, page_of: Callable[..., str]) -> None:
    page = page_of(make_page("a", title="甲", raw="甲", url="javascript:alert(1)"))
    assert "javascript:alert(1)" in page and 'href="javascript' not in page


def test_a_notice_written_by_hand_has_no_source_page(make_page: MakePage, render: Render) -> None:
    site = render([make_page("a", title="甲")])
    assert "notices/a/source/index.html" not in site
    assert "本件直接录入" in site["notices/a/index.html"]


def test_the_citation_names_issuer_title_number_date_and_address(
    make_page: MakePage, page_of: Callable[..., str]
) -> None:
    made = make_page(
        "a", title="关于值班的通知", institutions=("某大学",), document_number="校〔2020〕1号", signed="2020-02-04"
    )
    page = page_of(made, site_url="https://example.org/archive/")
    assert (
        "某大学. 关于值班的通知：校〔2020〕1号[EB/OL]. （2020-02-04）[引用日期]. https://example.org/archive/notices/a/"
        in page
    )


def test_the_citation_of_a_joint_notice_names_three_issuers(make_page: MakePage, page_of: Callable[..., str]) -> None:
    assert "甲，乙，丙，等. 题[EB/OL]" in page_of(make_page("a", title="题", institutions=tuple("甲乙丙丁")))


def meta(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<meta name="((?:citation|dcterms)[^"]*)" content="([^"]*)">', page)


def test_reference_managers_find_the_elements(make_page: MakePage, page_of: Callable[..., str]) -> None:
    names = meta(page_of(make_page("a", title="题", institutions=("甲", "乙"), genre="通知", signed="2020-02-04")))
    assert ("citation_title", "题") in names
    assert [content for name, content in names if name == "citation_author"] == ["甲", "乙"]
    assert ("citation_publication_date", "2020/02/04") in names
    assert ("dcterms.created", "2020-02-04") in names and ("dcterms.type", "通知") in names


def test_a_date_that_is_not_certain_is_no_publication_date(make_page: MakePage, page_of: Callable[..., str]) -> None:
    for facts in ({"signed": "2020-02?"}, {"dated": InferredDate("2020-02-04", "今日")}, {"signed": "2020/2021"}):
        names = dict(meta(page_of(make_page("a", title="题", **facts))))
        assert "citation_publication_date" not in names


def test_a_mask_stays_a_mask(make_page: MakePage, page_of: Callable[..., str]) -> None:
    assert f"中共{MASK}委员会" in article(page_of(make_page("a", title=f"中共{MASK}委员会的号召")))
