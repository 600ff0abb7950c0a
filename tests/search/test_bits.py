"""Numbers as bits: what is packed in arrays is read back one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search.bits import fixed, golomb, pack, sorting_order
from sitegen.search.reading import Bits

CODED = st.tuples(st.integers(0, (1 << 27) - 1), st.integers(0, 31))
LISTS = st.lists(st.lists(CODED, max_size=12), max_size=8)


def test_codes_are_written_as_the_books_say() -> None:
    numbers = np.arange(6)
    (order_0,) = pack([(np.zeros(6, np.int64), golomb(numbers, 0))], 1)
    (order_1,) = pack([(np.zeros(6, np.int64), golomb(numbers, 1))], 1)
    assert bits(order_0) == "1" "010" "011" "00100" "00101" "00110" "00"
    assert bits(order_1) == "10" "11" "0100" "0101" "0110" "0111" "0000"


def bits(data: bytes) -> str:
    return "".join(f"{byte:08b}" for byte in data)


@given(LISTS)
def test_what_is_packed_reads_back(lists: list[list[tuple[int, int]]]) -> None:
    numbers, orders = (np.array([code[side] for one in lists for code in one], np.int64) for side in (0, 1))
    of_lists = np.array([place for place, one in enumerate(lists) for _ in one], np.int64)
    packed = pack([(of_lists, golomb(numbers, orders))], len(lists))
    readers = list(map(Bits, packed))
    assert [[reader.golomb(order) for _, order in one] for reader, one in zip(readers, lists, strict=True)] == [
        [number for number, _ in one] for one in lists
    ]


def test_groups_stand_one_after_the_other_in_each_list() -> None:
    both, first = np.array([0, 1]), np.array([0])
    packed = pack([(both, fixed(np.array([5, 6]), 4)), (first, fixed(np.array([3]), 2))], 2)
    assert list(map(bits, packed)) == ["01011100", "01100000"]


def test_a_number_too_large_is_refused() -> None:
    with pytest.raises(OverflowError):
        pack([(np.array([0]), golomb(np.array([1 << 40]), 0))], 1)


@given(st.lists(st.integers(0, (1 << 50) - 1)), st.sampled_from([50, 64]))
def test_keys_are_sorted_and_equal_ones_keep_their_order(keys: list[int], width: int) -> None:
    order = sorting_order(np.array(keys, np.uint64), width)
    assert order.tolist() == sorted(range(len(keys)), key=keys.__getitem__)
