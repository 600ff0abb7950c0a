"""What a Latin word may stand for when the texts do not hold it: pinyin of names, and words of near spelling.

The twin of `templates/static/js/loose.js`. A word is loosened into alternatives, of which any one will do:

- itself;
- Chinese characters of a name of the collection that are read so: two whole syllables or more run together
  (`shanghai`), or the first letters of three or more (`shdj`); if there are none, syllables with one wrong letter;
- words of the texts that differ in one letter: one more, one less, another one, or two exchanged (Damerau 1964).

Latin words side by side that are read as a name only together (`jiao tong`) become one word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TypeAlias

from sitegen.search.query import Phrase
from sitegen.text import HAN

MOST_ALTERNATIVES = 30
MOST_WORDS = 4
"""So many Latin words of a query are loosened: each is looked for in all names."""
NEAR_WORD = 4
"""A word of so many letters has words of near spelling."""
NEAR_PINYIN = 5
_FEWEST_SYLLABLES = 2
_FEWEST_INITIALS = 3

_LATIN = re.compile("(?=.*[a-z])[a-z0-9]+(?:[' ][a-z0-9]+)*")
_SEPARATORS = str.maketrans("", "", "' ")
_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")

_Place: TypeAlias = tuple[str, int, int]
"""A stretch of Han characters in a name, the place of one of them, and the number of the name."""

_Found: TypeAlias = dict[str, set[int]]
"""Characters, and the numbers of the names that hold them."""

_Fit: TypeAlias = Callable[[str], object]
"""Tells whether a reading fits the word that is looked for."""

_Ends: TypeAlias = Callable[[str, int], Iterable[int]]
"""Gives where in a stretch the characters end that begin at a place and are read as the word."""


@dataclass(frozen=True)
class Names:
    """What `names-….json` tells: names of institutions and their bodies, then titles, folded; and pinyin."""

    names: Sequence[str]
    institutions: int
    """How many of the names are those of institutions and bodies; they come first."""
    readings: Mapping[str, Sequence[str]]
    """Pinyin of each character, without tones."""

    @cached_property
    def places(self) -> Mapping[str, Sequence[_Place]]:
        """The characters of names that another follows, by what they are."""
        places: dict[str, list[_Place]] = {}
        for number, name in enumerate(self.names):
            for run in _HAN_RUN.findall(name):
                for start in range(len(run) - 1):
                    places.setdefault(run[start], []).append((run, start, number))
        return places

    def characters_read(self, is_fit: _Fit) -> list[str]:
        """List the characters of which a reading fits."""
        return [character for character, readings in self.readings.items() if any(map(is_fit, readings))]


def is_latin(phrase: Phrase) -> bool:
    """Tell whether a phrase can be loosened: a Latin word, with digits or apostrophes or not, and not in quotes."""
    return not phrase.is_exact and _LATIN.fullmatch(phrase.folded) is not None


def loosen(phrases: Sequence[Phrase], names: Names, words: Sequence[str]) -> list[tuple[Phrase, ...]]:
    """Give for each phrase what it may stand for, itself first.

    It is itself alone where it cannot be loosened, or comes after four that can. Words that are read as a name only
    together become one.
    """
    latin = {phrase.folded for phrase in list(filter(is_latin, phrases))[:MOST_WORDS]}
    read = cache(partial(_read_exactly, names=names))
    run = _run_together(phrases, latin, lambda word: bool(read(word)))

    def is_loosened(phrase: Phrase) -> bool:
        return is_latin(phrase) and (phrase.folded in latin or " " in phrase.folded)

    def named(word: str) -> list[str]:
        return _names_read(word, names, read(word))

    return [_alternatives(phrase, named, words) if is_loosened(phrase) else (phrase,) for phrase in run]


def _run_together(phrases: Sequence[Phrase], latin: Set[str], is_read: _Fit) -> list[Phrase]:
    """Join words side by side, the most that are read together, of which none is read by itself."""
    alone = [
        is_latin(phrase) and phrase.folded in latin and not is_read(_spelling(phrase.folded)) for phrase in phrases
    ]
    run, at = [], 0
    while at < len(phrases):
        end = next((place for place in range(at, len(phrases)) if not alone[place]), len(phrases))
        while end > at + 1 and not is_read(_spelling(_joined(phrases[at:end]))):
            end -= 1
        end = max(end, at + 1)
        run.append(Phrase(_joined(phrases[at:end]), phrases[at].is_exact))
        at = end
    return run


def _joined(phrases: Iterable[Phrase]) -> str:
    return " ".join(phrase.folded for phrase in phrases)


def _spelling(folded: str) -> str:
    """Give the letters and digits of a Latin word."""
    return folded.translate(_SEPARATORS)


def _alternatives(phrase: Phrase, named: Callable[[str], list[str]], words: Iterable[str]) -> tuple[Phrase, ...]:
    word = _spelling(phrase.folded)
    near = [other for other in words if len(word) >= NEAR_WORD and other != phrase.folded and is_near(other, word)]
    loosened = [phrase.folded, *named(word), *sorted(near)]
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


def _names_read(word: str, names: Names, exactly: _Found) -> list[str]:
    """List Chinese characters of names that are read as a word, or else nearly so.

    Those of institutions' names come first, then those that most names hold, then in the order of code points.
    """
    found = exactly
    if not found and len(word) >= NEAR_PINYIN:
        found = _read_syllables(names, word, cache(partial(_is_near_beginning, word=word)), partial(is_near, word))
    return sorted(found, key=lambda name: (min(found[name]) >= names.institutions, -len(found[name]), name))


def _read_exactly(word: str, names: Names) -> _Found:
    """Find characters that are read as a word, whole syllables or first letters."""
    found = _read_syllables(names, word, word.startswith, word.__eq__)
    for characters, numbers in _read_initials(names, word).items():
        found.setdefault(characters, set()).update(numbers)
    return found


def _gather(names: Names, firsts: Iterable[str], ends: _Ends) -> _Found:
    """Find characters in names, from places where the first of them stands; gives the names that hold them."""
    found: _Found = {}
    for first in firsts:
        for run, start, number in names.places.get(first, ()):
            for end in ends(run, start):
                found.setdefault(run[start:end], set()).add(number)
    return found


def _read_syllables(names: Names, word: str, is_fit: _Fit, is_right: _Fit) -> _Found:
    """Find characters of which the reading fits all along and is right at its end."""

    def read_on(run: str, at: int, before: str) -> Iterator[tuple[int, str]]:
        for syllable in names.readings.get(run[at : at + 1], ()):
            reading = before + syllable
            if len(reading) <= len(word) + 1 and is_fit(reading):
                yield at + 1, reading
                yield from read_on(run, at + 1, reading)

    def ends(run: str, start: int) -> Iterator[int]:
        for end, reading in read_on(run, start, ""):
            if end - start >= _FEWEST_SYLLABLES and is_right(reading):
                yield end

    return _gather(names, names.characters_read(is_fit), ends)


def _read_initials(names: Names, word: str) -> _Found:
    begun = {letter: set(names.characters_read(re.compile(letter).match)) for letter in set(word)}
    if len(word) < _FEWEST_INITIALS or not all(begun.values()):
        return {}

    def is_begun(character: str, letter: str) -> bool:
        return character in begun[letter]

    def ends(run: str, start: int) -> Iterator[int]:
        end = start + len(word)
        if end <= len(run) and all(map(is_begun, run[start + 1 : end], word[1:])):
            yield end

    return _gather(names, sorted(begun[word[0]]), ends)
