"""Grouping of notices by time, by the pinyin of institutions, by genre."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.indexes import build_genres, build_timeline, group_letters, is_statutory, place_in_time
from sitegen.library import build_library
from sitegen.model import Facts, InferredDate, Institution, Notice


def notice(notice_id: str, signed: str | None = None, genre: str | None = None) -> Notice:
    return Notice(notice_id, Facts(title=notice_id, signed=signed, genre=genre), "")


DATES = st.sampled_from(
    [None, "2020-02-04", "2020-02-05", "2020-02", "2020", "2020?", "2019-12-31", "2020-01-28/2020-02?", "../2020-02-04",
     "2020-01-28/..", "2019-21", "201X", "[2020-02-04..]"]
)  # fmt: skip
NOTICES = st.lists(DATES, max_size=8).map(lambda dates: [notice(f"n{at}", edtf) for at, edtf in enumerate(dates)])


@given(NOTICES, st.randoms(use_true_random=False))
def test_every_notice_stands_once_in_the_timeline_whatever_its_order(notices: list[Notice], random: object) -> None:
    timeline = build_timeline(build_library(notices))
    placed = [dated.notice.id for year in timeline.years for dated in year.notices]
    assert sorted(placed + [one.id for one in timeline.undated]) == sorted(one.id for one in notices)
    shuffled = list(notices)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert build_timeline(build_library(shuffled)) == timeline


def test_years_months_and_days_run_backwards_with_open_parts_last() -> None:
    dates = ["2020", "2020-02", "2020-02-04", "2020-11-01", "2021-01-01", None]
    timeline = build_timeline(build_library([notice(f"n{at}", edtf) for at, edtf in enumerate(dates)]))
    assert [year.year for year in timeline.years] == [2021, 2020]
    assert [month.month for month in timeline.years[1].months] == [11, 2, None]
    assert [day.day for day in timeline.years[1].months[1].days] == [4, None]
    assert [one.id for one in timeline.undated] == ["n5"]


@pytest.mark.parametrize(
    ("edtf", "place"),
    [
        ("2020-02-04", (2020, 2, 4)),
        ("2020-02?", (2020, 2, None)),
        ("2020", (2020, None, None)),
        ("2020-02-04/2020-02-06", (2020, 2, None)),
        ("2020-01-28/2020-02", (2020, None, None)),
        ("2020-01-28/..", (2020, None, None)),
        ("../2020-02-04", (2020, None, None)),
    ],
)
def test_a_notice_stands_where_its_date_is_certain(edtf: str, place: tuple[int, int | None, int | None]) -> None:
    placed = place_in_time(notice("a", edtf))
    assert placed is not None
    assert (placed.year, placed.month, placed.day) == place


def test_an_inferred_date_says_so() -> None:
    placed = place_in_time(Notice("a", Facts(dated=InferredDate("2020", "今年")), ""))
    assert placed is not None and placed.kind == "inferred"


def test_institutions_stand_under_the_letter_of_their_pinyin() -> None:
    names = ["重庆大学", "北京大学", "安徽大学", "3M公司", "…"]
    letters = group_letters([Institution(f"s{at}", name, (name,), ()) for at, name in enumerate(names)])
    assert [(one.letter, [named.name for named in one.institutions]) for one in letters] == [
        ("A", ["安徽大学"]), ("B", ["北京大学"]), ("C", ["重庆大学"]), ("#", ["3M公司", "…"]),
    ]  # fmt: skip


def test_statutory_genres_stand_first_in_their_legal_order() -> None:
    genres = ["倡议书", "通知", None, "令", "公告", "方案"]
    groups = build_genres(build_library([notice(f"n{at}", genre=genre) for at, genre in enumerate(genres)]))
    assert [group.name for group in groups] == ["令", "公告", "通知", "倡议书", "方案", None]
    assert [group.is_statutory for group in groups] == [True, True, True, False, False, False]


def test_every_notice_stands_under_one_genre() -> None:
    library = build_library([notice("a", genre="通知"), notice("b"), notice("c", genre="通知")])
    assert sorted(one.id for group in build_genres(library) for one in group.notices) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("genre", "expected"), [("函", True), ("令", True), ("命令", True), ("号召", False), (None, False)]
)
def test_the_fifteen_kinds_are_known(genre: str | None, expected: bool) -> None:
    assert is_statutory(genre) is expected
