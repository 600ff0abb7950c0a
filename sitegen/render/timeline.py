"""The timeline: one page for a small collection, a page a year for a large one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sitegen.indexes import Month, Timeline, Year, build_timeline
from sitegen.model import OutputFile
from sitegen.render.frame import Frame
from sitegen.render.rows import Row
from sitegen.render.templates import fill

MOST_ON_ONE_PAGE = 400
"""Notices above which each year has a page of its own."""


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month as its list shows it."""

    name: str
    anchor: str
    count: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year: its months with their notices, or, given an address, a way to the page that has them."""

    year: int
    count: int
    months: tuple[MonthView, ...]
    address: str | None = None


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One place of the rail beside the list."""

    name: str
    address: str
    count: int
    is_current: bool = False


def render_timeline(frame: Frame) -> Iterator[OutputFile]:
    """Render the timeline; every notice stands in it once."""
    timeline = build_timeline(frame.library)
    years = tuple(_view_year(frame, year) for year in timeline.years)
    undated = frame.rows(timeline.undated)
    if len(frame.library.notices) <= MOST_ON_ONE_PAGE:
        rail = tuple(_rail(frame, timeline, "timeline/#y{}", "timeline/#undated"))
        yield _page(frame, "timeline/", rail, years, undated)
        return
    yield from _render_large(frame, timeline, years, undated)


def _render_large(
    frame: Frame, timeline: Timeline, years: Sequence[YearView], undated: tuple[Row, ...]
) -> Iterator[OutputFile]:
    rail = tuple(_rail(frame, timeline, "timeline/{}/", "timeline/undated/"))
    overview = tuple(replace(year, address=f"timeline/{year.year}/") for year in years)
    yield _page(frame, "timeline/", rail, overview, undated, is_overview=True)
    for year in years:
        yield _page(frame, f"timeline/{year.year}/", rail, (year,), ())
    if undated:
        yield _page(frame, "timeline/undated/", rail, (), undated)


def _page(
    frame: Frame,
    address: str,
    rail: Sequence[RailEntry],
    years: Sequence[YearView],
    undated: tuple[Row, ...],
    is_overview: bool = False,
) -> OutputFile:
    marked = [replace(entry, is_current=entry.address == address) for entry in rail]
    current = next((entry.name for entry in marked if entry.is_current), None)
    title = frame.words["timeline"]["title"]
    return frame.page(
        address, "timeline.html", "timeline", rail=marked, years=years, undated=undated, undated_count=len(undated),
        undated_address="timeline/undated/" if is_overview and undated else None,
        heading=title if current is None else f"{title} {current}",
    )  # fmt: skip


def _rail(frame: Frame, timeline: Timeline, year_address: str, undated_address: str) -> Iterator[RailEntry]:
    for year in timeline.years:
        name = fill(frame.words["dates"]["year"], year=year.year)
        yield RailEntry(name, year_address.format(year.year), len(year.notices))
    if timeline.undated:
        yield RailEntry(frame.words["labels"]["undated"], undated_address, len(timeline.undated))


def _view_year(frame: Frame, year: Year) -> YearView:
    return YearView(year.year, len(year.notices), tuple(_view_month(frame, year, month) for month in year.months))


def _view_month(frame: Frame, year: Year, month: Month) -> MonthView:
    terms = frame.words["dates"]
    name = terms["no_month"] if month.month is None else fill(terms["month"], month=month.month)
    rows = frame.rows(dated.notice for dated in month.notices)
    return MonthView(name, f"y{year.year}-{month.month or 0:02}", len(rows), rows)
