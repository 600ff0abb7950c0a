"""Saved web pages: the whole visible text, and in it the document, its tables and the page's own matter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sitegen.convert.chrome import is_sentence
from sitegen.convert.extract.charset import decode_page
from sitegen.convert.extract.grids import Pairs, read_grid, read_pairs
from sitegen.convert.extract.layout import Layout
from sitegen.convert.extract.maintext import bold_lines, find_main, find_menus, merged, without
from sitegen.convert.extract.page import Element, Page, read_page
from sitegen.errors import InputError, Problem
from sitegen.model import Span

_ATTACHED = re.compile(r"\s*附")
_LINE_ENDS = re.compile(r"\s*")
_LINE = re.compile(r"[^\n]+")
LARGEST = 20_000_000
"""Most bytes of a page."""


def read_html(data: bytes, path: str) -> Layout:
    """Read a saved web page; `path` is for messages. Only the file itself is read: nothing that it names.

    Raises InputError: too-large, too-deep, empty-source, undecodable, ambiguous-encoding.
    """
    if len(data) > LARGEST:
        message = f"the page has {len(data):,} bytes, more than {LARGEST:,}"
        raise InputError(Problem("too-large", path, message, "Save the text of the notice as .txt."))
    decoded = decode_page(data, path)
    page = read_page(decoded.text, path)
    text = page.writer.text
    facts = _apart(_facts(page, text))
    chrome = _chrome(page, text, facts)
    tables = (read_grid(shape, text) for shape in page.tables)
    held = merged([*chrome, *(one.whole for one in facts)])
    return Layout(
        text=text,
        encoding=f"{decoded.encoding}; html",
        chrome=chrome,
        pairs=tuple(sorted((change for one in facts for change in one.changes), key=lambda change: change.start)),
        tables=tuple(table for table in tables if table is not None and _is_apart(table.start, table.end, held)),
        bold=tuple(bold_lines(page.writer.bold, text)),
    )


def _facts(page: Page, text: str) -> Iterator[Pairs]:
    """Read the tables and lists of facts about the document; they stand before its text."""
    sentences = (line.start() for line in _LINE.finditer(text) if is_sentence(line[0]))
    body = next(islice(sentences, 1, None), len(text))
    for shape in page.tables:
        rows = [[(cell.start, cell.end) for cell in row] for row in shape.rows]
        if shape.is_plain and shape.last is not None and shape.last.end <= body:
            yield from _present(read_pairs(rows, text))
    for terms in _term_lists(page.elements):
        if terms[-1][-1][1] <= body:
            yield from _present(read_pairs(terms, text))


def _apart(facts: Iterable[Pairs]) -> tuple[Pairs, ...]:
    """Leave out what lies inside what is read already: a list in a cell."""
    read: list[Pairs] = []
    for one in sorted(facts, key=lambda pairs: pairs.whole):
        if not read or read[-1].whole[1] <= one.whole[0]:
            read.append(one)
    return tuple(read)


def _present(pairs: Pairs | None) -> Iterator[Pairs]:
    if pairs is not None:
        yield pairs


def _term_lists(elements: Sequence[Element]) -> Iterator[list[list[Span]]]:
    """Give the terms, dt, and what is said of each, dd, of every list dl."""
    lists: dict[int | None, list[list[Span]]] = {}
    for element in elements:
        if element.tag == "dt":
            lists.setdefault(element.parent, []).append([(element.start, element.end)])
        elif element.tag == "dd" and element.parent in lists and len(lists[element.parent][-1]) == 1:
            lists[element.parent][-1].append((element.start, element.end))
    yield from lists.values()


def _chrome(page: Page, text: str, facts: Sequence[Pairs]) -> tuple[Span, ...]:
    """Find the page's own matter: what stands outside of the document, menus in it, and facts that tell nothing."""
    elements = page.elements
    if not elements:
        return ()
    index = find_main(elements)
    main = elements[index]
    pairs = [span for one in facts for span in one.spans]
    own = (*pairs, *_headline(page, text, main), *_attached(elements, main, text))
    kept = merged([_with_line_ends(text, span) for span in own])
    outside = without([(0, main.start), (main.end, len(text))], kept)
    inside = without(merged([*find_menus(elements, index, text), *(one.whole for one in facts)]), kept)
    return merged([*outside, *inside])


def _with_line_ends(text: str, span: Span) -> Span:
    """Give a stretch with the line ends behind it, so that what follows begins a line."""
    behind = _LINE_ENDS.match(text, span[1])
    return span[0], behind.end() if behind is not None else span[1]


def _headline(page: Page, text: str, main: Element) -> Iterator[Span]:
    """Find the headline that the page repeats in its title, where it stands above the part that was found."""
    if not page.title:
        return
    for element in page.elements:
        if element.end > main.start:
            return
        if element.tag in ("h1", "h2", "h3"):
            words = text[element.start : element.end].strip()
            if len(words) >= 6 and page.title.startswith(words):
                yield element.start, element.end


def _attached(elements: Sequence[Element], main: Element, text: str) -> Iterator[Span]:
    """Find lists of attachments below the part that was found."""
    for element in elements:
        below = element.start >= main.end and 0 < element.files == element.links and not element.prose
        if below and _ATTACHED.match(text, element.start, element.end):
            yield element.start, element.end


def _is_apart(start: int, end: int, spans: Sequence[Span]) -> bool:
    """Tell whether a stretch has nothing in common with any of sorted spans that are apart."""
    at = bisect_right(spans, start, key=lambda span: span[1])
    return at == len(spans) or end <= spans[at][0]
