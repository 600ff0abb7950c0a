"""From what a reader types to what is looked for: the twin of `templates/static/js/query.js`, which tells the rules.

One fixture, `tests/fixtures/queries.json`, holds the two equal. Nothing that is typed reaches lunr's query parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from sitegen.text import HAN, fold, folding, is_han

LONGEST = 300
"""How many characters of a query are read."""

MOST_WORDS = 20
"""Words beyond these are passed over: each may have to be looked for in every part of the index."""

Problem: TypeAlias = Literal["", "empty", "unsearchable", "exclusions"]
"""Why a query cannot be run; nothing where it can."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One of the words that a reader types."""

    folded: str
    is_exact: bool
    """Whether it stood in quotation marks."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader types, read."""

    phrases: tuple[Phrase, ...]
    excluded: tuple[Phrase, ...]
    is_cut: bool
    """Whether more was typed than is read."""
    problem: Problem


@dataclass(frozen=True, slots=True)
class Elements:
    """A phrase as bases, each a Han character or a word, and the gaps of other characters around them."""

    bases: tuple[str, ...]
    gaps: tuple[str, ...]
    """One more than the bases: the lead before the first, the trail after the last; most are empty."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A term that a notice must have, or one of the terms that begin with, end with or hold a text."""

    kind: Literal["term", "prefix", "head", "tail", "part"]
    text: str


@dataclass(frozen=True, slots=True)
class _Word:
    source: str
    is_exact: bool
    is_excluded: bool


_HYPHENS = "-\uff0d\u2212"
_TITLE_MARKS = {"《": "》", "〈": "〉"}
_MARKS = """,.;:!?、。"'<>-"""
_EDGES = re.compile(rf"\A[{_MARKS}]+|[{_MARKS}]+\Z")
_BRACKETS = "()"


def parse_query(typed: str) -> Query:
    """Read what a reader typed; whatever it is, it is a query, or says why it is none."""
    split = list(_split_words(typed[:LONGEST]))
    words = split[:MOST_WORDS]
    phrases, excluded = (
        tuple(_searchable(word for word in words if word.is_excluded is is_excluded)) for is_excluded in (False, True)
    )
    is_cut = len(typed) > LONGEST or len(split) > MOST_WORDS
    return Query(phrases, excluded, is_cut, _problem(phrases, excluded, words))


def _searchable(words: Iterable[_Word]) -> Iterator[Phrase]:
    """Give the phrases that hold a letter, a digit or a Han character."""
    for word in words:
        folded = fold(word.source)
        phrase = Phrase(folded if word.is_exact else _EDGES.sub("", folded), word.is_exact)
        if elements_of(phrase).bases:
            yield phrase


def _problem(phrases: Sequence[Phrase], excluded: Sequence[Phrase], words: Sequence[_Word]) -> Problem:
    if phrases:
        return ""
    if excluded:
        return "exclusions"
    return "unsearchable" if words else "empty"


def _split_words(typed: str) -> Iterator[_Word]:
    """Cut at white space, but not inside quotation marks."""
    at = 0
    while at < len(typed):
        start = at
        while at < len(typed) and typed[at] in _HYPHENS:
            at += 1
        close = _closing_quote(typed, at)
        end = _next_space(typed, at) if close is None else close
        source = typed[at if close is None else at + 1 : end]
        if source:
            yield _Word(source, close is not None, at > start)
        at = end + 1


def _closing_quote(typed: str, at: int) -> int | None:
    """Find the mark that closes a quotation opened at a place and ends the word."""
    if at >= len(typed) or not (_is_quote(typed[at]) or typed[at] in _TITLE_MARKS):
        return None
    closes = _TITLE_MARKS.get(typed[at])
    for end in range(at + 2, len(typed)):
        is_closing = typed[end] == closes if closes else _is_quote(typed[end])
        if is_closing and (end + 1 == len(typed) or _is_space(typed[end + 1])):
            return end
    return None


def _next_space(typed: str, at: int) -> int:
    return next((place for place in range(at, len(typed)) if _is_space(typed[place])), len(typed))


def _is_quote(character: str) -> bool:
    return _form(character) == '"'


def _is_space(character: str) -> bool:
    return _form(character) == " "


def _form(character: str) -> str:
    """Fold one character; a space stays one, which `fold` would take off."""
    return folding().changes.get(ord(character), character)


# --- bases and gaps -------------------------------------------------------------------------------------------------


@cache
def base_pattern() -> re.Pattern[str]:
    """Match the bases of a folded text: each Han character by itself, other letters and digits as words."""
    return re.compile(f"[{HAN}]|[{folding().words}]+")


def elements_of(phrase: Phrase) -> Elements:
    """Cut a phrase into bases and gaps."""
    bases, gaps, end = [], [], 0
    for match in base_pattern().finditer(phrase.folded):
        bases.append(match[0])
        gaps.append(phrase.folded[end : match.start()])
        end = match.end()
    return Elements(tuple(bases), (*gaps, phrase.folded[end:]))


def is_pair(elements: Elements, at: int) -> bool:
    """Tell whether the base at a place is a Han character directly followed by another, so that both are one term."""
    one, gap, other = elements.bases[at], elements.gaps[at + 1], elements.bases[at + 1 : at + 2]
    return gap == "" and bool(other) and is_han(one) and is_han(other[0])


def term_at(elements: Elements, at: int) -> str:
    """Give the term of the index that opens at a base, as far as the phrase tells."""
    return elements.bases[at] + (elements.bases[at + 1] if is_pair(elements, at) else "")


# --- what the index must hold ---------------------------------------------------------------------------------------


def demands_of(phrases: Iterable[Phrase]) -> list[Demand]:
    """List, each once, what terms a notice must have to hold the phrases; it may have them and not hold one."""
    return list(dict.fromkeys(demand for phrase in phrases for demand in _phrase_demands(elements_of(phrase))))


def _phrase_demands(elements: Elements) -> Iterator[Demand]:
    for at in range(len(elements.bases)):
        demand = demand_at(elements, at)
        # What follows the last character is open; where it is the second of a pair, the pair has told of it.
        if demand.kind != "prefix" or at == 0 or not is_pair(elements, at - 1):
            yield demand


def demand_at(elements: Elements, at: int) -> Demand:
    """Give what the term that opens at a base must be; at the ends of a phrase it may be a part of a longer one."""
    is_first = at == 0 and elements.gaps[0] == ""
    is_last = at == len(elements.bases) - 1 and elements.gaps[-1] == ""
    if is_han(elements.bases[at]):
        return Demand("prefix" if is_last else "term", term_at(elements, at))
    if is_first:
        return Demand("part" if is_last else "tail", elements.bases[at])
    return Demand("head" if is_last else "term", elements.bases[at])


# --- what the text must hold ----------------------------------------------------------------------------------------


def pattern_of(phrase: Phrase) -> re.Pattern[str]:
    """Write a phrase as a pattern over folded text."""
    elements = elements_of(phrase)
    gaps = [gap_pattern(elements, at, phrase.is_exact) for at in range(len(elements.gaps))]
    bases = [*map(re.escape, elements.bases), ""]
    return re.compile("".join(part for pair in zip(gaps, bases, strict=True) for part in pair))


def gap_pattern(elements: Elements, at: int, is_exact: bool) -> str:
    """Write one gap of a phrase as a pattern.

    In quotation marks it is as typed. Else brackets stand for brackets of any form and number, and where Chinese meets
    letters or digits, brackets may stand that were not typed.
    """
    gap = elements.gaps[at]
    if is_exact:
        return re.escape(gap)
    is_inside = 0 < at < len(elements.bases)
    if not gap:
        return f"[{_BRACKETS}]*" if is_inside and not is_pair(elements, at - 1) else ""
    parts: list[str] = re.findall(r"[()]+|[^()]+", gap)
    return "".join(f"[{_BRACKETS}]+" if part[0] in _BRACKETS else re.escape(part) for part in parts)
