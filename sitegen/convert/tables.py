"""Tables inside a text: kept out of the way of the passes, cleaned cell by cell, and put back into the ledger.

While the passes run, one line stands for each table. It reads like a sentence of its own, so that no pass joins it,
parts it or takes it for a title, and its letters are private ones that the text does not hold. So no change can cross
the border of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from sitegen.convert import ledger
from sitegen.convert.clean import Draft
from sitegen.convert.contamination import Advertising, mask
from sitegen.convert.ledger import Change
from sitegen.convert.passes import Pass
from sitegen.convert.passes.characters import drop_bold_marks, drop_controls, drop_residue
from sitegen.convert.passes.punctuation import pair_quotes, widen_brackets, widen_marks
from sitegen.convert.passes.radicals import unify_radicals
from sitegen.convert.passes.spacing import close_up_spaced_lines, drop_spaces
from sitegen.model import Edit, Span, Table

PASS = "tables"
"""Name of the pass that brings the cells of a table to one line each."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in a raw text, on lines of its own."""

    start: int
    end: int
    """From the first character of its first line to the last of its last one."""
    rows: tuple[tuple[Span | None, ...], ...]
    """Cells in the order of the text, in rows of one length; None where a merged cell reaches, or a row is short."""
    is_markdown: bool = False
    r"""Whether `\|` in a cell stands for `|`."""


# --- a line for each table --------------------------------------------------------------------------------------------

_PRIVATE = tuple(range(first, first + 0xFFFE) for first in (0xF0000, 0x100000))
_LINE = re.compile(r"\|(?P<letter>[\U000f0000-\U000ffffd\U00100000-\U0010fffd])(?P=letter){11}\|。")


def fold(raw: str, grids: Sequence[Grid]) -> Draft:
    """Put one line in the place of each table; of more tables than there are private letters, the last stay as text."""
    held = {ord(character) for character in raw if character >= "\U000f0000"} if grids else set()
    letters = (letter for letter in chain(*_PRIVATE) if letter not in held)
    lines = zip(grids, letters, strict=False)
    return Draft(raw).changed((Change(grid.start, grid.end, f"|{chr(at) * 12}|。") for grid, at in lines), PASS)


def unfold(edits: Iterable[Edit], tables: Mapping[str, CleanTable]) -> Iterator[Edit]:
    """Put the edits inside the tables in the place of the one that hid each; a table that was taken out stays out."""
    for edit in edits:
        if edit.after in tables:
            yield from tables[edit.after].edits
        elif _LINE.search(edit.after):
            yield replace(edit, after=written_out(edit.after, tables))
        else:
            yield edit


def written_out(text: str, tables: Mapping[str, CleanTable]) -> str:
    """Give a text with the cells of its tables where one line stands for each."""
    # A line of this form that stands for none of the tables was in the source, and is text.
    return _LINE.sub(lambda found: tables[found[0]].text if found[0] in tables else found[0], text)


# --- cells ------------------------------------------------------------------------------------------------------------


_BLANKS = re.compile(r"\s+")
_LINE_END = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def _join_lines(text: str) -> Iterator[Change]:
    """Bring a cell to one line, without white space at its edges."""
    for found in _BLANKS.finditer(text):
        if found.start() == 0 or found.end() == len(text):
            yield Change(found.start(), found.end(), "")
        elif _LINE_END.search(found[0]):
            yield Change(found.start(), found.end(), " ")


_ESCAPED = re.compile(r"\\\|")


def _drop_escapes(text: str) -> Iterator[Change]:
    r"""Write `\|` of a Markdown table as `|`."""
    return (Change(found.start(), found.start() + 1, "") for found in _ESCAPED.finditer(text))


_TO_CELL: tuple[tuple[str, Pass], ...] = (
    ("residue", drop_residue),
    (PASS, _join_lines),
    ("controls", drop_controls),
    ("radicals", unify_radicals),
    ("bold-marks", drop_bold_marks),
    ("spaced-lines", close_up_spaced_lines),
    ("spaces", drop_spaces),
    ("quotes", pair_quotes),
    ("brackets", widen_brackets),
    ("punctuation", widen_marks),
    (PASS, _join_lines),
)
"""The passes over one cell, in their order: those over characters, none that looks at lines."""


@dataclass(frozen=True, slots=True)
class CleanTable:
    """A table with clean cells."""

    grid: Grid
    raw: str
    """The raw text from `grid.start` to `grid.end`."""
    cells: tuple[Draft, ...]
    """Drafts over the raw text of each cell, row after row; empty ones where a merged cell reaches."""
    masked: tuple[Span, ...] = ()
    """Stretches of the whole raw text that are advertising."""

    @property
    def block(self) -> Table:
        """The table as a block."""
        texts = iter(self.cells)
        return Table(tuple(tuple(next(texts).text for _ in row) for row in self.grid.rows))

    @property
    def text(self) -> str:
        """The clean text: one cell a line, empty ones too."""
        return "\n".join(cell.text for cell in self.cells)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The ledger from the raw text of the table to the clean one, in places of the whole raw text."""
        return tuple(self._edits())

    def _edits(self) -> Iterator[Edit]:
        position, breaks = self.grid.start, 0
        for index, (span, cell) in enumerate(zip(_spans(self.grid), self.cells, strict=True)):
            breaks += index > 0
            if span is not None:
                yield from self._between(position, span[0], breaks)
                yield from (_moved(edit, span[0]) for edit in cell.edits)
                position, breaks = span[1], 0
        yield from self._between(position, self.grid.end, breaks)

    def _between(self, start: int, end: int, breaks: int) -> Iterator[Edit]:
        before, after = self.raw[start - self.grid.start : end - self.grid.start], "\n" * breaks
        if before != after:
            yield Edit(start, end, before, after, (PASS,))


def clean_table(raw: str, grid: Grid) -> CleanTable:
    """Clean the cells of a table."""
    passes = ((PASS, _drop_escapes), *_TO_CELL) if grid.is_markdown else _TO_CELL
    cells = tuple(Draft("" if span is None else raw[span[0] : span[1]]).run(passes) for span in _spans(grid))
    return CleanTable(grid, raw[grid.start : grid.end], cells)


def mask_table(table: CleanTable, found: Advertising) -> CleanTable:
    """Put the mask in the place of every overwritten name in the cells of a table."""
    named = replace(found, banners=())
    cells: list[Draft] = []
    masked: list[Span] = []
    for span, cell in zip(_spans(table.grid), table.cells, strict=True):
        changes = tuple(mask(cell.text, named)) if span is not None else ()
        spans = ledger.to_raw(cell.edits, ((change.start, change.end) for change in changes))
        masked += ((span[0] + start, span[0] + end) for start, end in spans if span is not None)
        cells.append(cell.changed(changes, "advertising"))
    return replace(table, cells=tuple(cells), masked=tuple(masked))


def _spans(grid: Grid) -> Iterator[Span | None]:
    return chain(*grid.rows)


def _moved(edit: Edit, by: int) -> Edit:
    return replace(edit, start=edit.start + by, end=edit.end + by)
