"""Lists of contexts: of each term what stands before and after every place where it opens.

By them a phrase of any length is found in a notice without its text; how is told in `occurrences`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import numpy as np

from sitegen.search.bits import Group, Numbers, best_orders, fixed, golomb, pack, sorting_order
from sitegen.search.postings import encode_notices, runs_of
from sitegen.search.ranges import varint

_ORDER_BITS, _MOST_ORDER = 4, 15

NameContexts: TypeAlias = Callable[[Iterable[int]], list[str]]


def encode_contexts(
    terms: Numbers, notices: Numbers, before: Numbers, after: Numbers, count: int, name: NameContexts
) -> list[bytes]:
    """Write the list of each of `count` terms.

    The arrays tell of each occurrence its term, ascending from 0, its notice, and the numbers of its contexts, in the
    order of notices and text; `name` gives the contexts behind numbers.
    """
    sides = [_Side(terms, contexts, count, name) for contexts in (before, after)]
    groups = encode_notices(terms, notices, count)
    packed = pack([*groups, *sides[0].codes(), *sides[1].codes()], count)
    both = zip(*(side.dictionaries() for side in sides), strict=True)
    dictionaries = [f"{one}\t{other}".encode() for one, other in both]
    return [varint(len(names)) + names + bits for names, bits in zip(dictionaries, packed, strict=True)]


class _Side:
    """The contexts on one side of the occurrences: of each term a dictionary, and a rank in it for every place."""

    def __init__(self, terms: Numbers, contexts: Numbers, count: int, name: NameContexts) -> None:
        self._terms, self._count = terms, count
        width = max(1, int(contexts.max(initial=0))).bit_length()
        keys = terms << width | contexts
        places = sorting_order(keys.astype(np.uint64), width + count.bit_length())
        begins, sizes = runs_of(keys[places])
        self._of_terms = terms[places][begins]
        self._names = name(contexts[places][begins].tolist())
        self._order = self._by_frequency(sizes)
        firsts, of_term = runs_of(self._of_terms)
        self._different = np.zeros(count, np.int64)
        self._different[self._of_terms[firsts]] = of_term
        ranks = np.empty(len(begins), np.int64)
        ranks[self._order] = np.arange(len(begins)) - np.repeat(firsts, of_term)
        self._ranks = np.empty(len(terms), np.int64)
        self._ranks[places] = np.repeat(ranks, sizes)

    def _by_frequency(self, sizes: Numbers) -> Numbers:
        """Order the contexts of each term: the most frequent first, equal ones by their characters."""
        alphabetical = np.empty_like(sizes)
        alphabetical[sorted(range(len(sizes)), key=self._names.__getitem__)] = np.arange(len(sizes))
        return np.lexsort((alphabetical, -sizes, self._of_terms))

    def dictionaries(self) -> list[str]:
        """Give the contexts of each term, the most frequent first, joined by line feeds."""
        names = [self._names[place] for place in self._order.tolist()]
        ends = np.cumsum(self._different)
        cuts = zip((ends - self._different).tolist(), ends.tolist(), strict=True)
        return ["\n".join(names[start:end]) for start, end in cuts]

    def codes(self) -> list[Group]:
        """Code the ranks, of the terms that have a choice."""
        has_choice = self._different > 1
        sums = np.bincount(self._terms, self._ranks, self._count).astype(np.int64)
        orders = best_orders(sums, np.bincount(self._terms, minlength=self._count), _MOST_ORDER)
        chosen = has_choice[self._terms]
        terms, lists = self._terms[chosen], np.flatnonzero(has_choice)
        return [(lists, fixed(orders[lists], _ORDER_BITS)), (terms, golomb(self._ranks[chosen], orders[terms]))]
