"""Every place where a term of the index opens, with what stands before and after it: the texts cut up, in arrays.

A *base* is a Han character or a word, that is a run of other letters and digits. Each base opens one term: a Han
character that another follows at once, the pair of both; any other base, itself. A *gap* is what stands between two
bases of a line, often nothing. The *context* of an occurrence is

- before it: the term that opens at the base before, and the gap; but just the character where both bases are Han
  characters side by side; at the start of a line the gap alone,
- after it: of a pair the next Han character, or nothing where no such follows at once; of any other term the gap and
  the term that opens at the next base, or the gap alone at the end of a line.

Thus in one notice the k-th occurrence of X that leads to Y is followed by the k-th occurrence of Y that comes from X:
the LF mapping of Ferragina and Manzini ("Opportunistic data structures", 2000), kept for each notice by itself. By it
`matching` and `contexts.js` follow a phrase of any length through the lists of its terms.

Terms and contexts are numbers here. A term is its characters as 21 bits each, or `WORD_TERM` and the number of the
word in the lexicon; a context is one character's code point, or a number from `BOUNDARY` up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sitegen.search.bits import sorting_order
from sitegen.search.folded import HAN, LINE_END, WORD, Codes, decode, fold_lines, kinds_of
from sitegen.search.lines import Line

Keys: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.int64]

WORD_TERM = 1 << 42
TERM_BITS = 43
BOUNDARY = 1 << 21
_LONG_GAP = 0x110000
_CHARACTER = np.uint64(21)

RECORD = np.dtype([("term", "<u8"), ("before", "<u4"), ("after", "<u4"), ("notice", "<u4"), ("field", "<u4")])
"""One occurrence."""


@dataclass(slots=True)
class Lexicon:
    """The strings behind the numbers of one build; grows while notices are read."""

    words: list[str] = field(default_factory=list)
    boundaries: list[str] = field(default_factory=lambda: [""])
    """Contexts that are no single character; the first has the number `BOUNDARY`."""
    _word_numbers: dict[str, int] = field(default_factory=dict)
    _boundary_numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def number_word(self, word: str) -> int:
        """Give the number of a word as a term."""
        return WORD_TERM + _number(word, self.words, self._word_numbers)

    def number_boundary(self, context: str) -> int:
        """Give the number of a context of several characters, or of none."""
        return BOUNDARY + _number(context, self.boundaries, self._boundary_numbers)

    def term(self, key: int) -> str:
        """Give the term behind a number."""
        if key & WORD_TERM:
            return self.words[key - WORD_TERM]
        first, second = key >> 21, key & (BOUNDARY - 1)
        return chr(first) + (chr(second) if second else "")

    def contexts(self, numbers: Iterable[int]) -> list[str]:
        """Give the contexts behind numbers."""
        boundaries = self.boundaries
        return [chr(number) if number < BOUNDARY else boundaries[number - BOUNDARY] for number in numbers]


def _number(name: str, names: list[str], numbers: dict[str, int]) -> int:
    number = numbers.setdefault(name, len(names))
    if number == len(names):
        names.append(name)
    return number


def cut_notices(notices: Sequence[Iterable[Line]], first: int, lexicon: Lexicon) -> NDArray[np.void]:
    """Cut the lines of several notices into occurrences, in the order of the text.

    `first` is the number of the first notice, the others follow it. Gives an array of `RECORD`.
    """
    lines = [(number, *line) for number, lines in enumerate(notices, first) for line in lines]
    bases = _find_bases(fold_lines(text for _, _, text in lines))
    terms = _terms(bases, lexicon)
    records = np.empty(len(terms), RECORD)
    records["term"] = terms
    records["before"], records["after"] = _contexts(bases, terms, lexicon)
    records["notice"] = np.array([number for number, _, _ in lines], np.uint32)[bases.lines]
    records["field"] = np.array([place for _, place, _ in lines], np.uint8)[bases.lines]
    return records


# --- bases ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bases:
    """The bases of a folded text, in its order."""

    folded: Codes
    starts: Places
    ends: Places
    lines: Places
    """Number of the line of each base."""
    is_han: NDArray[np.bool_]
    is_paired: NDArray[np.bool_]
    """Whether it is a Han character that another follows at once."""
    gap_starts: Places
    """Where the gap before it begins."""
    gap_ends: Places
    """Where the gap after it ends."""

    @property
    def is_first(self) -> NDArray[np.bool_]:
        """Whether it is the first of its line."""
        is_first: NDArray[np.bool_] = np.diff(self.lines, prepend=-1) != 0
        return is_first

    @property
    def is_last(self) -> NDArray[np.bool_]:
        """Whether it is the last of its line."""
        is_last: NDArray[np.bool_] = np.diff(self.lines, append=-1) != 0
        return is_last


def _find_bases(folded: Codes) -> _Bases:
    kinds = kinds_of(folded)
    is_word = kinds == WORD
    before, after = np.zeros_like(is_word), np.zeros_like(is_word)
    before[1:], after[:-1] = is_word[:-1], is_word[1:]
    starts = np.flatnonzero((kinds == HAN) | (is_word & ~before))
    ends = np.flatnonzero((kinds == HAN) | (is_word & ~after)) + 1
    line_ends = np.flatnonzero(folded == LINE_END)
    lines = np.searchsorted(line_ends, starts)
    is_han = kinds[starts] == HAN
    is_paired = np.zeros_like(is_han)
    is_paired[:-1] = is_han[:-1] & is_han[1:] & (starts[1:] == ends[:-1])
    # The text of a line is bounded by its first and last place; between them, by the neighbours of each base.
    line_starts = np.concatenate([[0], line_ends + 1])
    gap_starts = np.maximum(line_starts[lines], np.concatenate([[0], ends[:-1]]))
    gap_ends = np.minimum(line_ends[lines], np.concatenate([starts[1:], [len(folded)]]))
    return _Bases(folded, starts, ends, lines, is_han, is_paired, gap_starts, gap_ends)


# --- terms ----------------------------------------------------------------------------------------------------------


def _terms(bases: _Bases, lexicon: Lexicon) -> Keys:
    characters = bases.folded[bases.starts].astype(np.uint64)
    terms = characters << _CHARACTER
    paired = np.flatnonzero(bases.is_paired)
    terms[paired] |= characters[paired + 1]
    words = np.flatnonzero(~bases.is_han)
    written = _slices(bases.folded, bases.starts[words], bases.ends[words])
    terms[words] = [lexicon.number_word(word) for word in written]
    return terms


def _slices(folded: Codes, starts: Places, ends: Places) -> list[str]:
    whole = decode(folded)
    return [whole[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


# --- contexts -------------------------------------------------------------------------------------------------------


def _contexts(bases: _Bases, terms: Keys, lexicon: Lexicon) -> tuple[Codes, Codes]:
    """Give the numbers of what stands before and after each base."""
    characters = bases.folded[bases.starts]
    before, after = np.zeros(len(terms), np.uint32), np.zeros(len(terms), np.uint32)
    follows_pair = np.zeros_like(bases.is_paired)
    follows_pair[1:] = bases.is_paired[:-1]
    before[follows_pair] = characters[:-1][bases.is_paired[:-1]]
    leads_on = np.zeros_like(bases.is_paired)
    leads_on[:-1] = bases.is_paired[:-1] & bases.is_paired[1:]
    after[bases.is_paired] = BOUNDARY  # nothing
    after[leads_on] = characters[2:][leads_on[:-2]] if len(characters) > 2 else []
    edges = np.flatnonzero(~follows_pair)
    before[edges] = _boundaries(bases, terms, lexicon, edges, is_before=True)
    edges = np.flatnonzero(~bases.is_paired)
    after[edges] = _boundaries(bases, terms, lexicon, edges, is_before=False)
    return before, after


def _boundaries(bases: _Bases, terms: Keys, lexicon: Lexicon, edges: Places, *, is_before: bool) -> Codes:
    """Give numbers to the contexts that reach over a gap, or to the edge of a line."""
    if is_before:
        starts, ends, is_edge = bases.gap_starts[edges], bases.starts[edges], bases.is_first[edges]
        neighbours = terms[edges - 1]
    else:
        starts, ends, is_edge = bases.ends[edges], bases.gap_ends[edges], bases.is_last[edges]
        neighbours = terms[(edges + 1) % max(1, len(terms))]
    gaps, gap_numbers = _number_gaps(bases.folded, starts, ends)
    # There are far fewer contexts than places: each is written once.
    pairs = gap_numbers << np.uint64(TERM_BITS) | np.where(is_edge, np.uint64(0), neighbours)
    order = sorting_order(pairs, 64)
    is_new = np.diff(pairs[order], prepend=~pairs[order][:1]) != 0
    written = []
    for pair in pairs[order][is_new].tolist():
        key, gap = pair & ((1 << TERM_BITS) - 1), _gap(pair >> TERM_BITS, gaps)
        name = lexicon.term(key) if key else ""
        written.append(lexicon.number_boundary(name + gap if is_before else gap + name))
    numbers = np.empty(len(edges), np.uint32)
    numbers[order] = np.array(written, np.uint32)[np.cumsum(is_new) - 1]
    return numbers


def _number_gaps(folded: Codes, starts: Places, ends: Places) -> tuple[list[str], Keys]:
    """Give numbers to gaps: 0 for none, a character's code point, or from `_LONG_GAP` up the place in a list."""
    lengths = ends - starts
    numbers = np.where(lengths == 1, folded[np.minimum(starts, max(0, len(folded) - 1))], 0).astype(np.uint64)
    long = np.flatnonzero(lengths > 1)
    gaps: list[str] = []
    known: dict[str, int] = {}
    numbers[long] = [_LONG_GAP + _number(gap, gaps, known) for gap in _slices(folded, starts[long], ends[long])]
    if _LONG_GAP + len(gaps) > BOUNDARY:
        raise OverflowError("a notice holds more different punctuation than the search index can number")
    return gaps, numbers


def _gap(number: int, gaps: Sequence[str]) -> str:
    return gaps[number - _LONG_GAP] if number >= _LONG_GAP else chr(number) if number else ""
