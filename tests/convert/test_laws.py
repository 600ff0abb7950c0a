"""What holds for every conversion, whatever the text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import markup
from sitegen.convert import convert
from sitegen.convert.ledger import apply, undo
from sitegen.errors import InputError
from sitegen.model import Conversion, Heading, Paragraph, Signature, block_lines

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "seeds").glob("*.txt"), *(Path(__file__).parent / "cases").glob("*.txt")])

PIECES = st.sampled_from(
    (
        "关于开展检查的通知|国发〔2020〕1号|各单位：|一、总体要求|（一）目标。|1.第一项|附件：1.名单|2020年2月4日|教务处"
        "|财政部 税务总局|当前位置：首页 > 正文|发布日期：2022-03-15 作者：|上一篇：无|**一是重要。**|# 标题"
        "|当前，全国上下正在深入推进各项工作，|请认真贯彻执行。|学(xué)|\u3000|  |\n|\n\n|\r\n|\ufeff|\u200b|\x00"
        '|(|)|"|&nbsp;|<!-- x -->|中共|委员会|免费视频|体育竞猜平台'
    ).split("|")
)


def check_laws(data: bytes, conversion: Conversion) -> None:
    assert conversion.raw.encode(conversion.encoding) == data
    check_ledger(conversion)


def check_ledger(conversion: Conversion) -> None:
    clean = "\n".join(line for block in conversion.blocks for line in block_lines(block))
    assert apply(conversion.raw, conversion.edits) == clean
    assert undo(clean, conversion.edits) == conversion.raw
    spans = [(edit.start, edit.end) for edit in conversion.edits]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(a < b for a, b in conversion.masked)
    assert all(end <= start for (_, end), (start, _) in pairwise(conversion.masked))
    assert markup.parse(markup.write(conversion.blocks)) == conversion.blocks


@given(st.text(min_size=1))
def test_any_text_is_converted_or_refused_as_empty(text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        conversion = convert(data, "seeds/any.txt")
    except InputError as error:
        assert [problem.code for problem in error.problems] == ["empty-source"]
        assert not text.strip("\ufeff \t\r\n\x0b\x0c\u3000\xa0")
        return
    check_laws(data, conversion)


@given(st.lists(PIECES, min_size=1, max_size=40))
def test_the_laws_hold_for_parts_of_notices_in_any_order(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    try:
        conversion = convert(data, "seeds/any.md")
    except InputError:
        assert not "".join(pieces).strip("\ufeff \r\n\u3000")
        return
    check_laws(data, conversion)


@given(st.binary(min_size=1))
def test_any_bytes_are_converted_or_refused(data: bytes) -> None:
    try:
        conversion = convert(data, "seeds/any.txt")
    except InputError as error:
        assert {problem.path for problem in error.problems} == {"seeds/any.txt"}
        return
    check_laws(data, conversion)


HTML = st.sampled_from(
    (
        "<p>|</p>|<div>|</div>|<br>|<b>|</b>|<a href=a.doc>|<a href=#>|</a>|<table>|</table>|<tr>|<td>|<td colspan=3>"
        "|<td rowspan=2>|</td>|<th>|<ul>|<li>|<dl>|<dt>|<dd>|<nav>|</nav>|<h1>|</h1>|<pre>|</pre>|<script>|</script>"
        "|<!--|-->|<title>|</title>|<p style='display:none'>|<i hidden>|&nbsp;|&lt;|&#13;|&#x85;|&#xF0000;|</html>|<"
        "|索 引 号：|发文机关|000014349/2019-00007|姓名|成绩"
    ).split("|")
) | PIECES


@given(st.lists(HTML, min_size=1, max_size=60))
def test_the_laws_hold_for_parts_of_web_pages_in_any_order(pieces: list[str]) -> None:
    try:
        conversion = convert("".join(pieces).encode(), "seeds/any.html")
    except InputError as error:
        assert [problem.code for problem in error.problems] == ["empty-source"]
        return
    assert conversion.encoding.endswith("; html")
    check_ledger(conversion)


@given(st.text(min_size=1) | st.binary(min_size=1))
def test_any_web_page_is_converted_or_refused(page: str | bytes) -> None:
    data = page if isinstance(page, bytes) else page.encode("utf-8", "replace")
    try:
        conversion = convert(data, "seeds/any.htm")
    except InputError as error:
        assert {problem.path for problem in error.problems} == {"seeds/any.htm"}
        return
    check_ledger(conversion)


CELLS = st.sampled_from(("", "甲", "乙|丙", "\\|", " 黄　卫 ", "**1**", "(一)"))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4)))
def test_the_laws_hold_for_tables_in_markdown(rows: list[list[str]]) -> None:
    lines = ["|" + "|".join(row) + "|" for row in rows]
    text = "\n".join(["前文，请阅。", *lines[:1], "|" + "-|" * len(rows[0]) if rows else "", *lines[1:], "", "后文。"])

    check_laws(text.encode(), convert(text.encode(), "seeds/any.md"))


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@given(data=st.binary())
def test_any_bytes_that_call_themselves_an_office_file_are_refused(kind: str, data: bytes) -> None:
    pytest.importorskip("docx")
    pytest.importorskip("pypdf")

    with pytest.raises(InputError):
        convert(data, f"seeds/any.{kind}")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_the_laws_hold_for_every_seed(source: Path) -> None:
    data = source.read_bytes()

    check_laws(data, convert(data, f"seeds/{source.name}"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_notice_says_the_same_in_every_encoding(source: Path, encoding: str) -> None:
    text = source.read_text("utf-8")
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    data = (mark + text).encode(encoding)

    conversion = convert(data, f"seeds/{source.name}")

    plain = convert(text.encode(), f"seeds/{source.name}")
    assert (conversion.blocks, conversion.facts) == (plain.blocks, plain.facts)
    assert conversion.encoding == encoding
    check_laws(data, conversion)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_clean_text_converts_to_itself(source: Path) -> None:
    once = convert(source.read_bytes(), f"seeds/{source.name}")
    clean = apply(once.raw, once.edits)

    again = convert(clean.encode(), "seeds/clean.txt")

    texts = [line for block in again.blocks for line in block_lines(block)]
    assert set(texts) <= set(clean.split("\n"))


def test_a_fact_that_is_taken_out_of_the_body_names_its_key() -> None:
    text = "教务处关于放假的通知\n教字〔2020〕1号\n各班级：\n放假一天，请注意安全。\n教务处\n2020年1月1日"

    conversion = convert(text.encode(), "seeds/a.txt")

    assert [edit.key for edit in conversion.edits] == ["title", "document_number", "addressee"]
    assert [type(block) for block in conversion.blocks] == [Paragraph, Signature]


def test_a_kind_of_file_that_cannot_be_read_is_refused_by_name() -> None:
    with pytest.raises(InputError) as raised:
        convert(b"text", "seeds/a.xls")

    [problem] = raised.value.problems
    assert (problem.code, problem.path) == ("unsupported-format", "seeds/a.xls")
    assert ".txt" in problem.hint


def test_a_bold_lead_stays_and_a_stray_bold_stretch_goes() -> None:
    text = (
        "**一是提高认识。**各级党组织要重视。\n\n1. **任务。**要抓好。\n\n"
        "各单位要**认真落实**各项要求。\n\n**一、总体要求**\n\n坚持原则。"
    )

    blocks = convert(text.encode(), "seeds/a.md").blocks

    assert blocks == (
        Paragraph("一是提高认识。各级党组织要重视。", strong=((0, 7),)),
        Paragraph("1. 任务。要抓好。", strong=((3, 6),)),
        Paragraph("各单位要认真落实各项要求。"),
        Heading(2, "一、总体要求"),
        Paragraph("坚持原则。"),
    )


def test_a_source_that_holds_the_line_by_which_a_table_is_hidden_keeps_it() -> None:
    hidden = "|" + "\U000f0000" * 12 + "|。"
    text = f"| 甲 | 乙 |\n|--|--|\n| 1 | {hidden} |\n\n{hidden}"

    conversion = convert(text.encode(), "seeds/a.txt")

    clean = "\n".join(line for block in conversion.blocks for line in block_lines(block))
    assert apply(conversion.raw, conversion.edits) == clean
    assert "\U000f0000" in clean
