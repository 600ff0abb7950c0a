"""Lists of the packed index: of each term the notices that hold it, by field, and how often."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitegen.search.bits import Group, Numbers, best_orders, fixed, golomb, pack
from sitegen.search.lines import FIELDS

_ORDER_BITS, _MOST_ORDER = 5, 31


def runs_of(keys: Numbers) -> tuple[Numbers, Numbers]:
    """Find the runs of equal keys: where each begins, and how long it is."""
    begins = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
    return begins, np.diff(begins, append=len(keys))


def encode_postings(terms: Numbers, notices: Numbers, fields: NDArray[np.integer[Any]], count: int) -> list[bytes]:
    """Write the list of each of `count` terms.

    The arrays tell of each occurrence its term, its notice, and the place of its field in `FIELDS`; terms ascend from
    0, the notices of each term ascend.
    """
    masks = np.zeros(count, np.int64)
    groups: list[Group] = []
    for field in range(len(FIELDS)):
        is_here = fields == field
        here = terms[is_here]
        masks[here] |= 1 << (len(FIELDS) - 1 - field)
        groups += encode_notices(here, notices[is_here], count)
    return pack([(np.arange(count), fixed(masks, len(FIELDS))), *groups], count)


def encode_notices(terms: Numbers, notices: Numbers, count: int) -> list[Group]:
    """Code of each term that occurs how many notices hold it, which, and how often each; ascending as above."""
    begins, frequencies = runs_of(terms << 32 | notices)
    held, numbers = terms[begins], notices[begins]
    sizes = np.bincount(held, minlength=count)
    gaps = np.diff(numbers, prepend=-1) - 1
    firsts = (np.cumsum(sizes) - sizes)[sizes > 0]
    gaps[firsts] = numbers[firsts]
    orders = best_orders(np.bincount(held, gaps, count).astype(np.int64), sizes, _MOST_ORDER)
    present = np.flatnonzero(sizes)
    return [
        (present, golomb(sizes[present] - 1, 0)),
        (present, fixed(orders[present], _ORDER_BITS)),
        (held, golomb(gaps, orders[held])),
        (held, golomb(frequencies - 1, 0)),
    ]
