"""Passes that put sentences together again that page ends and fixed line widths have cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sitegen.convert.ledger import Change
from sitegen.convert.words import ITEM_MARK

_LINE = re.compile(r"[^\n]+")
_ENDS = "。！？；：.!?;:…—"
_CLOSERS = "”’」』）)》】\"'*"
_NO_CONTINUATION = re.compile(
    rf"(?:{ITEM_MARK}|附件|附[：:]|抄送|抄报|主题词|[-—*•·●|]|特此|此[复函]|[(（]此件|图\d|表\d|注[：:])"
)
_DATE_LINE = re.compile(r"[\d〇○零一二三四五六七八九十 年月日号./-]{6,24}")
_SENTENCE = re.compile("[，。；,;]")
_HEADING = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])[^。；]*")

_LATIN = re.compile("[A-Za-z]")

SHORT_PROSE = 16
"""Least length of a line with a comma in it that stops inside a word."""

PROSE = 40
"""Least length of a line that a page end may have cut: a shorter one without an end is a title, a label, a name."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    """Start and end in the text, white space at the edges left out."""
    text: str
    indented: bool
    gap: bool
    """Whether an empty line stands before it."""


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    last_end = 0
    for found in _LINE.finditer(text):
        stripped = found[0].strip()
        if stripped:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            gap = found.start() - last_end > 1
            lines.append(_Line(start, start + len(stripped), stripped, start > found.start(), gap))
            last_end = found.end()
    return lines


def join_hard_wraps(text: str) -> Iterator[Change]:
    """Join lines that were cut at a fixed width, in a text where most unfinished lines are of that width."""
    lines = _lines(text)
    width = _wrap_width(lines)
    if width is None:
        return
    for line, following in pairwise(lines):
        full = width - 2 <= _width(line.text) <= width + 1
        if full and not following.gap and not _is_finished(line.text) and _may_continue(following.text):
            yield Change(line.end, following.start, _between(line.text, following.text))


def _wrap_width(lines: list[_Line]) -> int | None:
    """Find the width at which a text was wrapped; None where it was not.

    A wrapped text shows itself by unfinished lines with text right below them: at least five, most of one width.
    """
    widths = [
        round(_width(line.text))
        for line, following in pairwise(lines)
        if len(line.text) >= 24 and not following.gap and not _is_finished(line.text)
    ]
    counted = Counter(widths)
    near = {width: sum(counted[width - step] for step in range(-1, 3)) for width in counted}
    best = max(near, key=lambda width: (near[width], width), default=None)
    return best if best is not None and near[best] >= 5 and near[best] * 2 > len(widths) else None


_NARROW = re.compile("[\x00-\u024f]")


def _width(text: str) -> float:
    return len(text) - 0.5 * len(_NARROW.findall(text))


def join_page_breaks(text: str) -> Iterator[Change]:
    """Join a sentence that a page end or a stray empty line has cut in two.

    A long line of prose that stops in mid-sentence goes on in the next line, if that is prose as well.
    """
    lines = _lines(text)
    pairs = _Pairs(text)
    carried = False  # the line before was joined to this one, so this one is prose however short
    for line, following in pairwise(lines):
        prose = carried or _is_prose(line.text) or _is_cut(line.text, following.text, pairs)
        prose = prose or _is_bracket_cut(line.text, following.text)
        carried = prose and not _is_finished(line.text) and _is_rest(line.text, following.text)
        if carried:
            yield Change(line.end, following.start, _between(line.text, following.text))


class _Pairs:
    """The pairs of neighbouring characters of a text: looked for one by one, gathered only where many are asked for."""

    _FEW = 30

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0

    def __contains__(self, pair: str) -> bool:
        self._asked += 1
        return pair in self._text if self._asked <= self._FEW else (pair[0], pair[1]) in self._all

    @cached_property
    def _all(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(self._text))


def _is_prose(line: str) -> bool:
    return len(line) >= PROSE and _SENTENCE.search(line) is not None


def _is_cut(line: str, following: str, pairs: _Pairs) -> bool:
    """Tell whether a short line with a comma stops inside a word, 立即报 / 告学校, that the text holds elsewhere."""
    return (
        len(line) >= SHORT_PROSE
        and _SENTENCE.search(line) is not None
        and _is_finished(following)
        and line[-1] + following[0] in pairs
    )


def _is_bracket_cut(line: str, following: str) -> bool:
    """Tell whether a line ends inside a bracket, …（星, that the next line closes, 期日）上班."""
    for opening, closing in _PAIRS:
        opened, closed = line.rfind(opening), line.rfind(closing)
        if opened > closed and closing in following and opening not in following[: following.index(closing)]:
            return _SENTENCE.search(line) is not None
    return False


_PAIRS = (("（", "）"), ("(", ")"), ("《", "》"), ("“", "”"), ("〔", "〕"))


def _is_finished(line: str) -> bool:
    return line.rstrip(_CLOSERS)[-1:] in _ENDS


def _may_continue(line: str) -> bool:
    return _NO_CONTINUATION.match(line) is None and _DATE_LINE.fullmatch(line) is None


def _is_rest(line: str, following: str) -> bool:
    """Tell whether `following` can be the rest of the sentence in `line`."""
    if not _may_continue(following) or _HEADING.fullmatch(line):
        return False
    return _is_finished(following) or (len(following) >= 15 and _SENTENCE.search(following) is not None)


def _between(line: str, following: str) -> str:
    """Give what stands between two halves: nothing, but a space between two words in Latin letters."""
    return " " if _LATIN.match(line[-1]) and _LATIN.match(following[0]) else ""


_GAP = re.compile(r"\s{2,}|\A\s|\s\Z")


def drop_blank_lines(text: str) -> Iterator[Change]:
    """Leave one line feed between two lines, and no white space at their edges."""
    for found in _GAP.finditer(text):
        if found.start() == 0 or found.end() == len(text):
            yield Change(found.start(), found.end(), "")
        elif "\n" in found[0]:
            yield Change(found.start(), found.end(), "\n")
