"""The cells of a table as a page or a document lays them out, brought to rows of one length."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitegen.convert.extract.writer import TextWriter
from sitegen.model import Span

_WIDEST, _LONGEST = 1000, 5000
"""Most columns and rows of a table; what is larger stays as lines."""


@dataclass(slots=True)
class Cell:
    """A cell, and over how many columns and rows it reaches."""

    start: int
    end: int
    columns: int
    rows: int


@dataclass(slots=True)
class TableShape:
    """A table as it is written down: rows of cells."""

    rows: list[list[Cell]] = field(default_factory=list)
    is_plain: bool = True
    """Whether no cell holds another table or cell."""
    is_open: bool = False
    """Whether a cell has begun and not yet ended."""
    last: Cell | None = None
    """The cell that began last."""

    @property
    def cells(self) -> list[Cell]:
        """All cells, in the order of the text."""
        return [cell for row in self.rows for cell in row]

    def open_row(self) -> None:
        """Begin a row."""
        self.rows.append([])

    def open_cell(self, writer: TextWriter, columns: int, rows: int) -> int:
        """Begin a cell; give its place."""
        start = writer.open_cell(first=self.last is None)
        self.is_plain = self.is_plain and not self.is_open
        self.is_open = True
        if not self.rows:
            self.open_row()
        self.last = Cell(start, start, columns, rows)
        self.rows[-1].append(self.last)
        return start

    def close_cell(self, writer: TextWriter) -> int:
        """End the cell that has begun; give its end."""
        self.is_open = False
        end = writer.close_cell()
        if self.last is not None:
            self.last.end = end
        return end


def lay_out(shape: TableShape) -> tuple[tuple[Span | None, ...], ...]:
    """Give the cells of a table in rows of one length, None where a merged cell reaches or a row is short.

    A column in which no cell begins is left out: no text is lost with it. Empty for a table that is too large, or made
    of little but merged cells.
    """
    rows: list[dict[int, Span]] = []
    taken: dict[int, int] = {}  # column and in how many rows more it is taken
    for row in shape.rows[: _LONGEST + 1]:
        rows.append({})
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            rows[-1][column] = (cell.start, cell.end)
            for reached in range(column, min(column + cell.columns, _WIDEST)):
                taken[reached] = cell.rows
            column += 1
        if max(taken, default=0) >= _WIDEST - 1:
            return ()
        taken = {reached: left - 1 for reached, left in taken.items() if left > 1}
    used = sorted({column for row in rows for column in row})
    filled = [row for row in rows if row]
    if len(rows) > _LONGEST or len(filled) * len(used) > 4 * len(shape.cells) + 200:
        return ()
    return tuple(tuple(row.get(column) for column in used) for row in filled)
