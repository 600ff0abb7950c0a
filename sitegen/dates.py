"""Dates as notices write them to EDTF, and EDTF to days and words.

EDTF here is ISO 8601-2:2019 Level 1 (uncertain, approximate, unspecified digits, seasons, open and unknown intervals),
plus qualified components (`2020-?02`) and one-of sets (`[..2020-02-04]`) of Level 2. Years have four digits.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sitegen.text import NUMERAL, parse_numeral

# --- written dates --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DateReading:
    """What one written date says: an EDTF date, or why it says none."""

    edtf: str | None
    problem: str | None
    """In Chinese, for a flag; None where the date can be read."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A written date in a text: its span in code points and its reading."""

    start: int
    end: int
    edtf: str | None
    problem: str | None


_GAP = "[ \\t\u3000\u00a0]{0,4}"
_YEAR = f"(?P<year>[{NUMERAL}]{{2,5}}|[{NUMERAL}](?:{_GAP}[{NUMERAL}]){{3}})"
_PART = f"[{NUMERAL}]{{1,3}}"
_WRITTEN = re.compile(
    f"(?<![{NUMERAL}])"
    f"(?:公元|(?P<era>(?:中华|中華)?民[国國]){_GAP})?{_YEAR}{_GAP}年"
    f"(?:{_GAP}(?P<month>{_PART}){_GAP}月(?:份)?(?:{_GAP}(?P<day>[{NUMERAL}](?:{_GAP}[{NUMERAL}]){{1,2}}(?={_GAP}[日号])|{_PART})(?![{NUMERAL}])(?:{_GAP}(?P<mark>[日号月年]))?)?)?"
)
_DASHED = re.compile(
    r"(?<![\d./-])(?P<year>\d{4})(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})(?![\d/-]|\.\d)", re.ASCII
)


def parse_date(written: str) -> DateReading:
    """Read one written date: 2020年2月4日, 二○二○年二月, 2022 年 5 月 25 日, 2022-03-15, 2023年2月28 (日 lost).

    A date that cannot be (2017年3月21月, 2022年2月30日) or whose year has two digits is not guessed at: it has no
    EDTF and a problem. White space and one pair of brackets around the date are passed over.
    """
    stripped = written.strip().strip("()（）[]〔〕").strip()
    for found in find_dates(stripped):
        if (found.start, found.end) == (0, len(stripped)):
            return DateReading(found.edtf, found.problem)
    return DateReading(None, f"“{stripped}”不是日期")


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Find every written date in a text, in order; the spans do not overlap."""
    return tuple(sorted(_find(text), key=lambda found: found.start))


def _find(text: str) -> Iterator[FoundDate]:
    for match in _WRITTEN.finditer(text):
        reading = _read(match, match["mark"] in (None, "日", "号"))
        yield FoundDate(match.start(), match.end(), reading.edtf, reading.problem)
    for match in _DASHED.finditer(text):
        reading = _read(match, True)
        yield FoundDate(match.start(), match.end(), reading.edtf, reading.problem)


def _read(match: re.Match[str], mark_is_right: bool) -> DateReading:
    written = match[0]
    numbers = [None if match[part] is None else _number(match[part]) for part in ("year", "month", "day")]
    year, month, day = numbers
    if year is None or not mark_is_right or (match["day"] and day is None) or (match["month"] and month is None):
        return DateReading(None, f"“{written}”不是可能的日期")
    if match.re is _WRITTEN and match["era"]:
        year += _BEFORE_THE_REPUBLIC
    if year < 1000:
        return DateReading(None, f"“{written}”的年份不是四位")
    try:
        date(year, month or 1, day if day is not None else 1)
    except ValueError:
        return DateReading(None, f"“{written}”不是可能的日期")
    if month == 0:
        return DateReading(None, f"“{written}”不是可能的日期")
    return DateReading("-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]), None)


_BEFORE_THE_REPUBLIC = 1911
"""Years of 民國 are counted from 1912, its first."""


def _number(digits: str) -> int | None:
    return parse_numeral(re.sub(r"\s", "", digits))


# --- EDTF -----------------------------------------------------------------------------------------------------------

_SIMPLE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)"
    r"(?:-(?P<qm>[?~%]?)(?P<month>0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?P<qd>[?~%]?)(?P<day>0[1-9]|[12]\d|3[01]|XX))?)?"
    r"(?P<q>[?~%]?)",
    re.ASCII,
)
_SET = re.compile(r"[\[{](?P<inner>[^\[\]{}]{1,80})[\]}]")
_QUALIFIERS = {"?": "？", "~": "前后", "%": "前后？"}
_SEASONS = {21: "春", 22: "夏", 23: "秋", 24: "冬"}
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


def is_edtf(value: str) -> bool:
    """Tell whether a string is a date in the part of EDTF that sitegen reads."""
    try:
        bounds(value)
    except ValueError:
        return False
    return True


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Give the earliest and the latest day of an EDTF date; None where that end is open or unknown.

    Raises ValueError where the string is no such date. A winter (season 24) is taken to end with its year.
    """
    if (members := _SET.fullmatch(edtf)) is not None:
        return _set_bounds(members["inner"])
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        if not (first.strip(".") or last.strip(".")):
            raise ValueError(f"no date in {edtf!r}")
        start = None if first in ("", "..") else _simple_bounds(first)[0]
        end = None if last in ("", "..") else _simple_bounds(last)[1]
        if start and end and end < start:
            raise ValueError(f"{edtf!r} ends before it begins")
        return start, end
    return _simple_bounds(edtf)


def _set_bounds(inner: str) -> tuple[date | None, date | None]:
    members = [_member_bounds(*_split_range(member)) for member in inner.split(",")]
    starts, ends = [start for start, _ in members], [end for _, end in members]
    return (
        None if None in starts else min(filter(None, starts)),
        None if None in ends else max(filter(None, ends)),
    )


def _member_bounds(first: str, last: str) -> tuple[date | None, date | None]:
    if not (first or last):
        raise ValueError("a set with a member that names no date")
    start, end = _simple_bounds(first)[0] if first else None, _simple_bounds(last)[1] if last else None
    if start and end and end < start:
        raise ValueError(f"{first}..{last} ends before it begins")
    return start, end


def _simple_bounds(edtf: str) -> tuple[date, date]:
    match = _SIMPLE.fullmatch(edtf)
    if match is None:
        raise ValueError(f"not an EDTF date: {edtf!r}")
    first_year, last_year = int(match["year"].replace("X", "0")), int(match["year"].replace("X", "9"))
    if match["month"] in (None, "XX"):
        return date(first_year or 1, 1, 1), date(last_year, 12, 31)
    month = int(match["month"])
    if month > 12:
        if match["day"]:
            raise ValueError(f"a season has no days: {edtf!r}")
        first_month, last_month = _SEASON_MONTHS[month]
        return date(first_year, first_month, 1), _end_of_month(last_year, last_month)
    if match["day"] in (None, "XX"):
        return date(first_year, month, 1), _end_of_month(last_year, month)
    return date(first_year, month, int(match["day"])), date(last_year, month, int(match["day"]))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def label(edtf: str) -> str:
    """Write an EDTF date in Chinese: 2020年2月4日, 2020年2月？, 2020年前后, 2020年1月28日以后, 2020年春.

    Raises ValueError where the string is no EDTF date.
    """
    bounds(edtf)
    if (members := _SET.fullmatch(edtf)) is not None:
        return "或".join(_range_label(*_open_ends(*_split_range(part))) for part in members["inner"].split(","))
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return _range_label(first, last)
    return _simple_label(edtf)


def _split_range(member: str) -> tuple[str, str]:
    first, dots, last = member.partition("..")
    return (first, last) if dots else (first, first)


def _open_ends(first: str, last: str) -> tuple[str, str]:
    return first or "..", last or ".."


def _range_label(first: str, last: str) -> str:
    if first == last:
        return _simple_label(first)
    if last == "..":
        return f"{_simple_label(first)}以后"
    if first == "..":
        return f"{_simple_label(last)}以前"
    if "" in (first, last):
        return "至".join(_simple_label(end) if end else "日期不详" for end in (first, last))
    return f"{_simple_label(first)}至{_simple_label(last)}"


def _simple_label(edtf: str) -> str:
    match = _SIMPLE.fullmatch(edtf)
    if match is None:
        raise ValueError(f"not an EDTF date: {edtf!r}")
    words = f"{match['year'].replace('X', '×')}年"
    for part, unit, qualifier in (("month", "月", match["qm"]), ("day", "日", match["qd"])):
        written = match[part]
        if written is None or (written == "XX" and match["day"] in (None, "XX")):
            continue
        if written == "XX":
            words += f"×{unit}"
        elif int(written) in _SEASONS and part == "month":
            words += _SEASONS[int(written)]
        else:
            words += f"{int(written)}{unit}"
        words += _QUALIFIERS.get(qualifier or "", "")
    return words + _QUALIFIERS.get(match["q"], "")
