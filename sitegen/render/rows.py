"""A notice as one row of a list, and its date as readers see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen import dates, markup
from sitegen.indexes import place_in_time
from sitegen.model import Notice, block_lines, order_date
from sitegen.render.paths import notice_address
from sitegen.render.templates import Words, fill

_PLAIN_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_OPENING = 16
"""Characters of a text that stand for a title where the notice says nothing else of itself."""


@dataclass(frozen=True, slots=True)
class DateView:
    """A date with all that its place on a page may need."""

    edtf: str
    kind: str
    """"signed", "published" or "inferred"."""
    label: str
    short: str
    """Under the heading of its month: month and day, or the label where the day is not known."""
    datetime: str | None
    """The value HTML allows in `datetime`; None for a date that HTML cannot say."""


@dataclass(frozen=True, slots=True)
class Row:
    """What lists show of a notice."""

    address: str
    title: str
    is_composed: bool
    """Whether the title is ours because the text has none."""
    language: str
    institutions: tuple[str, ...]
    document_number: str | None
    genre: str | None
    date: DateView | None


def make_row(notice: Notice, words: Words, language: str) -> Row:
    """Make the row of a notice in the language of the interface."""
    found = order_date(notice)
    facts = notice.facts
    return Row(
        address=notice_address(notice.id),
        title=facts.title or compose_title(notice, words),
        is_composed=not facts.title,
        language=facts.language if facts.title else language,
        institutions=facts.institutions,
        document_number=facts.document_number,
        genre=facts.genre,
        date=None if found is None else view_date(*found, words, language),
    )


def view_date(edtf: str, kind: str, words: Words, language: str) -> DateView:
    """Make the view of a date; other interfaces than Chinese show EDTF, which needs no translation."""
    earliest, latest = dates.bounds(edtf)
    label = short = dates.label(edtf) if language.startswith("zh") else edtf
    is_plain = _PLAIN_DATE.fullmatch(edtf) is not None
    if earliest is not None and earliest == latest and is_plain:
        short = fill(words["dates"]["day"], month=earliest.month, day=earliest.day)
    return DateView(edtf, kind, label, short, edtf if is_plain else None)


def compose_title(notice: Notice, words: Words) -> str:
    """Compose a label for a notice without a title from what it says of itself: 〔无题〕学校纪委 倡议 2020年."""
    placed = place_in_time(notice)
    parts = [*notice.facts.institutions[:1], *filter(None, [notice.facts.genre])]
    if not parts:
        parts.append(notice.facts.document_number or _opening(notice, words["untitled"]))
    if placed is not None:
        year = words["dates"]["composed_inferred"] if placed.kind == "inferred" else words["untitled"]["year"]
        parts.append(fill(year, year=placed.year))
    return fill(words["untitled"]["label"], parts=words["untitled"]["separator"].join(parts))


def _opening(notice: Notice, words: Mapping[str, str]) -> str:
    lines = [line for block in markup.parse(notice.body) for line in block_lines(block) if line.strip()]
    opening = lines[0].strip() if lines else notice.id
    shown = opening[:_OPENING].rstrip("，、；：。,;:.") or opening
    return shown if len(opening) <= _OPENING else fill(words["opening"], text=shown)
