from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.convert import convert
from sitegen.convert.ledger import Change, apply, compose, inverse, record, to_clean, to_raw, undo, with_curator
from sitegen.model import Edit, Heading, Paragraph, block_lines

TEXT = st.text("ab甲乙\n", max_size=20)


@st.composite
def changes(draw: st.DrawFn, text: str) -> list[Change]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    return [
        Change(start, end, draw(st.text("xy丙", max_size=3)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]


@st.composite
def passes(draw: st.DrawFn, count: int) -> tuple[str, list[tuple[Edit, ...]]]:
    raw = text = draw(TEXT)
    ledgers = []
    for number in range(count):
        ledgers.append(record(text, draw(changes(text)), f"pass-{number}"))
        text = apply(text, ledgers[-1])
    return raw, ledgers


def is_sorted(ledger: tuple[Edit, ...]) -> bool:
    return all(edit.end <= following.start for edit, following in pairwise(ledger))


@given(passes(1))
def test_undoing_a_ledger_gives_the_raw_text_back(made: tuple[str, list[tuple[Edit, ...]]]) -> None:
    raw, [ledger] = made

    assert undo(apply(raw, ledger), ledger) == raw


@given(passes(2))
def test_a_composed_ledger_does_what_its_two_parts_do(made: tuple[str, list[tuple[Edit, ...]]]) -> None:
    raw, [first, second] = made

    composed = compose(first, second)

    assert apply(raw, composed) == apply(apply(raw, first), second)
    assert is_sorted(composed)
    assert {name for edit in composed for name in edit.passes} <= {"pass-0", "pass-1"}


@given(passes(3))
def test_composing_is_associative(made: tuple[str, list[tuple[Edit, ...]]]) -> None:
    raw, [first, second, third] = made

    left, right = compose(compose(first, second), third), compose(first, compose(second, third))

    assert apply(raw, left) == apply(raw, right)
    assert is_sorted(left)
    assert is_sorted(right)


@given(passes(2))
def test_a_ledger_without_edits_changes_nothing_when_composed(made: tuple[str, list[tuple[Edit, ...]]]) -> None:
    _, [first, _] = made

    assert compose(first, ()) == first == compose((), first)


@given(passes(1))
def test_a_ledger_turned_round_twice_is_itself(made: tuple[str, list[tuple[Edit, ...]]]) -> None:
    _, [ledger] = made

    assert inverse(inverse(ledger)) == ledger


def test_overlapping_edits_become_one_that_names_both_passes() -> None:
    first = record("甲乙丙丁", [Change(1, 3, "xyz")], "a")
    second = record("甲xyz丁", [Change(3, 5, "")], "b")

    assert compose(first, second) == (Edit(1, 4, "乙丙丁", "xy", ("a", "b")),)


def test_edits_that_only_touch_keep_their_own_keys() -> None:
    first = record("甲乙丙", [Change(0, 1, "", "title")], "a")
    second = record("乙丙", [Change(0, 1, "", "addressee")], "b")

    assert [edit.key for edit in compose(first, second)] == ["title", "addressee"]


def test_a_span_that_cuts_a_replaced_stretch_takes_in_all_of_it() -> None:
    ledger = record("甲乙丙丁戊", [Change(1, 3, "xyz")], "a")

    assert list(to_raw(ledger, [(0, 1), (2, 5)])) == [(0, 1), (1, 4)]
    assert list(to_clean(ledger, [(0, 2), (4, 5)])) == [(0, 4), (5, 6)]


def test_a_ledger_refuses_a_text_it_was_not_made_over() -> None:
    ledger = record("甲乙", [Change(0, 1, "丙")], "a")

    with pytest.raises(ValueError, match="does not fit"):
        apply("丁乙", ledger)


def test_changes_that_overlap_are_a_fault_of_the_pass() -> None:
    with pytest.raises(ValueError, match="pass wrong"):
        record("甲乙丙", [Change(0, 2, ""), Change(1, 3, "")], "wrong")


NOTICE = "关于放假的通知\n\n各班级：\n\n清明节放假一天，请同 学们注意安全。\n\n政教处\n\n2021年4月1日\n"


def test_what_a_curator_changed_is_one_more_pass() -> None:
    conversion = convert(NOTICE.encode(), "seeds/a.txt")
    edited = (Heading(2, "一、放假时间"), *conversion.blocks)

    ledger = with_curator(conversion, edited)

    assert apply(conversion.raw, ledger) == "\n".join(line for block in edited for line in block_lines(block))
    assert undo(apply(conversion.raw, ledger), ledger) == conversion.raw
    assert any(edit.passes[-1] == "curator" and "一、放假时间" in edit.after for edit in ledger)


def test_a_file_as_the_converter_wrote_it_has_no_curator() -> None:
    conversion = convert(NOTICE.encode(), "seeds/a.txt")

    assert with_curator(conversion, conversion.blocks) == conversion.edits


@given(st.lists(st.text("甲乙丙，。", min_size=1, max_size=12), max_size=6))
def test_a_curator_may_write_anything(lines: list[str]) -> None:
    conversion = convert(NOTICE.encode(), "seeds/a.txt")

    ledger = with_curator(conversion, [Paragraph(line) for line in lines])

    assert apply(conversion.raw, ledger) == "\n".join(lines)
    assert is_sorted(ledger)
