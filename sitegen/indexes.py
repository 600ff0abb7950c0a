"""Ways into the collection: by time, by institution, by genre. Pure grouping of a library's notices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sitegen import text
from sitegen.dates import bounds
from sitegen.model import Institution, Library, Notice, order_date

STATUTORY_GENRES = (
    *("决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知"),
    *("通报", "报告", "请示", "批复", "议案", "函", "纪要"),
)
"""The fifteen kinds of 党政机关公文处理工作条例 (2012), article 8, in its order; 令 is the same kind as 命令."""

_SAME_GENRE = {"令": "命令"}

# --- timeline -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DatedNotice:
    """A notice at its place in time."""

    notice: Notice
    edtf: str
    kind: str
    """"signed", "published" or "inferred"."""
    year: int
    month: int | None
    """None where the date leaves the month open."""
    day: int | None
    """None where the date leaves the day open."""


@dataclass(frozen=True, slots=True)
class Day:
    """The notices of one day, or those of a month whose day is not known."""

    day: int | None
    notices: tuple[DatedNotice, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The days of one month, or the notices of a year whose month is not known."""

    month: int | None
    days: tuple[Day, ...]

    @property
    def notices(self) -> tuple[DatedNotice, ...]:
        """All notices of the month, in order."""
        return tuple(notice for day in self.days for notice in day.notices)


@dataclass(frozen=True, slots=True)
class Year:
    """The months of one year."""

    year: int
    months: tuple[Month, ...]

    @property
    def notices(self) -> tuple[DatedNotice, ...]:
        """All notices of the year, in order."""
        return tuple(notice for month in self.months for notice in month.notices)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All notices once: the years, newest first, then the notices without a date."""

    years: tuple[Year, ...]
    undated: tuple[Notice, ...]


def build_timeline(library: Library) -> Timeline:
    """Group the notices by year, month and day, newest first; where a part of the date is open, last."""
    return Timeline(
        group_years(library.notices),
        tuple(sorted((notice for notice in library.notices if order_date(notice) is None), key=_id)),
    )


def group_years(notices: Iterable[Notice]) -> tuple[Year, ...]:
    """Group those of the notices that have a date by year, month and day, newest first."""
    dated = sorted(filter(None, map(place_in_time, notices)), key=_newest_first)
    return tuple(
        Year(year, tuple(Month(month, _days(of_month)) for month, of_month in groupby(of_year, lambda one: one.month)))
        for year, of_year in groupby(dated, lambda one: one.year)
    )


def _days(notices: Iterable[DatedNotice]) -> tuple[Day, ...]:
    return tuple(Day(day, tuple(of_day)) for day, of_day in groupby(notices, lambda one: one.day))


def place_in_time(notice: Notice) -> DatedNotice | None:
    """Find the year, month and day under which a notice stands; None for a notice without a date.

    A stretch of time stands at its beginning, or at its end where the beginning is open.
    """
    found = order_date(notice)
    if found is None:
        return None
    edtf, kind = found
    earliest, latest = bounds(edtf)
    first = earliest or latest
    if first is None:
        return None
    month = first.month if earliest and latest and _month(earliest) == _month(latest) else None
    return DatedNotice(notice, edtf, kind, first.year, month, first.day if earliest == latest else None)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _newest_first(one: DatedNotice) -> tuple[int, int, int, str]:
    return -one.year, -(one.month or 0), -(one.day or 0), one.notice.id


def _id(notice: Notice) -> str:
    return notice.id


# --- institutions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Letter:
    """The institutions whose pinyin begins with one letter."""

    letter: str
    """A to Z, or # for a name without pinyin."""
    institutions: tuple[Institution, ...]


def group_letters(institutions: Iterable[Institution]) -> tuple[Letter, ...]:
    """Group institutions by the first letter of their pinyin; A to Z, then #; their order within a letter is kept."""
    lettered = sorted(((_letter(one.name), one) for one in institutions), key=lambda pair: (pair[0] == "#", pair[0]))
    return tuple(
        Letter(letter, tuple(one for _, one in pairs)) for letter, pairs in groupby(lettered, lambda pair: pair[0])
    )


def _letter(name: str) -> str:
    syllables = text.pinyin(name)
    first = syllables[0][0].upper() if syllables else "#"
    return first if "A" <= first <= "Z" else "#"


# --- genres ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Genre:
    """The notices of one kind of document, 文种."""

    name: str | None
    """As titled; None for notices whose text names no kind."""
    is_statutory: bool
    """Whether it is one of the fifteen kinds of article 8; derived, never stored."""
    notices: tuple[Notice, ...]
    """In the order of the library."""


def build_genres(library: Library) -> tuple[Genre, ...]:
    """Group the notices by genre: statutory kinds in their legal order, others by pinyin, those without one last."""
    names = sorted({notice.facts.genre for notice in library.notices}, key=_genre_order)
    return tuple(
        Genre(name, is_statutory(name), tuple(one for one in library.notices if one.facts.genre == name))
        for name in names
    )


def is_statutory(genre: str | None) -> bool:
    """Tell whether a genre is one of the fifteen statutory kinds."""
    return _SAME_GENRE.get(genre or "", genre) in STATUTORY_GENRES


def _genre_order(genre: str | None) -> tuple[int, int, list[str], str]:
    if genre is None:
        return 2, 0, [], ""
    if is_statutory(genre):
        return 0, STATUTORY_GENRES.index(_SAME_GENRE.get(genre, genre)), [], genre
    return 1, 0, text.pinyin(genre), genre
