"""Folding of many lines at once, in arrays of code points; gives what `text.fold` gives for each line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sitegen import text

Codes: TypeAlias = NDArray[np.uint32]
Kinds: TypeAlias = NDArray[np.uint8]

OTHER, HAN, WORD = 0, 1, 2
"""Kinds of characters, as in `text.js`."""

LINE_END = 0x0A
"""Ends each line; no folded text holds it."""

_CODE_POINTS = 0x110000
_SPACE = ord(" ")


@dataclass(frozen=True, slots=True)
class _Tables:
    """The folding table as arrays, by code point."""

    forms: Codes
    """What stands for a character that becomes one; the first of several."""
    lengths: Kinds
    """How many characters it becomes."""
    several: dict[int, str]
    """The characters that become several."""
    kinds: Kinds


@cache
def _tables() -> _Tables:
    """Make the arrays, once a run; five megabytes."""
    forms = np.arange(_CODE_POINTS, dtype=np.uint32)
    lengths = np.ones(_CODE_POINTS, np.uint8)
    changes = text.folding().changes
    for code, form in changes.items():
        lengths[code] = len(form)
        if form:
            forms[code] = ord(form[0])
    forms[LINE_END], lengths[LINE_END] = LINE_END, 1
    several = {code: form for code, form in changes.items() if len(form) > 1}
    return _Tables(forms, lengths, several, _kinds())


def _kinds() -> Kinds:
    kinds = np.zeros(_CODE_POINTS, np.uint8)
    for inside, kind in ((text.folding().words, WORD), (text.HAN, HAN)):
        for first, last in text.class_ranges(inside):
            kinds[first : last + 1] = kind
    return kinds


def fold_lines(lines: Iterable[str]) -> Codes:
    """Fold lines into one array of code points, each line ended by `LINE_END`."""
    joined = "".join(line.replace("\n", " ") + "\n" for line in lines)
    source = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _without_spaces(_with_forms(source))


def kinds_of(folded: Codes) -> Kinds:
    """Give the kind of each character."""
    return _tables().kinds[folded]


def decode(folded: Codes) -> str:
    """Give code points as text."""
    return folded.astype("<u4").tobytes().decode("utf-32-le")


def _with_forms(source: Codes) -> Codes:
    """Write every character in its form, which may be none or several characters."""
    tables = _tables()
    lengths = tables.lengths[source]
    folded = np.repeat(tables.forms[source], lengths)
    long = np.flatnonzero(lengths > 1)
    if len(long):
        starts = np.cumsum(lengths, dtype=np.int64)[long] - lengths[long]
        for code in np.unique(source[long]):
            of_code = starts[source[long] == code]
            for offset, character in enumerate(tables.several[int(code)]):
                folded[of_code + offset] = ord(character)
    return folded


def _without_spaces(folded: Codes) -> Codes:
    """Drop the spaces, but for one between two words."""
    kept = np.flatnonzero(folded != _SPACE)
    solid = folded[kept]
    is_word = kinds_of(solid) == WORD
    is_parted = np.zeros(len(solid), bool)
    is_parted[:-1] = (np.diff(kept) > 1) & is_word[:-1] & is_word[1:]
    lengths = is_parted + np.uint8(1)
    spaced = np.repeat(solid, lengths)
    spaced[np.cumsum(lengths, dtype=np.int64)[is_parted] - 1] = _SPACE
    return spaced
