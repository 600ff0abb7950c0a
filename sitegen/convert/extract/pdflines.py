"""Which lines of a PDF page go on in the next: told by where they stand, which the text alone does not show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from sitegen.convert.ledger import Change
from sitegen.convert.words import ITEM_MARK

_NARROW = re.compile("[\x00-\u024f]")
_LATIN = re.compile("[A-Za-z]")
_ENDS = re.compile("[。！？；：.!?;:…—][”’」』）)》】\"']*$")
_ITEM = re.compile(rf"(?:{ITEM_MARK})|附件|附[：:]|抄送|[-—*•●]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its place in the text, and on the page in points."""

    start: int
    end: int
    left: float
    right: float
    size: float
    """Size of its letters."""


class LineReader:
    """Collects the lines of a page from the stretches of text that pypdf gives, with their places."""

    def __init__(self) -> None:
        self.text = ""
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._length = self._start = 0
        self._open: tuple[float, float, float] | None = None

    def __call__(self, text: str, page: Sequence[float], line: Sequence[float], _: object, size: float) -> None:
        """Take a stretch of text with the two matrices that place it: of the page and of the line."""
        left = line[4] * page[0] + line[5] * page[2] + page[4]
        scaled = float(size) * sqrt(abs(page[0] * page[3] - page[1] * page[2]) * abs(line[0] * line[3] - line[1] * line[2]))
        for index, piece in enumerate(text.split("\n")):
            if index:
                self.end_line()
                self._put("\n")
                self._start = self._length
            if piece.strip():
                right = left + scaled * (len(piece) - 0.5 * len(_NARROW.findall(piece)))
                first, furthest, _size = self._open or (left, right, scaled)
                self._open = min(first, left), max(furthest, right), scaled
            self._put(piece)

    def end_line(self) -> None:
        """End the line that was begun; to be called once more behind the last stretch."""
        if self._open is not None:
            self.lines.append(Line(self._start, self._length, *self._open))
            self._open = None
        self.text = "".join(self._pieces)

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
