"""The raw text of a seed as readers may see it: advertising masked, white space visible, every edit marked.

A masked stretch is never shown, whatever the edits do: each of its characters belongs to the mask, and the mask stands
once, where the stretch begins. Edits only cut the text into pieces; they cannot open a mask.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from sitegen.model import MASK, Conversion, Edit, Span

MIN_RUN = 3
"""Neighbouring characters of a masked stretch that must not be read anywhere."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of characters of one kind."""

    kind: str
    """"text", "mask", "space" (blanks of any width), "line" (line end) or "sign" (a character that has no shape)."""
    text: str
    code: str | None = None
    """What the page shows beside a character that has no shape of its own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that no edit touches, or one edit."""

    before: tuple[Run, ...]
    after: tuple[Run, ...] = ()
    edit: Edit | None = None

    @property
    def is_edit(self) -> bool:
        """Whether the piece is an edit."""
        return self.edit is not None


@dataclass(frozen=True, slots=True)
class Redacted:
    """A raw text with the stretches that must not be shown: sorted, apart from each other."""

    raw: str
    masks: tuple[Span, ...]

    @property
    def stretches(self) -> tuple[str, ...]:
        """The masked words."""
        return tuple(sorted({self.raw[start:end] for start, end in self.masks}, key=lambda one: (-len(one), one)))

    def show(self, start: int, end: int) -> tuple[Run, ...]:
        """Show a part of the text."""
        return tuple(self._show(start, end))

    def _show(self, start: int, end: int) -> Iterator[Run]:
        at = start
        first = bisect_right(self.masks, start, key=lambda mask: mask[1])
        for index in range(first, len(self.masks)):
            mask_start, mask_end = self.masks[index]
            if mask_start >= end:
                break
            yield from runs(self.raw[at : max(at, mask_start)])
            if mask_start >= start:
                yield Run("mask", MASK)
            at = min(end, mask_end)
        yield from runs(self.raw[at:end])


def redact(conversion: Conversion) -> Redacted:
    """Find what of a raw text must not be shown: the masked stretches, and the same words wherever else they stand."""
    raw = conversion.raw
    words = {raw[start:end] for start, end in conversion.masked if end - start >= MIN_RUN}
    spans = [span for span in conversion.masked if span[0] < span[1]]
    for word in sorted(words):
        spans += [(match.start(), match.end()) for match in re.finditer(re.escape(word), raw)]
    return Redacted(raw, _merged(spans))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def hide_words(text: str, stretches: Sequence[str]) -> str:
    """Put a mask in the place of each masked stretch that a text repeats."""
    for stretch in stretches:
        if len(stretch) >= MIN_RUN:
            text = text.replace(stretch, MASK)
    return text


def hide_runs(name: str, stretches: Sequence[str]) -> str:
    """Put a mask in the place of all that a file name or an address shares with masked stretches, coded or not."""
    shown = unquote(name) if _shares_run(unquote(name), stretches) else name
    at = 0
    while at < len(shown):
        length = max((_shared(shown, at, stretch) for stretch in stretches), default=0)
        if length:
            shown = shown[:at] + MASK + shown[at + length :]
        at += len(MASK) if length else 1
    return shown


def _shares_run(text: str, stretches: Sequence[str]) -> bool:
    return any(_shared(text, at, stretch) for stretch in stretches for at in range(len(text)))


def _shared(text: str, at: int, stretch: str) -> int:
    """Give the length of the longest run of a stretch that stands at a place of a text; 0 below `MIN_RUN`."""
    length, tried = 0, MIN_RUN
    while at + tried <= len(text) and text[at : at + tried] in stretch:
        length, tried = tried, tried + 1
    return length


# --- comparison -----------------------------------------------------------------------------------------------------


def compare(redacted: Redacted, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    """Cut a raw text into the edits and what stands between them; `edits` are sorted and do not overlap."""
    pieces, at = [], 0
    stretches = redacted.stretches
    for edit in edits:
        if edit.start > at:
            pieces.append(Piece(redacted.show(at, edit.start)))
        after = hide_words(edit.after, stretches)
        pieces.append(Piece(redacted.show(edit.start, edit.end), tuple(_masked_runs(after)), edit))
        at = edit.end
    if at < len(redacted.raw):
        pieces.append(Piece(redacted.show(at, len(redacted.raw))))
    return tuple(pieces)


def _masked_runs(text: str) -> Iterator[Run]:
    for number, part in enumerate(text.split(MASK)):
        if number:
            yield Run("mask", MASK)
        yield from runs(part)


# --- white space ----------------------------------------------------------------------------------------------------

_INVISIBLE = re.compile(
    "(?P<line>\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
    "|(?P<space>[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+)"
    "|(?P<sign>[\t\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufe00-\ufe0f\ufdd0-\ufdef\ufffe\uffff])"
)
_LINE_CODES = {"\n": "↵", "\r\n": "CR↵", "\r": "CR"}


def runs(text: str) -> Iterator[Run]:
    """Cut a text into what has a shape and what has none; the runs are the text, but for what HTML cannot hold."""
    at = 0
    for match in _INVISIBLE.finditer(text):
        if match.start() > at:
            yield Run("text", text[at : match.start()])
        at = match.end()
        found = match[0]
        if match["line"]:
            yield Run("line", "\n", _LINE_CODES.get(found) or _code_point(found))
        elif match["space"]:
            yield Run("space", found)
        elif found == "\t":
            yield Run("sign", found, "→")
        else:
            yield Run("sign", found if found.isprintable() or ord(found) > 0x9F else "", _code_point(found))
    if at < len(text):
        yield Run("text", text[at:])


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
