"""Lists and range files of a built index, read back: bytes to values, as `ranges.js` does it in the browser.

What is no such file, or is cut off, is a ValueError or an IndexError. The layout is told in `sitegen/ARCHITECTURE.md`,
"Search index".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.search.ranges import FORMAT, utf16_order

_HEAD = b"SG"


# --- lists of bits --------------------------------------------------------------------------------------------------


class Bits:
    """Numbers out of bits, the most significant first; raises ValueError past their end."""

    def __init__(self, data: bytes) -> None:
        self._digits = f"{int.from_bytes(data):0{8 * len(data)}b}" if data else ""
        self._at = 0

    def fixed(self, length: int) -> int:
        """Read a number of so many bits."""
        self._at += length
        if self._at > len(self._digits):
            raise ValueError("the bits end early")
        return int(self._digits[self._at - length : self._at], 2)

    def golomb(self, order: int) -> int:
        """Read a number in an exponential Golomb code."""
        return self.golombs(order, 1)[0]

    def golombs(self, order: int, count: int) -> list[int]:
        """Read so many numbers of one order."""
        digits, at, base, numbers = self._digits, self._at, 1 << order, []
        for _ in range(count):
            first = digits.index("1", at)
            at = 2 * first - at + order + 1
            numbers.append(int(digits[first:at], 2) - base)
        if at > len(digits):
            raise ValueError("the bits end early")
        self._at = at
        return numbers

    def ascending(self) -> list[int]:
        """Read numbers of notices, written as how many there are, an order, and their differences."""
        count = self.golomb(0) + 1
        numbers, last = [], -1
        for gap in self.golombs(self.fixed(5), count):
            last += gap + 1
            numbers.append(last)
        return numbers


@dataclass(frozen=True, slots=True)
class Contexts:
    """Every place of the articles where a term opens, by notice and in the order of the text."""

    notices: Sequence[int]
    """Number of the notice of each place."""
    befores: Sequence[str]
    """What can stand before the term."""
    before: Sequence[int]
    """Which of them does, at each place."""
    afters: Sequence[str]
    after: Sequence[int]


def read_postings(data: bytes, fields: int) -> tuple[dict[int, int], ...]:
    """Read the list of a term: for each field, how often each notice holds the term there."""
    bits = Bits(data)
    held = [bits.fixed(1) for _ in range(fields)]
    return tuple(_read_frequencies(bits) if is_held else {} for is_held in held)


def _read_frequencies(bits: Bits) -> dict[int, int]:
    numbers = bits.ascending()
    return {number: more + 1 for number, more in zip(numbers, bits.golombs(0, len(numbers)), strict=True)}


def read_contexts(data: bytes) -> Contexts:
    """Read the list of contexts of a term."""
    length, start = read_varint(data, 0)
    befores, afters = (side.split("\n") for side in data[start : start + length].decode().split("\t"))
    bits = Bits(data[start + length :])
    notices = [number for number, times in _read_frequencies(bits).items() for _ in range(times)]
    before, after = (_read_ranks(bits, len(side), len(notices)) for side in (befores, afters))
    return Contexts(notices, befores, before, afters, after)


def _read_ranks(bits: Bits, choices: int, count: int) -> Sequence[int]:
    if choices == 1:
        return bytes(count)
    ranks = bits.golombs(bits.fixed(4), count)
    if max(ranks) >= choices:
        raise ValueError("a rank without a context")
    return ranks


# --- range files ----------------------------------------------------------------------------------------------------


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number in LEB128; gives it and the place behind it."""
    number = 0
    for shift in range(0, 63, 7):
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, at
    raise ValueError("a number without end")


def read_range(data: bytes, kind: str) -> dict[str, bytes]:
    """Read a range file: the lists by term, in the order of the file."""
    if data[:4] != _HEAD + kind.encode() + bytes([FORMAT]):
        raise ValueError("another kind of file")
    count, at = read_varint(data, 4)
    length, at = read_varint(data, at)
    terms = list(_read_vocabulary(data[at : at + length].decode())) if count else []
    at += length
    sizes = []
    for _ in terms:
        size, at = read_varint(data, at)
        sizes.append(size)
    if len(terms) != count or at + sum(sizes) != len(data):
        raise ValueError("another length than the file tells")
    lists = {}
    for term, size in zip(terms, sizes, strict=True):
        lists[term] = data[at : at + size]
        at += size
    return lists


def _read_vocabulary(written: str) -> Iterator[str]:
    term = ""
    for entry in written.split("\n"):
        term = term[: int(entry[0], 36)] + entry[1:]
        yield term


@dataclass(frozen=True, slots=True)
class RangeNames:
    """Where the lists of a kind lie: the first term of each file, in the order of UTF-16, and its name.

    A directory gives files that do the same for a group of ranges each.
    """

    starts: Sequence[str]
    names: Sequence[str]

    def of(self, term: str) -> str | None:
        """Give the name of the file in which a term would be."""
        place = bisect_right(self.starts, utf16_order(term), key=utf16_order) - 1
        return self.names[place] if place >= 0 else None

    def beginning_with(self, text: str) -> list[str]:
        """Give the names of the files that can hold terms which begin with a text."""
        first = max(0, bisect_right(self.starts, utf16_order(text), key=utf16_order) - 1)
        return [
            name
            for place, (start, name) in enumerate(zip(self.starts, self.names, strict=True))
            if place == first or (place > first and start.startswith(text))
        ]
