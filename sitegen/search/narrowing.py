"""What narrows a result, and what it is counted by: institution, genre, year. The twin of `static/js/facets.js`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sitegen.search.site_files import SearchFiles, telling


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows a result to; None where nothing is chosen."""

    institution: str | None = None
    """Slug of an institution, the last part of its page's address."""
    genre: str | None = None
    year: str | None = None
    """Four digits."""
    first: str | None = None
    """YYYY, YYYY-MM or YYYY-MM-DD: the first day, the first of that month or year."""
    last: str | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, and how many notices have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of every notice, by number."""

    institutions: Sequence[tuple[str, str]]
    """Slug and name, in the order of pinyin."""
    genres: Sequence[str]
    institution: Sequence[Sequence[int]]
    """Places in `institutions`."""
    genre: Sequence[int]
    """Place in `genres`, -1 where it has none."""
    day: Sequence[int]
    """The first day it stands under as the number YYYYMMDD, 0 where it is undated."""
    precision: str
    """How much of it is known: "0" nothing, "1" the year, "2" the month, "3" the day."""

    def values(self, facet: str, number: int) -> list[str]:
        """Give what a notice has of a facet."""
        if facet == "institution":
            return [self.institutions[place][0] for place in self.institution[number]]
        if facet == "genre":
            return [self.genres[self.genre[number]]] if self.genre[number] >= 0 else []
        return [_year(self.day[number])] if self.day[number] else []


FACETS = ("institution", "genre", "year")


def read_facets(files: SearchFiles) -> Facets:
    """Read the facets of a built index."""
    written = files.json("facets")
    with telling(files.directory.files["facets"]):
        return _checked(written, files.directory.notices)


def _checked(written: Any, notices: int) -> Facets:
    facets = Facets(
        [(str(slug), str(name)) for slug, name in written["institutions"]], list(map(str, written["genres"])),
        written["institution"], written["genre"], written["day"], str(written["precision"]),
    )  # fmt: skip
    if not len(facets.institution) == len(facets.genre) == len(facets.day) == len(facets.precision) == notices:
        raise ValueError("facets of other notices")
    for number in range(notices):  # every place is one of a value
        for facet in FACETS:
            facets.values(facet, number)
    return facets


def failing(facets: Facets, filters: Filters, number: int) -> set[str]:
    """Name the filters that a notice does not pass: facets, and `date`."""
    failed = set()
    for facet in FACETS:
        chosen = getattr(filters, facet)
        if chosen is not None and chosen not in facets.values(facet, number):
            failed.add(facet)
    if not _is_between(facets.day[number], facets.precision[number], filters):
        failed.add("date")
    return failed


def _is_between(day: int, precision: str, filters: Filters) -> bool:
    """Tell whether a date surely lies in the span of the filters."""
    if filters.first is None and filters.last is None:
        return True
    first, last = _day(filters.first or "0000", "0"), _day(filters.last or "9999", "9")
    return day > 0 and first <= day and _last_day(day, precision) <= last


def _last_day(day: int, precision: str) -> int:
    """Give the last day that a date may mean, of which so much is known."""
    if precision == "3":
        return day
    return day // 10_000 * 10_000 + 1231 if precision == "1" else day // 100 * 100 + 31


def _day(date: str, fill: str) -> int:
    """Give the first day a date may be, or with nines the last."""
    return int(date.replace("-", "").ljust(8, fill))


def _year(day: int) -> str:
    return f"{day // 10_000:04}"


def count_facets(facets: Facets, found: Iterable[int], filters: Filters) -> Mapping[str, list[FacetValue]]:
    """Count notices by facet: each facet over those that pass the filters of all others; chosen values stay at 0."""
    failed = {number: failing(facets, filters, number) for number in found}
    return {
        facet: _listed(
            facet,
            facets,
            Counter(value for number in failed if failed[number] <= {facet} for value in facets.values(facet, number)),
            getattr(filters, facet),
        )
        for facet in FACETS
    }


def _listed(facet: str, facets: Facets, counts: Counter[str], chosen: str | None) -> list[FacetValue]:
    if facet == "institution":
        named = [(slug, name) for slug, name in facets.institutions]
    elif facet == "genre":
        named = [(name, name) for name in facets.genres]
    else:
        named = [(year, year) for year in sorted({*counts, *([chosen] if chosen else [])}, reverse=True)]
    return [FacetValue(value, name, counts[value]) for value, name in named if counts[value] or value == chosen]
