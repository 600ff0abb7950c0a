"""A web page as its reader sees it: the visible text, and the elements and tables it lies in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from sitegen.convert.extract.cells import TableShape
from sitegen.convert.extract.writer import TextWriter
from sitegen.errors import InputError, Problem
from sitegen.text import HAN

_UNSEEN = frozenset(
    "head script style noscript template iframe frame noframes object embed applet audio video canvas svg math select"
    " textarea datalist map progress meter title".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form header hgroup hr html legend li main menu nav ol pre search section summary table tbody td tfoot th thead tr"
    " ul caption".split()
)
_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 table".split())
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?P<weight>[a-z]{1,8}|[1-9]00)", re.IGNORECASE)
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|wps|et|pdf|ofd|zip|rar|7z|jpe?g|png|tiff?)$", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\d{1,5}")
_HAN = re.compile(f"[{HAN}]")
_SENTENCE = re.compile("[，。；]")


@dataclass(slots=True)
class Element:
    """An element of the page, and how much text of which kind it holds."""

    tag: str
    parent: int | None
    """Index of the element around it."""
    start: int
    end: int = 0
    """Where its text begins and ends, white space around it included."""
    han: int = 0
    linked: int = 0
    """Chinese characters, and those of them in links."""
    prose: int = 0
    """Chinese characters of running text: outside of links, in pieces with a comma or a full stop."""
    links: int = 0
    files: int = 0
    """Links, and those of them to documents that can be downloaded."""


@dataclass(slots=True)
class Page:
    """A web page, as read."""

    writer: TextWriter = field(default_factory=TextWriter)
    elements: list[Element] = field(default_factory=list)
    """In the order in which they begin; the first holds all others."""
    tables: list[TableShape] = field(default_factory=list)
    """In the order in which they begin."""
    title: str = ""
    """What the page says in its title, which is not part of the visible text."""


def read_page(text: str, path: str) -> Page:
    """Read a web page from its source; `path` is for messages. Nothing that it names is fetched or opened.

    Raises InputError: too-deep.
    """
    page = Page()
    root = _parse(text, path)
    if root is not None:
        page.title = " ".join((root.findtext(".//title") or "").split())
        _Walk(page).walk(root)
    return page


_ENDS = re.compile("</(?:html|body)[ \t\r\n]*>", re.IGNORECASE)
_NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ud800-\udfff]")


def _parse(text: str, path: str) -> etree._Element | None:
    """Parse HTML, with libxml2: other than the algorithm of browsers it takes linear time for any nesting."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    text = _ENDS.sub("", _NOT_SHOWN.sub("", text))  # what stands behind these ends would be lost
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None  # nothing but comments or declarations
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        message, hint = "its elements are nested too deeply to be read", "Save the text of the notice as .txt."
        raise InputError(Problem("too-deep", path, message, hint))
    return root


_RAISED = {
    "sup": str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"),
    "sub": str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
}
"""10<sup>2</sup> is 10², and no reader sees a 102."""


@dataclass(slots=True)
class _Walk:
    """One walk through the elements of a page, from the first to the last."""

    page: Page
    open: list[int] = field(default_factory=list)
    bold: list[bool] = field(default_factory=lambda: [False])
    links: int = 0
    preformatted: int = 0
    tables: list[TableShape] = field(default_factory=list)
    raised: list[dict[int, int]] = field(default_factory=list)
    """Tables from digits to raised or lowered ones, one for each open <sup> and <sub>."""

    def walk(self, root: etree._Element) -> None:
        """Write the text of an element and of all that it holds; what is not shown is passed over."""
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, node in walker:
            seen = _is_seen(node)
            if event == "start" and seen:
                self._begin(node)
                self._write(node.text)
            elif event == "start":
                walker.skip_subtree()
            else:
                if seen:
                    self._end(node)
                self._write(node.tail)

    def _begin(self, node: etree._Element) -> None:
        tag, writer = node.tag, self.page.writer
        if tag == "br":
            writer.end_line()
        elif tag in ("td", "th") and self.tables:
            pass  # opened below: a cell ends no block
        elif tag in BLOCKS or tag in _SPACED:
            writer.end_block(2 if tag in _SPACED else 1)
        if tag in ("td", "th") and self.tables:
            start = self.tables[-1].open_cell(writer, _number(node, "colspan"), _number(node, "rowspan"))
        else:
            start = writer.place
        element = Element(tag, self.open[-1] if self.open else None, start)
        self.open.append(len(self.page.elements))
        self.page.elements.append(element)
        self.bold.append(_is_bold(node, self.bold[-1]))
        self._begin_kind(node, element)

    def _begin_kind(self, node: etree._Element, element: Element) -> None:
        if element.tag == "table":
            for outer in self.tables[-1:]:
                outer.is_plain = False
            self.tables.append(TableShape())
            self.page.tables.append(self.tables[-1])
        elif element.tag == "tr" and self.tables:
            self.tables[-1].open_row()
        elif element.tag in ("a", "button"):
            self.links += 1
            element.links += 1
            element.files += _FILE.search((node.get("href") or "").split("?")[0]) is not None
        elif element.tag == "pre":
            self.preformatted += 1
        elif element.tag in _RAISED:
            self.raised.append(_RAISED[element.tag])

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self.raised:
            text = text.translate(self.raised[-1])
        if self.preformatted:
            self.page.writer.write_preformatted(text)
        else:
            self.page.writer.write(text, bold=self.bold[-1])
        if self.open:
            element, han = self.page.elements[self.open[-1]], len(_HAN.findall(text))
            element.han += han
            element.linked += han if self.links else 0
            element.prose += han if not self.links and _SENTENCE.search(text) else 0

    def _end(self, node: etree._Element) -> None:
        element, writer = self.page.elements[self.open.pop()], self.page.writer
        self.bold.pop()
        if element.tag == "table":
            self.tables.pop()
        if element.tag in ("td", "th") and self.tables:
            element.end = self.tables[-1].close_cell(writer)
        else:
            element.end = writer.place
            if element.tag in BLOCKS or element.tag in _SPACED:
                writer.end_block(2 if element.tag in _SPACED else 1)
        self.links -= element.tag in ("a", "button")
        self.preformatted -= element.tag == "pre"
        if element.tag in _RAISED:
            self.raised.pop()
        if element.parent is not None:
            _add(self.page.elements[element.parent], element)


def _add(outer: Element, inner: Element) -> None:
    outer.han += inner.han
    outer.linked += inner.linked
    outer.prose += inner.prose
    outer.links += inner.links
    outer.files += inner.files


def _is_seen(node: etree._Element) -> bool:
    return (
        node.tag not in _UNSEEN
        and node.get("hidden") is None
        and _HIDING.search(node.get("style") or "") is None
    )  # fmt: skip


def _is_bold(node: etree._Element, above: bool) -> bool:
    if node.tag in ("th", "h1", "h2", "h3", "h4", "h5", "h6"):
        return False  # bold by what they are: that tells nothing of the words
    weight = _WEIGHT.search(node.get("style") or "")
    if weight is not None:
        return weight["weight"].lower() in ("bold", "bolder", "600", "700", "800", "900")
    return above or node.tag in ("b", "strong")


def _number(node: etree._Element, name: str) -> int:
    """Give how many columns or rows a cell reaches over."""
    found = _NUMBER.match(node.get(name) or "")
    return max(1, int(found[0])) if found is not None else 1
