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
_SPACE = re.compile("[ \t\n\f\r]+")
_INLINE = {
    *"a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time".split(),
    *"u var wbr".split(),
}
"""Elements that do not end a line, as in `blocks.js`."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(slots=True)
class NoticePage:
    """What a result shows of a notice's page."""

    heading: str = ""
    lines: list[str] = field(default_factory=list)
    """The lines of its article but for the heading."""


class _PageParser(HTMLParser):
    """Reads the lines of `article#text` as `blocks.js` does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = NoticePage()
        self._open: list[tuple[str, str]] = []
        """Name and kind of the elements that are open: `article`, `signature`, `pre`, or nothing."""
        self._is_line_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" and not self._is_in("signature"):
            self._add(" ")
            return
        self._is_line_open &= tag in _INLINE
        if tag not in _VOID:
            self._open.append((tag, _kind(tag, dict(attrs))))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self._is_line_open &= tag in _INLINE
        at = max((at for at, (name, _) in enumerate(self._open) if name == tag), default=len(self._open))
        del self._open[at:]

    def handle_data(self, data: str) -> None:
        first, *others = data.split("\n") if self._is_in("pre") else [data]
        self._add(first)
        for line in others:
            self._is_line_open = False
            self._add(line)

    def _is_in(self, kind: str) -> bool:
        return any(kind == one for _, one in self._open)

    def _add(self, text: str) -> None:
        if self._is_in("heading"):
            self.page.heading += text
        elif self._is_in("article") and self._is_line_open:
            self.page.lines[-1] += text
        elif self._is_in("article") and text:
            self.page.lines.append(text)
            self._is_line_open = True


def _kind(tag: str, attributes: dict[str, str | None]) -> str:
    if tag == "article" and attributes.get("id") == "text":
        return "article"
    if "signature" in (attributes.get("class") or "").split():
        return "signature"
    return {"h1": "heading", "pre": "pre"}.get(tag, "")


def parse_page(html: str) -> NoticePage:
    """Read a notice's page."""
    parser = _PageParser()
    parser.feed(html)
    parser.close()
    parser.page.heading = _shown(parser.page.heading)
    parser.page.lines = [line for line in map(_shown, parser.page.lines) if line]
    return parser.page


def _shown(written: str) -> str:
    """Write white space as a page shows it."""
    return _SPACE.sub(" ", written).strip(" ")


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
