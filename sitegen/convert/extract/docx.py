"""Word files, .docx: the text of the document with the numbers that Word shows, its tables, and headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from sitegen.convert.extract.cells import TableShape
from sitegen.convert.extract.grids import read_grid
from sitegen.convert.extract.layout import Layout
from sitegen.convert.extract.maintext import bold_lines
from sitegen.convert.extract.numbering import Numbering, W, integer
from sitegen.convert.extract.office import broken, check_package, check_size, load
from sitegen.convert.extract.writer import TextWriter

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_UNSEEN = frozenset(
    [f"{W}{name}" for name in "pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr del moveFrom instrText delText rt".split()]
    + ["{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
)
"""Properties, deleted text, field codes, pinyin above the text, and the second version of what is written twice."""
_HEX = re.compile("[0-9A-Fa-f]{1,4}")
_CHARACTERS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}


def read_docx(data: bytes, path: str) -> Layout:
    """Read a Word file; `path` is for messages. Styles, tracked deletions and hidden text give no text.

    Headers come first, footers and notes last; headers and footers are the page's own matter. Nothing that the file
    refers to is fetched. Raises InputError: needs-office, broken-file, encrypted-file, too-large.
    """
    library = load("docx", path)
    check_size(data, path)
    check_package(data, path)
    try:
        document = library.Document(BytesIO(data))
        return _read(document)
    except Exception as error:  # the library has no one exception for all that can be wrong in a file
        raise broken(path, error) from None


def _read(document: Any) -> Layout:
    part, body = document.part, document.element.body
    walk = _Walk(Numbering(_element(part, "numbering"), _element(part, "styles")))
    writer = walk.writer
    for header in _referred(part, body, "header"):
        walk.walk(header)
    start = writer.place
    walk.walk(body)
    for notes in ("footnotes", "endnotes"):
        for note in _notes(part, notes):
            walk.walk(note)
    end = writer.place
    for footer in _referred(part, body, "footer"):
        walk.walk(footer)
    text = writer.text
    grids = (read_grid(shape, text) for shape in walk.shapes)
    chrome = tuple(span for span in ((0, start), (end, len(text))) if span[0] < span[1])
    return Layout(
        text=text,
        encoding="docx",
        chrome=chrome,
        tables=tuple(grid for grid in grids if grid is not None and start <= grid.start and grid.end <= end),
        bold=tuple(bold_lines(writer.bold, text)),
    )


def _related(part: Any, kind: str) -> Iterator[tuple[str, Any]]:
    """Give the parts of a kind that the document refers to, with the names it has for them."""
    for name, relation in sorted(part.rels.items()):
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            yield name, relation.target_part


def _element(part: Any, kind: str) -> Any:
    """Give the root of a part in XML; None where there is none."""
    found = next((related for _, related in _related(part, kind)), None)
    if found is None:
        return None
    return found.element if hasattr(found, "element") else _parse(found.blob)


def _parse(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _referred(part: Any, body: Any, kind: str) -> Iterator[Any]:
    """Give the headers or the footers that sections of the document use."""
    used = {reference.get(f"{_R}id") for reference in body.iter(f"{W}{kind}Reference")}
    for name, related in _related(part, kind):
        if name in used:
            yield related.element if hasattr(related, "element") else _parse(related.blob)


def _notes(part: Any, kind: str) -> Iterator[Any]:
    root = _element(part, kind)
    for note in () if root is None else root:
        if note.tag in (f"{W}footnote", f"{W}endnote") and note.get(f"{W}type") in (None, "normal"):
            yield note


@dataclass(slots=True)
class _Walk:
    """One walk through the parts of a document."""

    numbering: Numbering
    writer: TextWriter = field(default_factory=TextWriter)
    shapes: list[TableShape] = field(default_factory=list)
    tables: list[TableShape] = field(default_factory=list)
    bold: bool = False

    def walk(self, root: Any) -> None:
        """Write the text of an element, on lines of its own."""
        self.writer.end_block(2)
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, node in walker:
            seen = node.tag not in _UNSEEN and not _is_hidden(node)
            if event == "start" and seen:
                self._begin(node)
            elif event == "start":
                walker.skip_subtree()
            elif seen:
                self._end(node)
        self.writer.end_block(2)

    def _begin(self, node: Any) -> None:
        tag, writer = node.tag, self.writer
        if tag in (f"{W}t", f"{_M}t"):
            writer.write_preformatted((node.text or "").replace("\n", " "), bold=self.bold)
        elif tag in _CHARACTERS:
            writer.write_preformatted(_CHARACTERS[tag])
        elif tag in (f"{W}br", f"{W}cr"):
            writer.end_line()
        elif tag == f"{W}sym":
            writer.write_preformatted(_symbol(node.get(f"{W}char")))
        elif tag == f"{W}r":
            self.bold = _is_on(node.find(f"{W}rPr/{W}b"))
        elif tag == f"{W}p":
            writer.end_block(1 if self.tables else 2)
            writer.write_preformatted(self.numbering.label(node))
        else:
            self._begin_table(node)

    def _begin_table(self, node: Any) -> None:
        if node.tag == f"{W}tbl":
            for outer in self.tables[-1:]:
                outer.is_plain = False
            self.writer.end_block(2)
            self.tables.append(TableShape())
            self.shapes.append(self.tables[-1])
        elif node.tag == f"{W}tr" and self.tables:
            self.tables[-1].open_row()
        elif node.tag == f"{W}tc" and self.tables:
            span = node.find(f"{W}tcPr/{W}gridSpan")
            columns = 1 if span is None else max(1, integer(span.get(f"{W}val"), 1))
            self.tables[-1].open_cell(self.writer, columns, 1)

    def _end(self, node: Any) -> None:
        if node.tag == f"{W}p":
            self.writer.end_block(1 if self.tables else 2)
        elif node.tag == f"{W}r":
            self.bold = False
        elif node.tag == f"{W}tc" and self.tables:
            self.tables[-1].close_cell(self.writer)
        elif node.tag == f"{W}tbl":
            self.tables.pop()
            self.writer.end_block(2)


def _is_hidden(node: Any) -> bool:
    return node.tag == f"{W}r" and _is_on(node.find(f"{W}rPr/{W}vanish"))


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "off")


def _symbol(code: str | None) -> str:
    """Give the character of a symbol font; a place of the font that no standard names stays a private character."""
    number = int(code, 16) if code is not None and _HEX.fullmatch(code) else 0
    return chr(number) if 0x20 < number < 0xD800 or 0xE000 <= number < 0xFFFE else ""
