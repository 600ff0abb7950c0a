"""Numbers as bits, many lists at once: exponential Golomb codes, most significant bit first.

The code of order k (Teuhola 1978; as in H.264, clause 9.1) of a number v writes u = v + 2^k in its n binary digits
after n - 1 - k zeros: short for numbers below 2^k, and never long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]

_WORD = 64
_LONGEST = 57
"""Bits of the longest code: with the seven bits of a byte begun before it, it fits a word of 64."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes one after the other: the binary value of each, and in how many bits it is written."""

    values: NDArray[np.uint64]
    lengths: Numbers

    def __getitem__(self, chosen: NDArray[np.bool_]) -> Codes:
        """Give some of the codes."""
        return Codes(self.values[chosen], self.lengths[chosen])


def golomb(numbers: Numbers, orders: Numbers | int) -> Codes:
    """Code numbers from 0 to 2^27, each in its order."""
    values = numbers + (np.int64(1) << np.asarray(orders, np.int64))
    return Codes(values.astype(np.uint64), 2 * _digits(values) - 1 - orders)


def fixed(numbers: Numbers, length: int) -> Codes:
    """Code numbers in so many bits each."""
    return Codes(numbers.astype(np.uint64), np.full(len(numbers), length, np.int64))


def best_orders(sums: Numbers, counts: Numbers, limit: int) -> Numbers:
    """Choose the order for lists of numbers by their mean: about log2 of it; at most `limit`."""
    means = np.maximum(1, sums // np.maximum(1, counts))
    return np.minimum(_digits(means) - 1, limit)


def sorting_order(keys: NDArray[np.uint64], bits: int) -> Numbers:
    """Give the order that sorts keys of so many bits, equal ones as they stand.

    Keys that leave room for their place are sorted together with it, in a third of the time of `argsort`.
    """
    place_bits = max(1, len(keys) - 1).bit_length()
    if bits + place_bits > _WORD:
        return np.argsort(keys, kind="stable")
    places = np.sort(keys << np.uint64(place_bits) | np.arange(len(keys), dtype=np.uint64))
    return (places & np.uint64((1 << place_bits) - 1)).astype(np.int64)


def _digits(numbers: Numbers) -> Numbers:
    """Count the binary digits of each number above 0."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64)


Group: TypeAlias = tuple[Numbers, Codes]
"""Codes of one kind for many lists: the number of the list of each code, ascending, and the codes."""


def pack(groups: Sequence[Group], count: int) -> list[bytes]:
    """Write lists as bytes: of each list the codes of the first group, then those of the second, and so on.

    There are `count` lists, numbered from 0; the last byte of each is filled up with zeros. Raises OverflowError for a
    code of more than 57 bits, which no collection that fits a disk has.
    """
    return _pack(*_interleave(groups, count), count)


def _interleave(groups: Sequence[Group], count: int) -> tuple[Codes, Numbers]:
    """Put codes in the order of their lists; gives them with the number of the list of each."""
    sizes = np.stack([np.bincount(lists, minlength=count) for lists, _ in groups])
    starts = (np.cumsum(sizes.T.ravel()) - sizes.T.ravel()).reshape(count, len(groups)).T
    total = int(sizes.sum())
    codes, of_lists = Codes(np.empty(total, np.uint64), np.empty(total, np.int64)), np.empty(total, np.int64)
    for (lists, group), start, size in zip(groups, starts, sizes, strict=True):
        within = np.arange(len(lists)) - (np.cumsum(size) - size)[lists]
        places = start[lists] + within
        codes.values[places], codes.lengths[places], of_lists[places] = group.values, group.lengths, lists
    return codes, of_lists


def _pack(codes: Codes, lists: Numbers, count: int) -> list[bytes]:
    if len(codes.lengths) and int(codes.lengths.max()) > _LONGEST:
        raise OverflowError("a number of the search index is too large")
    bits = np.bincount(lists, codes.lengths, count).astype(np.int64)
    sizes = (bits + 7) // 8
    ends = np.cumsum(sizes)
    padding = np.cumsum(sizes * 8 - bits) - (sizes * 8 - bits)
    places = np.cumsum(codes.lengths) - codes.lengths + padding[lists]
    written = _write(codes, places, int(ends[-1]) if count else 0)
    return [written[start:end] for start, end in zip((ends - sizes).tolist(), ends.tolist(), strict=True)]


def _write(codes: Codes, places: Numbers, size: int) -> bytes:
    """Write codes at their places, counted in bits, into so many bytes."""
    words = np.zeros(size // 8 + 2, np.uint64)
    if len(places):
        home, room = places // _WORD, _WORD - places % _WORD - codes.lengths
        right, left = np.maximum(room, 0).astype(np.uint64), np.maximum(-room, 0).astype(np.uint64)
        begins = np.flatnonzero(np.diff(home, prepend=-1))
        words[home[begins]] = np.bitwise_or.reduceat((codes.values << right) >> left, begins)
        over = np.flatnonzero(room < 0)  # at most one code leaves each word
        words[home[over] + 1] |= codes.values[over] << (np.uint64(_WORD) - left[over])
    return words.astype(">u8").tobytes()[:size]
