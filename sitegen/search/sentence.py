"""The sentence of a notice's page in which a phrase stands, for those who read results on a terminal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sitegen.search.query import Phrase, pattern_of
from sitegen.text import fold

_LONGEST = 80
_BEFORE = 24
"""How many characters of a long sentence are shown, and how many of them before the phrase at most."""

_CUT = "……"
_SENTENCE = re.compile("[^。；！？]+[。；！？]*")
_INLINE = {
    *"a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time".split(),
    *"u var wbr".split(),
}
"""Elements that do not end a line, as in `blocks.js`."""


@dataclass(slots=True)
class NoticePage:
    """What a result shows of a notice's page."""

    heading: str = ""
    lines: list[str] = field(default_factory=list)
    """The lines of its article but for the heading."""


class _PageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = NoticePage()
        self._is_article = self._is_heading = self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_article |= tag == "article" and ("id", "text") in attrs
        self._is_heading |= tag == "h1"
        self._is_open &= tag in _INLINE

    def handle_endtag(self, tag: str) -> None:
        self._is_article &= tag != "article"
        self._is_heading &= tag != "h1"
        self._is_open &= tag in _INLINE

    def handle_data(self, data: str) -> None:
        if self._is_heading:
            self.page.heading += data
        elif self._is_article and self._is_open:
            self.page.lines[-1] += data
        elif self._is_article:
            self.page.lines.append(data)
            self._is_open = True


def parse_page(html: str) -> NoticePage:
    """Read a notice's page."""
    parser = _PageParser()
    parser.feed(html)
    parser.close()
    return parser.page


def sentence_with(lines: Sequence[str], phrases: Sequence[Phrase]) -> str | None:
    """Give the sentence in which one of the phrases stands, of a line that holds most of them; None where none does."""
    patterns = [pattern_of(phrase) for phrase in phrases]
    held = [[pattern for pattern in patterns if pattern.search(fold(line))] for line in lines]
    best = max(range(len(lines)), key=lambda place: len(held[place]), default=None)
    return None if best is None or not held[best] else _cut(lines[best], held[best][0])


def _cut(line: str, pattern: re.Pattern[str]) -> str:
    sentences: list[str] = _SENTENCE.findall(line)
    sentence = next((one.strip() for one in sentences if pattern.search(fold(one))), line.strip())
    if len(sentence) <= _LONGEST:
        return sentence
    end = bisect_left(range(len(sentence)), True, key=lambda end: pattern.search(fold(sentence[:end])) is not None)
    start = min(max(0, end - _BEFORE), len(sentence) - _LONGEST)
    shown = sentence[start : start + _LONGEST]
    return _CUT * (start > 0) + shown + _CUT * (start + _LONGEST < len(sentence))
