"""Passes that give Chinese text its full-width punctuation back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.convert.ledger import Change
from sitegen.text import HAN

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_CHINESE = f"{HAN}，。；：、！？（）《》〈〉「」『』【】〔〕“”‘’—…□"
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w.-]{1,64}@)[!-~]+")
_MARK = re.compile(
    f'(?<=[{_CHINESE}])[,;:!?](?!//)|(?<=[0-9A-Za-z%)])[,;:!?](?=[{HAN}“《（])|(?<=[{_CHINESE}][)"])[,;:!?]'
)
_HAN = re.compile(f"[{HAN}]")


def widen_marks(text: str) -> Iterator[Change]:
    """Write `, ; : ! ?` beside Chinese as full-width marks; times, numbers and addresses stay."""
    if not _holds(text, ",;:!?"):
        return
    addresses = _Spans(found.span() for found in _ADDRESS.finditer(text))
    for found in _MARK.finditer(text):
        if not addresses.cover(found.start()):
            yield Change(found.start(), found.end(), _FULL[found[0]])


def _holds(text: str, characters: str) -> bool:
    return any(character in text for character in characters)


class _Spans:
    """Sorted spans that are asked for rising positions."""

    def __init__(self, spans: Iterator[tuple[int, int]]) -> None:
        self._spans = spans
        self._start, self._end = next(spans, (0, 0))

    def cover(self, position: int) -> bool:
        """Tell whether a span holds the position."""
        while position >= self._end > 0:
            self._start, self._end = next(self._spans, (0, 0))
        return self._start <= position < self._end


_BRACKET = re.compile(r"[()（）\n]")


def widen_brackets(text: str) -> Iterator[Change]:
    """Write round brackets full-width where they hold Chinese, follow Chinese, or pair with a full-width one."""
    if not _holds(text, "()"):
        return
    widened: list[int] = []
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "\n":
            opened.clear()
        elif found[0] in "(（":
            opened.append(found.start())
        elif opened:
            start = opened.pop()
            if _is_chinese_pair(text, start, found.start()):
                widened += (position for position in (start, found.start()) if text[position] in "()")
    yield from (Change(position, position + 1, _FULL[text[position]]) for position in sorted(widened))


def _is_chinese_pair(text: str, start: int, end: int) -> bool:
    if text[start] == "（" or text[end] == "）" or _HAN.search(text, start, min(end, start + 400)):
        return True
    inside = text[start + 1 : min(end, start + 40)]
    return start > 0 and _HAN.match(text, start - 1) is not None and not any(map(str.isalpha, inside))


_QUOTE = re.compile(r'["\n]')


def pair_quotes(text: str) -> Iterator[Change]:
    """Write straight double quotes in a Chinese paragraph as “ and ”, where it holds pairs that cannot be misread."""
    if '"' not in text:
        return
    line: list[int] = []
    for found in (*_QUOTE.finditer(text), None):
        if found is not None and found[0] == '"':
            line.append(found.start())
            continue
        if line and _are_pairs(text, line):
            yield from (Change(at, at + 1, "“" if index % 2 == 0 else "”") for index, at in enumerate(line))
        line.clear()


def _are_pairs(text: str, quotes: list[int]) -> bool:
    """Tell whether the quotes of a line stand two by two around text, Chinese on the inner or outer side of each."""
    if len(quotes) % 2:
        return False
    for opening, closing in zip(quotes[::2], quotes[1::2], strict=True):
        inside = text[opening + 1 : closing]
        if not inside or inside[0].isspace() or inside[-1].isspace() or not _HAN.search(inside[:200]):
            return False
    return True
