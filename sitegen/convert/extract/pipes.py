r"""Tables in Markdown of the source: a head, a line of dashes, rows, with `|` between the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sitegen.convert.tables import Grid
from sitegen.model import Span

_LINE = re.compile(r"(?P<line>[^\r\n]*)(?:\r\n?|\n|\Z)")
_DASHES = re.compile(r"[ \t]{0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?")
_BORDER = re.compile(r"(?<!\\)\|")
_WIDEST = 200
"""Most columns of a table; what has more stays as text."""


def find_pipe_tables(text: str) -> Iterator[Grid]:
    """Find the tables of a text: a row, a line of dashes with as many columns, and the rows right below."""
    if "|" not in text:
        return
    above: Span | None = None
    rows: list[Span] = []
    for line in _lines(text):
        if rows:
            if "|" in text[slice(*line)]:
                rows.append(line)
                continue
            yield _grid(text, rows)
            rows, above = [], None
        if above is not None and _divides(text, above, line):
            rows = [above]
        above = line if "|" in text[slice(*line)] else None
    if rows:
        yield _grid(text, rows)


def _lines(text: str) -> Iterator[Span]:
    return (found.span("line") for found in _LINE.finditer(text))


def _divides(text: str, head: Span, line: Span) -> bool:
    """Tell whether `line` is the line of dashes below `head`."""
    if _DASHES.fullmatch(text, *line) is None:
        return False
    return 2 <= len(_cells(text, head)) == len(_cells(text, line)) <= _WIDEST


def _cells(text: str, line: Span) -> tuple[Span, ...]:
    """Give the cells of a row, without the white space at their edges."""
    row = text[slice(*line)]
    start, end = line[0] + len(row) - len(row.lstrip()), line[0] + len(row.rstrip())
    borders = [found.start() for found in _BORDER.finditer(text, start, end)]
    edges = [start - 1, *borders, end]
    cells = [(left + 1, right) for left, right in pairwise(edges)]
    cells = cells[1:] if borders and borders[0] == start else cells
    cells = cells[:-1] if len(cells) > 1 and borders and borders[-1] == end - 1 else cells
    return tuple(_trimmed(text, *cell) for cell in cells)


def _trimmed(text: str, start: int, end: int) -> Span:
    cell = text[start:end]
    head = len(cell) - len(cell.lstrip())
    return start + head, start + max(head, len(cell.rstrip()))


def _grid(text: str, lines: list[Span]) -> Grid:
    """Make a table of its rows; the line of dashes, between the first cells and the others, goes with the pipes."""
    rows = [_cells(text, line) for line in lines]
    width = min(max(map(len, rows)), _WIDEST)
    rows = [row if len(row) <= width else (*row[: width - 1], (row[width - 1][0], row[-1][1])) for row in rows]
    padded = tuple((*row, *(None for _ in range(width - len(row)))) for row in rows)
    return Grid(lines[0][0], lines[-1][1], padded, is_markdown=True)
