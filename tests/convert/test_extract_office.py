"""Word and PDF files: what of them is text, and what is refused by name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pytest

from sitegen.convert import convert
from sitegen.convert.extract import office
from sitegen.convert.extract.numbering import chinese
from sitegen.convert.ledger import apply, undo
from sitegen.errors import InputError
from sitegen.model import Conversion, Paragraph, Signature, Table, block_lines

docx = pytest.importorskip("docx")
pypdf = pytest.importorskip("pypdf")

NOTICE = (
    "示例大学关于开展检查工作的通知", "示大发〔2020〕3号", "各学院：",
    "为做好有关工作，确保校园安全稳定，现将有关事项通知如下。", "一、检查范围", "全校各单位，各实验室。",
    "二、检查时间", "自即日起，至月底结束。", "示例大学", "2020年1月2日",
)  # fmt: skip


def texts(conversion: Conversion) -> list[str]:
    return [line for block in conversion.blocks for line in block_lines(block)]


def refused(data: bytes, path: str) -> str:
    with pytest.raises(InputError) as raised:
        convert(data, path)
    [problem] = raised.value.problems
    assert problem.path == path
    return problem.code


# --- Word -------------------------------------------------------------------------------------------------------------


def word(fill: Callable[[Any], object]) -> bytes:
    document = docx.Document()
    fill(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def notice(document: Any) -> None:
    for line in NOTICE:
        document.add_paragraph(line)


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Give a packed file with one of its parts changed."""
    saved = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in package.infolist():
            text = package.read(part)
            copy.writestr(part.filename, change(text) if part.filename == name else text)
    return saved.getvalue()


def test_a_word_file_is_converted_like_its_text() -> None:
    made = convert(word(notice), "seeds/a.docx")

    plain = convert("\n\n".join(NOTICE).encode(), "seeds/a.txt")
    assert (made.facts, made.blocks, made.encoding) == (plain.facts, plain.blocks, "docx")


def test_a_table_of_word_becomes_a_table() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("名单如下，请查收。")
        table = document.add_table(3, 3)
        for row, words in enumerate((("姓名", "学院", "备注"), ("黄　卫", "文学院", ""), ("李明", "", "见附件，(一)"))):
            for column, text in enumerate(words):
                table.cell(row, column).text = text
        table.cell(0, 0).merge(table.cell(0, 1))

    conversion = convert(word(fill), "seeds/a.docx")

    assert conversion.blocks[1:] == (
        Table((("姓名 学院", "", "备注"), ("黄　卫", "文学院", ""), ("李明", "", "见附件，（一）"))),
    )
    clean = apply(conversion.raw, conversion.edits)
    assert clean == "\n".join(texts(conversion))
    assert undo(clean, conversion.edits) == conversion.raw


def test_numbers_that_word_writes_are_text() -> None:
    def fill(document: Any) -> None:
        for line in ("检查教室，发现问题。", "检查宿舍，发现问题。"):
            document.add_paragraph(line, style="List Number")

    assert texts(convert(word(fill), "seeds/a.docx")) == ["1. 检查教室，发现问题。", "2. 检查宿舍，发现问题。"]


def test_chinese_numbers_of_word_are_written_as_they_are_shown() -> None:
    def fill(document: Any) -> None:
        for line in ("总体要求", "坚持原则，稳步推进。", "工作任务", "各地要摸底，各校要落实。"):
            document.add_paragraph(line, style=None if "，" in line else "List Number")

    def number(numbering: bytes) -> bytes:
        numbering = numbering.replace(b'<w:numFmt w:val="decimal"/>', b'<w:numFmt w:val="chineseCounting"/>')
        return numbering.replace(b'w:val="%1."', 'w:val="%1、"'.encode())

    conversion = convert(changed(word(fill), "word/numbering.xml", number), "seeds/a.docx")

    assert texts(conversion)[::2] == ["一、总体要求", "二、工作任务"]


@pytest.mark.parametrize(("number", "written"), [
    (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十"),
    (1001, "一千零一"), (0, "0"),
])  # fmt: skip
def test_numbers_in_chinese(number: int, written: str) -> None:
    assert chinese(number) == written


def test_deleted_and_hidden_words_are_no_text_and_inserted_ones_are() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:p>" + run.format("甲") + "<w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:ins>" + run.format("丙")
        + "</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>丁</w:t></w:r><w:sdt><w:sdtContent>" + run.format("戊")
        + "</w:sdtContent></w:sdt></w:p>"
    )  # fmt: skip

    data = changed(word(notice), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + body.encode()))

    assert convert(data, "seeds/a.docx").raw.startswith("甲丙戊\n")


def test_headers_and_footers_are_the_pages_own() -> None:
    def fill(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "内部资料"
        document.sections[0].footer.paragraphs[0].text = "第一页"
        notice(document)

    conversion = convert(word(fill), "seeds/a.docx")

    assert conversion.raw.startswith("内部资料\n")
    assert conversion.raw.endswith("\n第一页")
    assert {"内部资料", "第一页"}.isdisjoint(texts(conversion))
    assert conversion.facts.title == NOTICE[0]


def test_a_bold_lead_of_word_stays_bold() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run("一是提高认识。").bold = True
        paragraph.add_run("各级要重视，抓好落实。")

    [block] = convert(word(fill), "seeds/a.docx").blocks

    assert block == Paragraph("一是提高认识。各级要重视，抓好落实。", strong=((0, 7),))


def test_word_files_that_are_broken_or_locked_are_refused() -> None:
    data = word(notice)

    assert refused(b"text", "seeds/a.docx") == "broken-file"
    assert refused(data[:-300], "seeds/a.docx") == "broken-file"
    assert refused(changed(data, "word/document.xml", lambda xml: xml[:500]), "seeds/a.docx") == "broken-file"
    assert refused(changed(data, "word/document.xml", lambda xml: b"<a/>"), "seeds/a.docx") == "broken-file"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "seeds/a.docx") == "encrypted-file"


def test_entities_are_never_expanded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'

    data = changed(word(notice), "word/document.xml", lambda xml: xml.replace(b"<w:document", bomb, 1))

    assert refused(data, "seeds/a.docx") == "broken-file"


def test_a_file_that_grows_when_unpacked_is_refused_before() -> None:
    data = changed(word(notice), "word/document.xml", lambda xml: b" " * (office.LARGEST_PART + 1))

    assert len(data) < 200_000
    assert refused(data, "seeds/a.docx") == "too-large"


def test_parts_without_end_are_refused() -> None:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        for number in range(office.MOST_PARTS + 1):
            package.writestr(f"{number}.xml", b"")

    assert refused(saved.getvalue(), "seeds/a.docx") == "too-large"


def test_nesting_without_end_is_refused() -> None:
    deep = b"<w:body>" + b"<w:sdt>" * 100_000

    data = changed(word(notice), "word/document.xml", lambda xml: xml.replace(b"<w:body>", deep))

    assert refused(data, "seeds/a.docx") == "broken-file"


def test_a_missing_library_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(office, "import_module", absent)

    for path in ("seeds/a.docx", "seeds/a.pdf"):
        with pytest.raises(InputError) as raised:
            convert(b"", path)
        [problem] = raised.value.problems
        assert (problem.code, problem.path) == ("needs-office", path)
        assert '".[office]"' in problem.hint


# --- PDF --------------------------------------------------------------------------------------------------------------

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype"
    b"/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>"
)


def pdf(pages: Sequence[bytes], extra: Sequence[bytes] = (), trailer: bytes = b"") -> bytes:
    """Write a PDF file by hand: `pages` are drawing operations, `extra` are objects from number 4 on."""
    first = 4 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(pages)))
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", tree, FONT, *extra]
    for index, drawing in enumerate(pages):
        forms = b"".join(b"/X%d %d 0 R" % (number, number) for number in range(4, first))
        objects += (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<<%s>>>>"
            b"/Contents %d 0 R>>" % (forms, first + 2 * index + 1),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        )
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, trailer, len(written),
    )  # fmt: skip


def drawn(lines: Sequence[tuple[int, str]]) -> bytes:
    """Draw lines of 16 points, each so many letters from the left edge of the text."""
    return b"BT/F1 16 Tf " + b" ".join(
        b"1 0 0 1 %d %d Tm<%s>Tj" % (80 + 16 * indent, 800 - 28 * row, text.encode("utf-16-be").hex().encode())
        for row, (indent, text) in enumerate(lines)
    ) + b" ET"  # fmt: skip


def wrapped(lines: Sequence[str], width: int) -> Iterator[tuple[int, str]]:
    """Cut paragraphs into lines as a page does: the first two letters further in; short ones stay."""
    for line in lines:
        if len(line) < width - 2:
            yield 2, line
            continue
        yield 2, line[: width - 2]
        for start in range(width - 2, len(line), width):
            yield 0, line[start : start + width]


def test_a_pdf_file_is_converted_like_its_text() -> None:
    made = convert(pdf([drawn(list(wrapped(NOTICE, 20)))]), "seeds/a.pdf")

    plain = convert("\n\n".join(NOTICE).encode(), "seeds/a.txt")
    assert (made.facts, made.blocks, made.encoding) == (plain.facts, plain.blocks, "pdf")


def test_a_line_that_ends_with_its_sentence_goes_on_where_the_next_is_not_indented() -> None:
    paragraphs = ["各单位要高度重视校园安全的工作。要做好检查。", "各学院要落实责任，逐级抓好，不留死角，不走过场。"]

    made = convert(pdf([drawn(list(wrapped(paragraphs, 18)))]), "seeds/a.pdf")

    assert texts(made) == paragraphs


def test_a_sentence_goes_on_over_a_page_and_its_number() -> None:
    sentence = "各单位要高度重视，认真落实各项工作要求，进一步明确责任分工，完善工作机制，强化检查，确保校园安全稳定。"
    first, second = sentence[:43], sentence[43:]

    made = convert(pdf([drawn([(0, first), (10, "— 1 —")]), drawn([(0, second), (10, "— 2 —")])]), "seeds/a.pdf")

    assert texts(made) == [sentence]


def test_radicals_in_the_place_of_characters_are_written_as_characters() -> None:
    lines = [*NOTICE[:-2], "⽰例⼤学", "2020年1⽉2⽇"]

    made = convert(pdf([drawn([(0, line) for line in lines])]), "seeds/a.pdf")

    assert made.blocks[-1] == Signature(("示例大学", "2020年1月2日"))
    assert "2020年1⽉2⽇" in made.raw


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(InputError) as raised:
        convert(pdf([drawn([(0, "1")]), b""]), "seeds/a.pdf")

    [problem] = raised.value.problems
    assert problem.code == "scanned-pdf"
    assert "OCR" in problem.hint
    assert ".txt" in problem.hint


def test_a_pdf_file_whose_fonts_tell_no_characters_is_refused() -> None:
    assert refused(pdf([drawn([(0, "\ue123\ue456\ue789" * 20)])]), "seeds/a.pdf") == "unreadable-pdf"


def test_pdf_files_that_are_broken_or_locked_are_refused() -> None:
    data = pdf([drawn([(0, line) for line in NOTICE])])
    lock = b"/Encrypt<</Filter/Standard/V 5/R 6/Length 256/O(x)/U(x)/OE(x)/UE(x)/Perms(x)/P -4>>/ID[(a)(a)]"

    assert refused(b"%PDF-1.4\n", "seeds/a.pdf") == "broken-file"
    assert refused(data[:300], "seeds/a.pdf") == "broken-file"
    assert refused(pdf([drawn([(0, NOTICE[0])])], trailer=lock), "seeds/a.pdf") == "encrypted-file"


def test_a_pdf_file_of_ten_thousand_pages_is_refused() -> None:
    assert refused(pdf([b""] * 10_000), "seeds/a.pdf") == "too-large"


def test_parts_that_draw_one_another_again_and_again_come_to_an_end() -> None:
    forms = []
    for number in range(4, 34):
        inner = b"/X%d Do /X%d Do" % (number + 1, number + 1) if number < 33 else drawn([(0, "字")])
        forms.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>/XObject<</X%d %d 0 R>>>>"
            b"/Length %d>>stream\n%s\nendstream" % (number + 1, min(number + 1, 33), len(inner), inner)
        )  # fmt: skip

    assert refused(pdf([b"/X4 Do"], forms), "seeds/a.pdf") == "too-large"
