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
    sizes = [np.bincount(lists, codes.lengths, count).astype(np.int64) for lists, codes in groups]
    lengths = (sum(sizes, np.zeros(count, np.int64)) + 7) // 8
    ends = np.cumsum(lengths)
    starts = (ends - lengths) * 8
    words = np.zeros((int(ends[-1]) if count else 0) // 8 + 2, np.uint64)
    for (lists, codes), size in zip(groups, sizes, strict=True):
        if len(lists):
            before = np.cumsum(size) - size
            _write(words, codes, np.cumsum(codes.lengths) - codes.lengths + (starts - before)[lists])
        starts = starts + size
    written = words.astype(">u8").tobytes()
    return [written[start:end] for start, end in zip((ends - lengths).tolist(), ends.tolist(), strict=True)]


def _write(words: NDArray[np.uint64], codes: Codes, places: Numbers) -> None:
    """Write codes into words at their places, which are counted in bits and ascend."""
    if int(codes.lengths.max()) > _LONGEST:
        raise OverflowError("a number of the search index is too large")
    home, room = places >> 6, _WORD - (places & (_WORD - 1)) - codes.lengths
    over = np.flatnonzero(room < 0)  # at most one code leaves each word
    shifted = codes.values << np.maximum(room, 0).view(np.uint64)
    left = (-room[over]).view(np.uint64)
    shifted[over] >>= left
    begins = np.flatnonzero(np.diff(home, prepend=-1))
    words[home[begins]] |= np.bitwise_or.reduceat(shifted, begins)
    words[home[over] + 1] |= codes.values[over] << (np.uint64(_WORD) - left)
