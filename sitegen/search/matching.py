"""Which notices hold a phrase, from the contexts of its terms alone; the twin of `templates/static/js/contexts.js`.

A notice holds a phrase when a line of its article, folded, matches the pattern of the phrase (`query.pattern_of`). What
contexts are, and why they tell that exactly, stands at the head of `occurrences`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sitegen.search.query import (
    Demand,
    Elements,
    Phrase,
    base_pattern,
    demand_at,
    elements_of,
    gap_pattern,
    is_pair,
    term_at,
)
from sitegen.search.reading import Contexts
from sitegen.text import is_han


class Terms(Protocol):
    """What has to be known of the terms of an index."""

    def meeting(self, demand: Demand) -> Sequence[str]:
        """List the terms that meet a demand."""

    def standing(self, terms: Iterable[str]) -> set[int]:
        """Give the numbers of the notices whose article holds one of the terms."""

    def contexts(self, terms: Iterable[str]) -> Mapping[str, Contexts]:
        """Give the contexts of those of the terms that articles hold."""


def notices_with(terms: Terms, phrase: Phrase) -> set[int]:
    """Give the numbers of the notices that hold a phrase; ValueError where the lists of an index do not agree."""
    elements = elements_of(phrase)
    count, is_bounded = len(elements.bases), elements.gaps[0] or elements.gaps[-1]
    if not is_bounded and (count == 1 or (count == 2 and is_pair(elements, 0))):
        return terms.standing(terms.meeting(demand_at(elements, 0)))
    sides = _Sides(elements, phrase.is_exact)
    first, last = _chain(elements)
    if first > last:
        return _notices_of_one(terms, elements, sides)
    return _notices_of_chain(terms, [term_at(elements, at) for at in range(first, last + 1)], sides, first)


def _chain(elements: Elements) -> tuple[int, int]:
    """Give the first and last base whose terms have to be followed; their contexts tell of the bases beyond."""
    count = len(elements.bases)
    first = 0 if elements.gaps[0] else 1
    if elements.gaps[-1]:
        return first, count - 1
    return first, count - 3 if count > 1 and is_pair(elements, count - 2) else count - 2


# --- what may stand beside a term -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sides:
    """What may stand before and after the term that opens at a base of a phrase."""

    elements: Elements
    is_exact: bool

    def is_before(self, at: int, context: str) -> bool:
        """Tell whether what stands before a term is what the phrase has there."""
        term, gap = _split_before(context)
        pattern = gap_pattern(self.elements, at, self.is_exact)
        if at == 0:
            return re.search(rf"(?:{pattern})\Z", gap) is not None
        base = self.elements.bases[at - 1]
        is_open = at == 1 and not self.elements.gaps[0] and not is_han(base)
        return (term.endswith(base) if is_open else term == base) and re.fullmatch(pattern, gap) is not None

    def is_after(self, at: int, context: str) -> bool:
        """Tell whether what stands after a term is what the phrase has there."""
        bases, last = self.elements.bases, len(self.elements.bases) - 1
        trail = self.elements.gaps[-1]
        if is_pair(self.elements, at):
            is_any = at + 1 == last and not trail
            return is_any or context == (bases[at + 2] if is_pair(self.elements, at + 1) else "")
        gap, term = _split_after(context)
        pattern = gap_pattern(self.elements, at + 1, self.is_exact)
        if at == last:
            return re.match(pattern, gap) is not None
        is_open = at + 1 == last and not trail
        expected = term_at(self.elements, at + 1)
        return (term.startswith(expected) if is_open else term == expected) and re.fullmatch(pattern, gap) is not None

    def step(self, at: int, context: str) -> str:
        """Give what stands before the next term where this stands after a term, and is what the phrase has there."""
        base = self.elements.bases[at]
        return base if is_pair(self.elements, at) else base + _split_after(context)[0]


def _split_before(context: str) -> tuple[str, str]:
    """Take what stands before a term apart into the term before and the gap."""
    end = max((match.end() for match in base_pattern().finditer(context)), default=0)
    return context[:end], context[end:]


def _split_after(context: str) -> tuple[str, str]:
    """Take what stands after a term apart into the gap and the next term."""
    match = base_pattern().search(context)
    start = match.start() if match else len(context)
    return context[:start], context[start:]


# --- one list -------------------------------------------------------------------------------------------------------


def _notices_of_one(terms: Terms, elements: Elements, sides: _Sides) -> set[int]:
    """Find a phrase that the contexts of one term tell of: of its first, or of its second if that is fewer terms."""
    choices = [0, 1] if len(elements.bases) > 1 and not elements.gaps[0] else [0]
    met = {at: terms.meeting(demand_at(elements, at)) for at in choices}
    at = min(choices, key=lambda choice: len(met[choice]))
    return {
        contexts.notices[place]
        for contexts in terms.contexts(met[at]).values()
        for place in _places(contexts, sides, at)
    }


def _places(contexts: Contexts, sides: _Sides, at: int) -> Iterator[int]:
    """List the places where a term stands between what the phrase has on both its sides."""
    before = _ranks(contexts.befores, lambda context: sides.is_before(at, context))
    after = _ranks(contexts.afters, lambda context: sides.is_after(at, context))
    for place, (one, other) in enumerate(zip(contexts.before, contexts.after, strict=True)):
        if one in before and other in after:
            yield place


def _ranks(contexts: Sequence[str], is_fit: Callable[[str], bool]) -> set[int]:
    return {rank for rank, context in enumerate(contexts) if is_fit(context)}


# --- a chain of lists -----------------------------------------------------------------------------------------------


def _notices_of_chain(terms: Terms, chain: Sequence[str], sides: _Sides, first: int) -> set[int]:
    """Follow a phrase from term to term."""
    lists = terms.contexts(dict.fromkeys(chain))
    if any(term not in lists for term in chain):
        return set()
    known = lists[chain[0]]
    fit = _ranks(known.befores, lambda context: sides.is_before(first, context))
    alive = {place for place, rank in enumerate(known.before) if rank in fit}
    for at, term in enumerate(chain[1:], first):
        alive = _step(known, lists[term], alive, sides, at)
        known = lists[term]
    last = first + len(chain) - 1
    fit = _ranks(known.afters, lambda context: sides.is_after(last, context))
    return {known.notices[place] for place in alive if known.after[place] in fit}


def _step(one: Contexts, other: Contexts, alive: set[int], sides: _Sides, at: int) -> set[int]:
    """Go from places of a term to the places of the next one that they lead to.

    Of the places that lead from one term to the other over the same gap, the k-th of one list is followed by the k-th
    of the other; notices come in the same order in both, so that this holds over all of them at once.
    """
    reached: set[int] = set()
    ranks = {context: rank for rank, context in enumerate(other.befores)}
    for rank, context in enumerate(one.afters):
        if sides.is_after(at, context):
            leaving = [place for place, after in enumerate(one.after) if after == rank]
            entering = ranks.get(sides.step(at, context), -1)
            arriving = [place for place, before in enumerate(other.before) if before == entering]
            reached.update(there for here, there in zip(leaving, arriving, strict=True) if here in alive)
    return reached
