"""Saved web pages: the visible text, the document on the page, its tables, and what is refused."""

from __future__ import annotations

import pytest

from sitegen.convert import convert
from sitegen.convert.ledger import apply
from sitegen.errors import InputError
from sitegen.model import Conversion, Paragraph, Table, block_lines

WORDS = "根据学校安排，结合当前实际，现将2023年寒假有关事项通知如下。"
BODY = f"<p>{WORDS}</p>"
PAGE = f"""<!DOCTYPE html><html><head><title>关于放假的通知-示例学院</title>
<script>var a = "脚本，不显示。";</script></head>
<body>
<ul class="x"><li><a>首页</a></li><li><a>概况</a></li><li><a>机构</a></li><li><a>制度</a></li><li><a>公告</a></li>
<li><a>教学</a></li></ul>
<div><div>当前位置：<a>首页</a> &gt; <a>公告</a> &gt; 正文</div>
<h1>关于放假的通知</h1>
<div>发布日期：2022-12-28　来源：教务处　点击：30</div>
<div><p>各学院：</p>{BODY}<p style="text-align:right">教务处</p><p>2022年12月28日</p></div></div>
<div>友情链接：<a>教育部</a> <a>教育厅</a> <a>学信网</a> <a>知网</a> <a>万方</a> <a>图书馆</a></div>
<footer>版权所有：示例学院</footer>
</body></html>"""


def page(html: str) -> Conversion:
    return convert(html.encode(), "seeds/a.html")


def texts(conversion: Conversion) -> list[str]:
    return [line for block in conversion.blocks for line in block_lines(block)]


def refused(data: bytes, path: str = "seeds/a.html") -> str:
    with pytest.raises(InputError) as raised:
        convert(data, path)
    [problem] = raised.value.problems
    assert problem.path == path
    return problem.code


# --- visible text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("html", "raw"), [
    ("<p>甲<p>乙", "甲\n\n乙"),
    ("<div>甲</div><div>乙</div>", "甲\n乙"),
    ("甲<br>乙", "甲\n乙"),
    ("<p>甲<b>乙</b>\n丙</p>", "甲乙丙"),
    ("<p>  one\n two  </p>", "one two"),
    ("<pre>甲\n 乙</pre>", "甲\n 乙"),
    ("<table><tr><td>甲<td><td>丙<tr><td>丁</table>戊", "甲\n\n丙\n丁\n\n戊"),
    ("<p>甲&nbsp;&nbsp;乙&lt;b&gt;", "甲\xa0\xa0乙<b>"),
    ("<body>甲</body></html>乙", "甲乙"),
    ("甲\0\ufeff\x1b乙", "甲乙"),
])  # fmt: skip
def test_the_raw_text_is_what_a_reader_sees(html: str, raw: str) -> None:
    assert page(html).raw == raw


@pytest.mark.parametrize("hidden", [
    "<script>乙</script>", "<style>乙</style>", "<!-- 乙 -->", "<p hidden>乙</p>",
    "<p style='color:red; display: none'>乙</p>", "<i style='visibility:hidden'>乙</i>",
    "<noscript>乙</noscript>", "<input value=乙>",
    "<iframe src='file:///etc/passwd'>乙</iframe>", "<img src='file:///etc/passwd' alt='乙'>",
    "<select><option>乙</select>", "<textarea>乙</textarea>",
])  # fmt: skip
def test_what_is_not_shown_is_no_text(hidden: str) -> None:
    assert page(f"<title>丁</title>甲{hidden}丙").raw.replace("\n", "") == "甲丙"


# --- the document on the page -----------------------------------------------------------------------------------------


def test_menus_and_footers_go_as_changes_of_their_own() -> None:
    conversion = page(PAGE)

    assert texts(conversion) == [WORDS, "教务处", "2022年12月28日"]
    taken = "".join(edit.before for edit in conversion.edits if "page" in edit.passes)
    assert "机构" in taken
    assert "友情链接" in taken
    assert "版权所有" in taken


def test_the_headline_and_the_line_with_the_date_beside_the_text_are_read() -> None:
    facts = page(PAGE).facts

    assert (facts.title, facts.addressee, facts.signed) == ("关于放假的通知", "各学院", "2022-12-28")
    assert (facts.published, facts.institutions) == ("2022-12-28", ("教务处",))


def test_a_page_without_menus_loses_nothing() -> None:
    conversion = page(f"<div><h1>关于放假的通知</h1></div><div>{BODY}</div><div><p>请遵照执行。</p></div>")

    assert texts(conversion)[-1] == "请遵照执行。"
    assert not any("page" in edit.passes for edit in conversion.edits)


def test_links_to_attachments_are_no_menu() -> None:
    links = "".join(f"<li><a href='{number}.doc'>表{number}</a></li>" for number in range(1, 8))

    conversion = page(PAGE.replace("<footer>", f"<div>附件：<ul>{links}</ul></div><footer>"))

    taken = "".join(edit.before for edit in conversion.edits if "page" in edit.passes)
    assert "友情链接" in taken
    assert "表7" not in taken


def test_paragraphs_with_many_links_beside_a_long_one_are_kept() -> None:
    links = "".join(f"<p>见<a>附注第{number}条</a>的规定，照此办理。</p>" for number in range(9))

    conversion = page(f"<div><p>{'各单位要高度重视，认真落实。' * 40}</p>{links}</div>")

    assert len(texts(conversion)) == 10


def test_a_bold_lead_stays_bold() -> None:
    [block] = page("<p><b>一是</b> <strong>提高认识。</strong>各级要<b>重视</b>，抓好落实。</p>").blocks

    assert block == Paragraph("一是提高认识。各级要重视，抓好落实。", strong=((0, 7),))


def test_advertising_in_a_footer_that_goes_is_masked_in_the_raw_text() -> None:
    html = PAGE.replace("示例学院</footer>", "凯时官网登录入口</footer>")

    conversion = page(html)

    assert [conversion.raw[start:end] for start, end in conversion.masked] != []
    assert "凯时" not in "".join(texts(conversion))


# --- facts that the page prints ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("html", [
    "<table><tr><td>索 引 号：</td><td>0145/2021-1</td><td>发布日期：</td><td>2021年3月2日</td></tr>"
    "<tr><td>发文字号：</td><td>示政办发〔2021〕7号</td><td>有效性：</td><td></td></tr></table>",
    "<table><tr><th>发文字号</th><td>示政办发〔2021〕7号</td></tr><tr><th>发布日期</th><td>2021-03-02</td></tr>"
    "<tr><th>浏览器</th><td>任意</td></tr></table>",
    "<dl><dt>发文字号</dt><dd>示政办发〔2021〕7号</dd><dt>发布日期</dt><dd>2021-03-02</dd></dl>",
])  # fmt: skip
def test_a_table_or_list_about_the_document_is_read_as_facts(html: str) -> None:
    conversion = page(f"{html}<h1>示例县政府办公室关于防火的通知</h1><p>各乡镇：</p>{BODY}")

    assert (conversion.facts.document_number, conversion.facts.published) == ("示政办发〔2021〕7号", "2021-03-02")
    assert len(texts(conversion)) == 1


# --- tables -----------------------------------------------------------------------------------------------------------


def table_of(html: str) -> list[tuple[str, ...]]:
    found = [block for block in page(f"{BODY}{html}<p>请遵照执行。</p>").blocks if isinstance(block, Table)]
    return [row for table in found for row in table.rows]


def test_a_table_becomes_a_table() -> None:
    assert table_of("<table><tr><th>姓名<th>学院<tr><td>黄　卫<td>文学院(一)<tr><td>李明<td></table>") == [
        ("姓名", "学院"), ("黄　卫", "文学院（一）"), ("李明", ""),
    ]  # fmt: skip


def test_merged_cells_are_filled_up_with_empty_ones() -> None:
    html = (
        "<table><tr><td rowspan=2>省<td colspan=2>任务<td rowspan=2>注<tr><td>甲<td>乙"
        "<tr><td>1<td colspan=3>2<tr><td>3</table>"
    )

    assert table_of(html) == [("省", "任务", "", "注"), ("", "甲", "乙", ""), ("1", "2", "", ""), ("3", "", "", "")]


def test_paragraphs_of_a_cell_are_parted_by_a_space_and_cells_never_joined() -> None:
    long = "本项工作由教务处牵头，各学院配合，按照学校统一部署认真抓好各环节的落实工作，确保"

    assert table_of(f"<table><tr><td><p>甲<p>乙<td>{long}<tr><td>有关要求落实到位，不留死角。<td>丁</table>") == [
        ("甲 乙", long), ("有关要求落实到位，不留死角。", "丁"),
    ]  # fmt: skip


def test_no_word_in_a_cell_is_lost_or_moved() -> None:
    words = [[f"第{row}行{column}列" for column in range(5)] for row in range(30)]
    html = "".join("<tr>" + "".join(f"<td><p>{word}</p></td>" for word in row) + "</tr>" for row in words)

    assert table_of(f"<table>{html}</table>") == [tuple(row) for row in words]


@pytest.mark.parametrize("html", [
    "<table><tr><td><p>甲段，如下。<p>乙段，如下。</table>",
    "<table><tr><td>注<td>" + "<p>各单位要高度重视，认真落实。" * 20 + "<tr><td>一<td>二</table>",
    "<table><tr><td><table><tr><td>甲<td>乙<tr><td>丙</table><td>丁<tr><td>戊<td>己</table>",
    "<table><tr><td>教务处<td>保卫处<tr><td colspan=2>2021年3月2日<td></table>",
])  # fmt: skip
def test_a_table_that_only_lays_out_the_text_is_none(html: str) -> None:
    assert table_of(html) == []


def test_an_overwritten_name_is_masked_in_a_table_too() -> None:
    name = "体育竞猜平台"
    html = (
        f"<h1>中共{name}委员会关于评优的通知</h1>{BODY}<table><tr><td>姓名<td>单位<tr><td>李明<td>{name}</table>"
        f"<p>中共{name}委员会</p><p>2021年3月2日</p>"
    )

    conversion = page(html)

    assert name not in "".join(texts(conversion))
    assert [conversion.raw[start:end] for start, end in conversion.masked] == [name] * 3


def test_a_text_that_holds_every_private_letter_keeps_its_tables_as_lines() -> None:
    letters = "".join(map(chr, [*range(0xF0000, 0xFFFFE), *range(0x100000, 0x10FFFE)]))

    conversion = page(f"<p>{letters}</p><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>")

    assert texts(conversion)[-4:] == ["甲", "乙", "丙", "丁"]
    assert apply(conversion.raw, conversion.edits) == "\n".join(texts(conversion))


# --- encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "saved", "encoding"), [
    ("gb2312", "gbk", "gb18030; html"),
    ("GBK", "gb18030", "gb18030; html"),
    ("utf-8", "utf-8", "utf-8; html"),
    ("utf-8", "gbk", "gb18030; html"),
    ("gb2312", "utf-8", "utf-8; html"),
    ("iso-8859-1", "utf-8", "utf-8; html"),
    ("utf-8", "utf-8-sig", "utf-8-sig; html"),
    ("utf-8", "utf-16", "utf-16-le; html"),
    ("no-such", "utf-8", "utf-8; html"),
])  # fmt: skip
def test_a_page_is_read_by_its_bytes_even_where_it_says_otherwise(said: str, saved: str, encoding: str) -> None:
    html = f'<html><head><meta charset="{said}"></head><body>{BODY}</body></html>'

    conversion = convert(html.encode(saved), "seeds/a.HTM")

    assert texts(conversion) == [WORDS]
    assert conversion.encoding == encoding


def test_a_page_in_big5_is_read_where_it_says_so_and_else_refused() -> None:
    text = "<p>根據學校安排，現將有關事項通知如下，請各單位遵照辦理。</p>".encode("big5")

    assert convert(b"<meta charset=big5>" + text, "seeds/a.html").encoding == "big5hkscs; html"
    assert refused(text) == "ambiguous-encoding"


def test_bytes_that_do_not_decode_are_refused() -> None:
    assert refused(BODY.encode() + b"\xff\xfe\x81") == "undecodable"


# --- hostile pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<table><tr><td>", "<x>", "<ul><li>"])
def test_nesting_without_an_end_is_refused(tag: str) -> None:
    assert refused((tag * 100_000 + "正文").encode()) == "too-deep"


def test_a_page_without_text_is_refused() -> None:
    assert refused(b"<html><body><img src=a.png><script>x</script></body></html>") == "empty-source"


def test_a_page_that_is_no_notice_by_its_size_is_refused() -> None:
    assert refused(b"<p>x</p>" + b" " * 20_000_000) == "too-large"


@pytest.mark.parametrize("html", [
    "<p>" + "".join(f"<b id={number}>" for number in range(1000)) + "<p>字" * 1000,
    "<table>" + "<tr><td colspan=99999 rowspan=99999>甲<td>乙" * 500 + "</table>",
    "<table>" + "".join(f"<tr><td colspan={number}>甲<td>乙" for number in range(1, 900)) + "</table>",
    "<table><tr>" + "<td>甲" * 5000 + "</table>",
])  # fmt: skip
def test_markup_that_grows_when_it_is_laid_out_stays_small(html: str) -> None:
    conversion = page(html)

    assert sum(map(len, texts(conversion))) < len(html)
    assert len(texts(conversion)) < len(html)
