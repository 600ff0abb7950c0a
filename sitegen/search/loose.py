"""What a Latin word may stand for when the texts do not hold it: pinyin of names, and words of near spelling.

The twin of `templates/static/js/loose.js`. A word is loosened into alternatives, of which any one will do:

- itself;
- Chinese characters of a name of the collection that are read so: two whole syllables or more run together
  (`shanghai`), or the first letters of three or more (`shdj`); if there are none, syllables with one wrong letter;
- words of the texts that differ in one letter: one more, one less, another one, or two exchanged (Damerau 1964).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sitegen.search.query import Phrase
from sitegen.text import HAN

MOST_ALTERNATIVES = 30
NEAR_WORD = 4
"""A word of so many letters has words of near spelling."""
NEAR_PINYIN = 5
_FEWEST_SYLLABLES = 2
_FEWEST_INITIALS = 3

_LATIN = re.compile("[a-z]+")
_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")

_Read: TypeAlias = Callable[[str, str], bool]
"""Tells whether a word, the second, could still be what a reading, the first, begins."""


@dataclass(frozen=True, slots=True)
class Names:
    """What `names-….json` tells: names of institutions and their bodies, then titles, folded; and pinyin."""

    names: Sequence[str]
    institutions: int
    """How many of the names are those of institutions and bodies; they come first."""
    readings: Mapping[str, Sequence[str]]
    """Pinyin of each character, without tones."""


def is_latin(phrase: Phrase) -> bool:
    """Tell whether a phrase can be loosened: one Latin word without quotation marks."""
    return not phrase.is_exact and _LATIN.fullmatch(phrase.folded) is not None


def alternatives(phrase: Phrase, names: Names, words: Iterable[str]) -> tuple[Phrase, ...]:
    """Give what a phrase may stand for, itself first; itself alone where it cannot be loosened."""
    if not is_latin(phrase):
        return (phrase,)
    word = phrase.folded
    near = sorted(other for other in words if len(word) >= NEAR_WORD and other != word and is_near(other, word))
    loosened = [word, *names_read(word, names), *near]
    return tuple(Phrase(one, False) for one in loosened[:MOST_ALTERNATIVES])


# --- near spelling --------------------------------------------------------------------------------------------------


def is_near(one: str, other: str) -> bool:
    """Tell whether two words are the same but for one letter too many, missing, wrong, or two exchanged."""
    same = _shared(one, other)
    rest, remainder = one[same:], other[same:]
    return (
        rest[1:] == remainder[1:]
        or rest[1:] == remainder
        or rest == remainder[1:]
        or (rest[1::-1] == remainder[:2] and rest[2:] == remainder[2:])
    )


def _is_near_beginning(reading: str, word: str) -> bool:
    """Tell whether a word begins with a reading but for one letter, or could with more syllables behind it."""
    same = _shared(reading, word)
    rest, remainder = reading[same:], word[same:]
    return (
        len(rest) < 2
        or remainder[1:].startswith(rest[1:])
        or remainder.startswith(rest[1:])
        or remainder[1:].startswith(rest)
        or (rest[1::-1] == remainder[:2] and remainder[2:].startswith(rest[2:]))
    )


def _shared(one: str, other: str) -> int:
    """Count the letters with which both begin."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


# --- pinyin ---------------------------------------------------------------------------------------------------------


def names_read(word: str, names: Names) -> list[str]:
    """List Chinese characters of names that are read as a word.

    Those of institutions' names come first, then those that most names hold, then in the order of code points.
    """
    found = _gather(names, lambda run: {*_syllables(run, word, names.readings), *_initials(run, word, names.readings)})
    if not found and len(word) >= NEAR_PINYIN:
        found = _gather(names, lambda run: set(_near_syllables(run, word, names.readings)))
    return sorted(found, key=lambda name: (min(found[name]) >= names.institutions, -len(found[name]), name))


def _gather(names: Names, find: Callable[[str], set[str]]) -> dict[str, set[int]]:
    """Find characters in names; gives the numbers of the names that hold them."""
    found: dict[str, set[int]] = {}
    for number, name in enumerate(names.names):
        for run in _HAN_RUN.findall(name):
            for characters in find(run):
                found.setdefault(characters, set()).add(number)
    return found


def _syllables(run: str, word: str, readings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for start in range(len(run) - 1):
        for end, reading in _read_on(run, start, "", word, readings, lambda reading, word: word.startswith(reading)):
            if reading == word and end - start >= _FEWEST_SYLLABLES:
                yield run[start:end]


def _near_syllables(run: str, word: str, readings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for start in range(len(run) - 1):
        for end, reading in _read_on(run, start, "", word, readings, _is_near_beginning):
            if end - start >= _FEWEST_SYLLABLES and is_near(reading, word):
                yield run[start:end]


def _read_on(
    run: str, at: int, read: str, word: str, readings: Mapping[str, Sequence[str]], is_fit: _Read
) -> Iterator[tuple[int, str]]:
    """Read on from a character, in every way it can be read: the end and the reading of each stretch that fits."""
    for syllable in readings.get(run[at : at + 1], ()):
        longer = read + syllable
        if len(longer) <= len(word) + 1 and is_fit(longer, word):
            yield at + 1, longer
            yield from _read_on(run, at + 1, longer, word, readings, is_fit)


def _initials(run: str, word: str, readings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if len(word) < _FEWEST_INITIALS:
        return
    for start in range(len(run) - len(word) + 1):
        characters = run[start : start + len(word)]
        pairs = zip(characters, word, strict=True)
        if all(any(reading[0] == letter for reading in readings.get(c, ())) for c, letter in pairs):
            yield characters
