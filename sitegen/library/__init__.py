"""The library: all published notices in one order, and the institutions they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sitegen.dates import bounds
from sitegen.errors import Problem
from sitegen.library.bodies import institution_of
from sitegen.library.institutions import UNKNOWN_SLUG, group_institutions, pinyin_key, suggest_records
from sitegen.model import AuthorityRecord, Library, Notice, order_date

__all__ = [
    "UNKNOWN_SLUG",
    "build_library",
    "find_collisions",
    "group_institutions",
    "institution_of",
    "order_key",
    "pinyin_key",
    "suggest_records",
]


def order_key(notice: Notice) -> tuple[int, str]:
    """Key that sorts newest first by the first day a date can mean, undated last, then by id."""
    dated = order_date(notice)
    if dated is None:
        return 1, notice.id
    first, last = bounds(dated[0])
    return -(first or last or date.min).toordinal(), notice.id


def build_library(notices: Iterable[Notice], authority: Iterable[AuthorityRecord] = ()) -> Library:
    """Put the notices in order and group the bodies that issued them; drafts are left out.

    Bodies are grouped by the curators' records, else by the rule. A joint notice stands under each of its
    institutions. The order of the arguments does not matter.
    """
    published = sorted((notice for notice in notices if not notice.draft), key=order_key)
    return Library(
        notices=tuple(published),
        institutions=group_institutions(published, authority),
        unattributed=tuple(notice for notice in published if not notice.facts.institutions),
    )


# --- what must be unique --------------------------------------------------------------------------------------------


def find_collisions(notices: Sequence[Notice], paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each former id that another notice uses; `paths` gives the file of each id."""
    owners = {notice.id: notice.id for notice in notices}
    for notice in notices:
        for alias in notice.aliases:
            if alias in owners:
                message = f"the former id {alias!r} is in use by {paths[owners[alias]]}."
                hint = "Take it out of `aliases` in one of the two files."
                yield Problem("address-collision", paths[notice.id], message, hint)
            owners.setdefault(alias, notice.id)
