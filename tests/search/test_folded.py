"""Folding in arrays: the same as folding one line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import text
from sitegen.search.folded import HAN, OTHER, WORD, decode, fold_lines, kinds_of

ODD = "a1é 　\n\u200b\ufeff\u0301疫情〔〕（）“”，𠀀﨎㈠ﬁ\ud840\udc00ﷺ゙ﾞ…\uffff"


def folded(*lines: str) -> list[str]:
    return decode(fold_lines(lines)).split("\n")[:-1]


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(), st.text(ODD, max_size=30)), max_size=6))
def test_lines_fold_in_arrays_as_they_fold_alone(lines: list[str]) -> None:
    assert folded(*lines) == [text.fold(line) for line in lines]


def test_every_code_point_folds_in_arrays_as_it_folds_alone() -> None:
    lines = [chr(code) for code in range(0x110000)]
    assert folded(*lines) == [text.fold(line) for line in lines]


def test_no_lines_fold_to_nothing() -> None:
    assert len(fold_lines([])) == 0


def test_kinds_are_told_apart() -> None:
    assert kinds_of(fold_lines(["疫a1，"])).tolist() == [HAN, WORD, WORD, OTHER, OTHER]
