"""Dates as notices write them, and EDTF."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dates import bounds, find_dates, is_edtf, label, parse_date


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2020年2月4日", "2020-02-04"),
        ("2022 年 5 月 25 日", "2022-05-25"),
        ("二〇〇四年十二月三十一日", "2004-12-31"),
        ("二○○五年一月廿三日", "2005-01-23"),
        ("一九九0年十月", "1990-10"),
        ("２０２２年３月", "2022-03"),
        ("2023年2月28", "2023-02-28"),
        ("（2015年7月1日）", "2015-07-01"),
        ("2022-03-15", "2022-03-15"),
        ("2022/3/5", "2022-03-05"),
        ("2022.03.15", "2022-03-15"),
        ("2022年", "2022"),
        ("中華民國110年3月5日", "2021-03-05"),
        ("民国三十八年十月一日", "1949-10-01"),
    ],
)
def test_a_written_date_is_read(written: str, edtf: str) -> None:
    assert parse_date(written).edtf == edtf


@pytest.mark.parametrize(
    "written", ["2017年3月21月", "2022年2月30日", "2022年13月1日", "98年3月1日", "2022年0月", "昨天", ""]
)
def test_a_date_that_cannot_be_is_a_problem_and_never_guessed(written: str) -> None:
    reading = parse_date(written)
    assert reading.edtf is None
    assert reading.problem


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_back_from_its_label(day: date) -> None:
    assert parse_date(label(day.isoformat())).edtf == day.isoformat()
    assert bounds(day.isoformat()) == (day, day)


@given(st.text(max_size=40))
def test_reading_never_raises(text: str) -> None:
    parse_date(text)
    if is_edtf(text):
        assert label(text)


@given(st.text(st.sampled_from("0123456789年月日-/. 一二〇十"), max_size=40))
def test_found_dates_are_spans_in_order_that_do_not_overlap(text: str) -> None:
    spans = [(found.start, found.end) for found in find_dates(text)]
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("edtf", "first", "last", "words"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31), "2020年"),
        ("2020-02?", date(2020, 2, 1), date(2020, 2, 29), "2020年2月？"),
        ("2020~", date(2020, 1, 1), date(2020, 12, 31), "2020年前后"),
        ("2020-?02", date(2020, 2, 1), date(2020, 2, 29), "2020年2月？"),
        ("202X", date(2020, 1, 1), date(2029, 12, 31), "202×年"),
        ("2020-21", date(2020, 3, 1), date(2020, 5, 31), "2020年春"),
        ("2020-01-28/..", date(2020, 1, 28), None, "2020年1月28日以后"),
        ("../2020-02-04", None, date(2020, 2, 4), "2020年2月4日以前"),
        ("2020-01/2020-02?", date(2020, 1, 1), date(2020, 2, 29), "2020年1月至2020年2月？"),
        ("[..2020-02-04]", None, date(2020, 2, 4), "2020年2月4日以前"),
        ("2020/", date(2020, 1, 1), None, "2020年至日期不详"),
        ("[2021,2020]", date(2020, 1, 1), date(2021, 12, 31), "2021年或2020年"),
        ("2020-XX-05", date(2020, 1, 1), date(2020, 12, 31), "2020年×月5日"),
        ("[2020-02-04,2020-02-14]", date(2020, 2, 4), date(2020, 2, 14), "2020年2月4日或2020年2月14日"),
    ],
)
def test_edtf_has_bounds_and_a_label(edtf: str, first: date | None, last: date | None, words: str) -> None:
    assert bounds(edtf) == (first, last)
    assert label(edtf) == words


@pytest.mark.parametrize(
    "value",
    [
        "",
        "/",
        "..",
        "[..]",
        "[2020,xx,2021]",
        "{2020..2019}",
        "2020-2-4",
        "2021-02-30",
        "2020-13",
        "２０２０",
        "2021/2020",
        "0000",
    ],
)
def test_what_is_no_edtf_date_is_refused(value: str) -> None:
    assert not is_edtf(value)
