"""Which tables of a page hold data, which the page's facts about the document, and which only lay out the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sitegen.convert.extract.cells import TableShape, lay_out
from sitegen.convert.ledger import Change
from sitegen.convert.metadata import read_table_line
from sitegen.convert.signing import is_signer, whole_date
from sitegen.convert.tables import Grid
from sitegen.model import Span

_LABEL_LENGTH = 16
_MANY_LINES, _MUCH = 12, 600
"""Lines and characters of a cell that holds a text of its own, where it is more than half of its table."""


def read_grid(shape: TableShape, text: str) -> Grid | None:
    """Give a table of a page as one of data; None where it only lays out the text, or is too large."""
    cells = shape.cells
    if not shape.is_plain or len(cells) < 4:
        return None
    start, end = cells[0].start, cells[-1].end
    if any(text[a.end : b.start].strip() for a, b in pairwise(cells)):
        return None  # text between the cells would be lost
    words = [text[cell.start : cell.end].strip() for cell in cells]
    if not _holds_data(words, shape) or _is_signature([word for word in words if word]):
        return None
    rows = lay_out(shape)
    return Grid(start, end, rows) if len(rows) > 1 and len(rows[0]) > 1 else None


def _holds_data(words: Sequence[str], shape: TableShape) -> bool:
    filled = [word for word in words if word]
    size = sum(map(len, filled))
    if len(filled) < 3 or not any(len(row) > 1 for row in shape.rows):
        return False
    return not any(len(word) * 2 > size and (len(word) > _MUCH or word.count("\n") > _MANY_LINES) for word in filled)


def _is_signature(words: Sequence[str]) -> bool:
    """Tell whether the cells hold nothing but those who sign, and the date."""
    lines = [line.strip() for word in words for line in word.split("\n") if line.strip()]
    if len(lines) > 20 or not any(whole_date(line) for line in lines):
        return False
    return all(whole_date(line) or is_signer(line) for line in lines)


# --- the page's facts about the document ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels and values of a page's table or list about the document on it."""

    whole: Span
    """All of the table or list."""
    spans: tuple[Span, ...]
    """The pairs, each of which becomes a line."""
    changes: tuple[Change, ...]
    """What brings each to one line."""


def read_pairs(rows: Sequence[Sequence[Span]], text: str) -> Pairs | None:
    """Read the cells of rows, or the terms of a list, as labels and values; None where they are something else.

    At least a third of the cells must be labels that are known of such tables, each with a value or nothing beside it.
    """
    whole = min(span[0] for row in rows for span in row), max(span[1] for row in rows for span in row)
    rows = [[_trimmed(text, span) for span in row] for row in rows]
    known = [[_is_label(text[slice(*span)]) for span in row] for row in rows]
    labels = sum(map(sum, known))
    filled = sum(start < end for row in rows for start, end in row)
    if not labels or labels * 3 < filled or any(any(row[1::2]) for row in known):
        return None
    spans: list[Span] = []
    changes: list[Change] = []
    for row, marks in zip(rows, known, strict=True):
        for label, value in _labelled(row, marks):
            spans.append((label[0], value[1]))
            changes += _joined(text, label, value)
    return Pairs(whole, tuple(spans), tuple(changes))


def _labelled(row: Sequence[Span], marks: Sequence[bool]) -> Iterator[tuple[Span, Span]]:
    return ((row[at], row[at + 1]) for at in range(len(row) - 1) if marks[at] and row[at + 1][0] < row[at + 1][1])


def _joined(text: str, label: Span, value: Span) -> Iterator[Change]:
    """Bring a label and its value to one line, with a colon between them."""
    colon = text[label[1] - 1] in ":："
    yield Change(label[1], value[0], "\t" if colon else "：")
    for found in re.finditer(r"\s*\n\s*", text[slice(*value)]):
        yield Change(value[0] + found.start(), value[0] + found.end(), " ")


def _is_label(words: str) -> bool:
    if not 0 < len(words) <= _LABEL_LENGTH or "\n" in words:
        return False
    return bool(read_table_line(words.rstrip(" \u3000:：") + "："))


def _trimmed(text: str, span: Span) -> Span:
    cell = text[slice(*span)]
    head = len(cell) - len(cell.lstrip())
    return span[0] + head, span[0] + max(head, len(cell.rstrip()))
