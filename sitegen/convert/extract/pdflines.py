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
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._length = self._start = 0
        self._open: tuple[float, float, float] | None = None  # left, right and size of the line that is being read

    @property
    def text(self) -> str:
        """All stretches, one behind the other."""
        return "".join(self._pieces)

    def __call__(self, text: str, page: Sequence[float], line: Sequence[float], _: object, size: float) -> None:
        """Take a stretch of text with the two matrices that place it, of the page and of the line."""
        left = line[4] * page[0] + line[5] * page[2] + page[4]
        scaled = size * sqrt(abs(_area(page) * _area(line)))
        for index, piece in enumerate(text.split("\n")):
            if index:
                self.end_line()
                self._put("\n")
                self._start = self._length
            if piece.strip():
                right = left + scaled * (len(piece) - 0.5 * len(_NARROW.findall(piece)))
                first, furthest, begun = self._open or (left, right, scaled)
                self._open = min(first, left), max(furthest, right), begun
            self._put(piece)

    def end_line(self) -> None:
        """End the line that was begun; to be called once more behind the last stretch."""
        if self._open is not None:
            self.lines.append(Line(self._start, self._length, *self._open))
            self._open = None

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _area(matrix: Sequence[float]) -> float:
    return matrix[0] * matrix[3] - matrix[1] * matrix[2]


@dataclass(frozen=True, slots=True)
class _Print:
    """How the running text of a document is printed."""

    size: float
    left: float
    right: float
    indented: bool
    """Whether paragraphs begin two letters further in."""

    def goes_on(self, line: Line, following: Line) -> bool:
        """Tell whether a line reaches the right edge and the following one begins at the left one, both of the text."""
        if max(abs(line.size - self.size), abs(following.size - self.size)) > 0.15 * self.size:
            return False
        if line.right < self.right - 1.7 * self.size or line.left > self.left + 2.7 * self.size:
            return False
        return abs(following.left - self.left) < 0.6 * self.size


def find_wraps(pages: Sequence[Sequence[Line]], text: str) -> Iterator[Change]:
    """Find the line ends of running text that only the width of the page has made."""
    printed = _read_print([line for page in pages for line in page if line.end - line.start >= 8])
    if printed is None:
        return
    for page in pages:
        for line, following in pairwise(page):
            before, after = text[line.start : line.end].rstrip(), text[following.start : following.end].lstrip()
            ended = _ENDS.search(before[-8:]) is not None
            if printed.goes_on(line, following) and not (ended and not printed.indented) and not _ITEM.match(after):
                gap = " " if _LATIN.match(before[-1]) and _LATIN.match(after[0]) else ""
                yield Change(line.start + len(before), following.end - len(after), gap)


def _read_print(lines: Sequence[Line]) -> _Print | None:
    """Measure the running text: its commonest size, and the edges between which most of its lines stand."""
    sizes = Counter(round(line.size, 1) for line in lines)
    if not sizes:
        return None
    size = max(sizes, key=lambda one: (sizes[one], one))
    body = [line for line in lines if abs(line.size - size) <= 0.15 * size]
    rights = sorted(line.right for line in body)
    lefts = Counter(round(line.left) for line in body)
    left = min((place for place, count in lefts.items() if count * 20 >= len(body)), default=min(lefts))
    indented = any(1.5 * size < line.left - left < 2.7 * size for line in body)
    return _Print(size, left, rights[len(rights) * 9 // 10], indented)
