"""Lists of the index read back, and phrases found through their contexts, over lists that this file writes itself.

The encoder here is slow and obvious, and knows nothing of the one that builds sites.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.search.matching import notices_with
from sitegen.search.query import Demand, Phrase, parse_query, pattern_of
from sitegen.search.ranges import FORMAT, utf16_order
from sitegen.search.reading import (
    Bits,
    Contexts,
    RangeNames,
    read_contexts,
    read_postings,
    read_range,
    read_varint,
)
from sitegen.text import HAN, fold, folding, is_han, tokens

# --- the encoder ----------------------------------------------------------------------------------------------------

Place: TypeAlias = tuple[int, str, str]
"""Notice, what stands before, what stands after."""


def golomb(order: int, number: int) -> str:
    digits = f"{number + 2**order:b}"
    return "0" * (len(digits) - 1 - order) + digits


def packed(bits: str) -> bytes:
    return b"".join(int(bits[at : at + 8].ljust(8, "0"), 2).to_bytes() for at in range(0, len(bits), 8))


def varint(number: int) -> bytes:
    groups = [number >> shift & 0x7F for shift in range(0, max(1, number.bit_length()), 7)]
    return bytes([group | 0x80 for group in groups[:-1]] + groups[-1:])


def ascending(numbers: Sequence[int], order: int) -> str:
    gaps = [number - before - 1 for before, number in zip([-1, *numbers], numbers, strict=False)]
    return golomb(0, len(numbers) - 1) + f"{order:05b}" + "".join(golomb(order, gap) for gap in gaps)


def frequencies(counts: Mapping[int, int], order: int) -> str:
    numbers = sorted(counts)
    return ascending(numbers, order) + "".join(golomb(0, counts[number] - 1) for number in numbers)


def encode_postings(fields: Sequence[Mapping[int, int]], order: int) -> bytes:
    mask = "".join("1" if counts else "0" for counts in fields)
    return packed(mask + "".join(frequencies(counts, order) for counts in fields if counts))


def encode_contexts(places: Sequence[Place], order: int) -> bytes:
    """Encode the places of a term, which come by notice and in the order of the text."""
    sides = [[before for _, before, _ in places], [after for _, _, after in places]]
    names = [by_frequency(side) for side in sides]
    bits = frequencies(Counter(notice for notice, _, _ in places), order)
    for side, known in zip(sides, names, strict=True):
        if len(known) > 1:
            bits += f"{order:04b}" + "".join(golomb(order, known.index(name)) for name in side)
    dictionary = "\t".join(map("\n".join, names)).encode()
    return varint(len(dictionary)) + dictionary + packed(bits)


def by_frequency(names: Iterable[str]) -> list[str]:
    counts = Counter(names)
    return sorted(counts, key=lambda name: (-counts[name], name))


def encode_range(lists: Mapping[str, bytes], kind: str) -> bytes:
    terms, entries, before = sorted(lists, key=utf16_order), [], ""
    for term in terms:
        shared = next((at for at in range(min(35, len(before), len(term))) if before[at] != term[at]), None)
        shared = min(35, len(before), len(term)) if shared is None else shared
        entries.append("0123456789abcdefghijklmnopqrstuvwxyz"[shared] + term[shared:])
        before = term
    vocabulary = "\n".join(entries).encode()
    head = b"SG" + kind.encode() + bytes([FORMAT]) + varint(len(terms)) + varint(len(vocabulary)) + vocabulary
    return head + b"".join(varint(len(lists[term])) for term in terms) + b"".join(lists[term] for term in terms)


def places_of(line: str) -> list[tuple[str, str, str]]:
    """Cut a folded line into terms, each with what stands before and after it."""
    bases = list(re.finditer(f"[{HAN}]|[{folding().words}]+", line))
    pairs = [
        *(is_han(one[0]) and is_han(other[0]) and one.end() == other.start() for one, other in pairwise(bases)),
        False,
    ]
    terms = [base[0] + (bases[at + 1][0] if pairs[at] else "") for at, base in enumerate(bases)]
    found = []
    for at, base in enumerate(bases):
        if at and pairs[at - 1]:
            before = bases[at - 1][0]
        else:
            before = terms[at - 1] + line[bases[at - 1].end() : base.start()] if at else line[: base.start()]
        if pairs[at]:
            after = bases[at + 2][0] if pairs[at + 1] else ""
        else:
            end = at + 1 == len(bases)
            after = line[base.end() :] if end else line[base.end() : bases[at + 1].start()] + terms[at + 1]
        found.append((terms[at], before, after))
    return found


def lists_of(texts: Iterable[Iterable[str]]) -> dict[str, list[Place]]:
    """Gather the places of each term of these notices."""
    lists: dict[str, list[Place]] = {}
    for notice, lines in enumerate(texts):
        for line in lines:
            for term, before, after in places_of(fold(line)):
                lists.setdefault(term, []).append((notice, before, after))
    return lists


FITS: dict[str, Callable[[str, str], bool]] = {
    "term": lambda term, text: term == text,
    "prefix": lambda term, text: term.startswith(text),
    "head": lambda term, text: term.startswith(text),
    "tail": lambda term, text: term.endswith(text),
    "part": lambda term, text: text in term,
}
"""How a term meets a demand; no term mixes Han characters and others."""


class WrittenLists:
    """The terms of notices, through lists that were written and read back."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        self.lists = {term: encode_contexts(places, 1) for term, places in lists_of(texts).items()}

    def meeting(self, demand: Demand) -> list[str]:
        return [term for term in self.lists if FITS[demand.kind](term, demand.text)]

    def standing(self, terms: Iterable[str]) -> set[int]:
        return {notice for contexts in self.contexts(terms).values() for notice in contexts.notices}

    def contexts(self, terms: Iterable[str]) -> dict[str, Contexts]:
        return {term: read_contexts(self.lists[term]) for term in terms if term in self.lists}


# --- lists ----------------------------------------------------------------------------------------------------------

NUMBERS = st.integers(0, 2**40)
ORDERS = st.integers(0, 12)
COUNTS = st.dictionaries(st.integers(0, 3000), st.integers(1, 300), min_size=1, max_size=40)


@settings(deadline=None)
@given(st.lists(st.tuples(ORDERS, NUMBERS)))
def test_numbers_read_back(codes: list[tuple[int, int]]) -> None:
    bits = Bits(packed("".join(golomb(order, number) for order, number in codes)))
    assert [bits.golomb(order) for order, _ in codes] == [number for _, number in codes]


@settings(deadline=None)
@given(ORDERS, st.lists(NUMBERS))
def test_numbers_of_one_order_read_back_together(order: int, numbers: list[int]) -> None:
    bits = Bits(packed("".join(golomb(order, number) for number in numbers)))
    assert bits.golombs(order, len(numbers)) == numbers


def test_codes_are_those_of_the_table() -> None:
    table = {(0, 0): "1", (0, 1): "010", (0, 2): "011", (0, 3): "00100", (2, 0): "100", (2, 4): "01000", (3, 7): "1111"}
    assert {key: golomb(*key) for key in table} == table
    assert {key: Bits(packed(code)).golomb(key[0]) for key, code in table.items()} == {key: key[1] for key in table}


@pytest.mark.parametrize("order", [0, 3])
def test_bits_that_end_early_are_refused(order: int) -> None:
    with pytest.raises(ValueError, match=r"bits end early|substring not found"):
        Bits(packed(golomb(order, 1000))[:-1]).golomb(order)
    with pytest.raises(ValueError, match="bits end early"):
        Bits(b"\xff").fixed(9)


@settings(deadline=None)
@given(st.integers(0, 2**62))
def test_varints_read_back(number: int) -> None:
    assert read_varint(b"x" + varint(number), 1) == (number, 1 + len(varint(number)))


def test_a_varint_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="without end"):
        read_varint(b"\x80" * 20, 0)


@settings(deadline=None)
@given(st.lists(COUNTS | st.just({}), min_size=5, max_size=5), ORDERS)
def test_a_list_of_notices_reads_back(fields: list[dict[int, int]], order: int) -> None:
    assert read_postings(encode_postings(fields, order), 5) == tuple(dict(sorted(counts.items())) for counts in fields)


CONTEXTS = st.sampled_from(["", "疫", "情，", "word", "，（", "new "])
PLACES = st.lists(st.tuples(st.integers(0, 50), CONTEXTS, CONTEXTS), min_size=1, max_size=30)


@settings(deadline=None)
@given(PLACES, st.integers(0, 9))
def test_a_list_of_contexts_reads_back(places: list[Place], order: int) -> None:
    places.sort(key=lambda place: place[0])
    read = read_contexts(encode_contexts(places, order))
    sides = zip(read.notices, read.before, read.after, strict=True)
    assert [(notice, read.befores[before], read.afters[after]) for notice, before, after in sides] == places


def test_the_most_frequent_context_has_the_first_rank() -> None:
    read = read_contexts(encode_contexts([(0, "b", ""), (0, "c", ""), (1, "c", ""), (2, "a", "")], 0))
    assert read.befores == ["c", "a", "b"]


LISTS = st.dictionaries(st.text("疫情𠀀﨎ab1", min_size=1, max_size=40), st.binary(max_size=200), max_size=20)


@settings(deadline=None)
@given(LISTS)
def test_a_range_reads_back_in_the_order_of_utf_16(lists: dict[str, bytes]) -> None:
    read = read_range(encode_range(lists, "T"), "T")
    assert read == lists
    assert list(read) == sorted(lists, key=utf16_order)


@settings(deadline=None)
@given(LISTS.filter(bool), st.data())
def test_a_range_that_is_cut_off_or_of_another_kind_is_refused(lists: dict[str, bytes], data: st.DataObject) -> None:
    whole = encode_range(lists, "T")
    for broken in (whole[: data.draw(st.integers(0, len(whole) - 1))], whole + b"x", encode_range(lists, "C")):
        with pytest.raises((ValueError, IndexError)):
            read_range(broken, "T")


@settings(deadline=None)
@given(st.sets(st.text("疫情𠀀﨎ab", min_size=1, max_size=3), min_size=1), st.data())
def test_every_term_is_found_in_its_range(terms: set[str], data: st.DataObject) -> None:
    ordered = sorted(terms, key=utf16_order)
    cuts = sorted({0, *data.draw(st.sets(st.integers(0, len(ordered) - 1)))})
    parts = [set(ordered[start:end]) for start, end in zip(cuts, [*cuts[1:], len(ordered)], strict=True)]
    names = RangeNames([ordered[cut] for cut in cuts], [str(number) for number in range(len(parts))])
    for term in terms:
        assert term in parts[int(names.of(term) or 0)]
        held = set().union(*(parts[int(name)] for name in names.beginning_with(term[0])))
        assert {other for other in terms if other.startswith(term[0])} <= held


# --- phrases --------------------------------------------------------------------------------------------------------

TEXTS = st.lists(st.lists(st.text("疫情防12a （)，", max_size=14), max_size=4), max_size=6)
TYPED = st.text('疫情防12a （]，"', max_size=9)


def scanned(texts: Sequence[Sequence[str]], phrase: Phrase) -> set[int]:
    """Find a phrase by reading every line."""
    pattern = pattern_of(phrase)
    return {number for number, lines in enumerate(texts) if any(pattern.search(fold(line)) for line in lines)}


def assert_found(texts: Sequence[Sequence[str]], typed: str) -> None:
    lists, query = WrittenLists(texts), parse_query(typed)
    for phrase in (*query.phrases, *query.excluded):
        assert notices_with(lists, phrase) == scanned(texts, phrase), (phrase, texts)


@settings(max_examples=1000, deadline=None)
@given(TEXTS, TYPED)
@example([["疫情疫情，情疫"], ["情疫，疫情"]], "疫情疫")
@example([["12疫情", "2（疫情"], ["2，疫情"]], "2疫情")
@example([["疫12", "疫（1"], ["疫1"]], "疫1")
@example([["a（疫", "a疫"]], '"a（疫"')
@example([["疫，情。防", "疫情。防"]], '"情。"')
@example([["a 12 a", "12，a"]], '"a 12"')
@example([["，疫情。"], ["疫情"]], '"，疫情。"')
def test_a_phrase_is_found_where_a_plain_scan_finds_it(texts: list[list[str]], typed: str) -> None:
    assert_found(texts, typed)


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.data())
def test_every_piece_of_a_line_is_found_as_a_plain_scan_finds_it(texts: list[list[str]], data: st.DataObject) -> None:
    lines = [line for notice in texts for line in notice if line]
    if not lines:
        return
    line = data.draw(st.sampled_from(lines))
    start = data.draw(st.integers(0, len(line) - 1))
    piece = line[start : start + data.draw(st.integers(1, 12))]
    assert_found(texts, piece)
    assert_found(texts, f'"{piece}"')
    if tokens(piece):
        number = next(number for number, notice in enumerate(texts) if line in notice)
        assert number in notices_with(WrittenLists(texts), Phrase(fold(piece), True))


def test_lists_that_do_not_agree_are_refused() -> None:
    lists = WrittenLists([["疫情防疫情"], ["疫情防疫防"]])
    lists.lists["情防"] = encode_contexts([(0, "疫", "疫")], 0)
    with pytest.raises(ValueError, match="zip"):
        notices_with(lists, Phrase("疫情防疫情", True))
