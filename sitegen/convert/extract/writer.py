"""Writing the visible text of a page: white space as CSS collapses it, line ends where blocks begin and end."""

from __future__ import annotations

import re

from sitegen.model import Span
from sitegen.text import HAN

_PIECE = re.compile("(?P<blank>[ \t\n\r\f]+)|[^ \t\n\r\f]+")
_WIDE = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’—…·]")


class TextWriter:
    """Collects text as CSS lays it out; places in it are counted in code points."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._newlines = 2  # line feeds at the end so far; the start counts as if an empty line stood above it
        self._wanted = 0  # line feeds that the next text needs before it
        self._blank = ""  # white space that shows only if text follows in the same line
        self._bold: list[Span] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    @property
    def bold(self) -> tuple[Span, ...]:
        """The bold stretches, those that only white space parts in one."""
        return tuple(self._bold)

    @property
    def place(self) -> int:
        """The end of what was written; line ends and blanks that the next text may need come behind it."""
        return self._length

    def write(self, text: str, *, bold: bool = False) -> None:
        """Write running text, its white space collapsed."""
        for piece in _PIECE.finditer(text):
            if piece["blank"]:
                self._blank += piece[0]
            else:
                self._write_word(piece[0], bold)

    def _write_word(self, word: str, bold: bool) -> None:
        self._end_block()
        before = self._length
        if self._blank and not self._newlines and not self._closes_up(word):
            self._put(" ")
        self._blank = ""
        self._put_marked(word, bold, before)

    def _put_marked(self, text: str, bold: bool, before: int) -> None:
        """Put text, and note that it is bold; `before` is the end of the text before it."""
        start = self._length
        self._put(text)
        if bold and self._bold and self._bold[-1][1] == before:
            self._bold[-1] = (self._bold[-1][0], self._length)
        elif bold:
            self._bold.append((start, self._length))

    def _closes_up(self, word: str) -> bool:
        """Tell whether a line end of the file shows as nothing: beside a wide character, for Chinese has no spaces.

        CSS Text asks for wide characters on both sides, and would put a space before a digit: 返校， 2月.
        """
        return "\n" in self._blank and bool(_WIDE.match(self._pieces[-1][-1]) or _WIDE.match(word))

    def write_preformatted(self, text: str, *, bold: bool = False) -> None:
        """Write text whose white space shows as it is."""
        for index, line in enumerate(re.split("\r\n?|\n", text)):
            if index:
                self.end_line()
            if line:
                self._end_block()
                self._put_marked(line, bold, self._length)

    def end_line(self) -> None:
        """End the line, as <br> does."""
        self._blank = ""
        self._end_block()
        self._put("\n")

    def end_block(self, newlines: int) -> None:
        """End a block, or begin one: what follows stands on a line of its own, with 2 behind an empty line."""
        self._blank = ""
        self._wanted = max(self._wanted, newlines)

    def open_cell(self, *, first: bool) -> int:
        """Begin a cell of a table on a line of its own; give its place."""
        self._blank = ""
        if first:
            self._end_block()
        else:
            self._put("\n")
        self._newlines, self._wanted = 2, 0
        return self._length

    def close_cell(self) -> int:
        """End a cell, on whose line nothing else may stand, though it be empty; give its end."""
        self._blank, self._newlines, self._wanted = "", 0, 1
        return self._length

    def _end_block(self) -> None:
        if self._wanted > self._newlines:
            self._put("\n" * (self._wanted - self._newlines))
        self._wanted = 0

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._newlines = self._newlines + len(text) if text.strip("\n") == "" else 0
