"""The library: all published notices in one order, and the institutions they come from."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sitegen.dates import bounds
from sitegen.errors import Problem
from sitegen.model import Institution, Library, Notice, order_date
from sitegen.text import pinyin, slug

UNKNOWN_SLUG = "unknown"
"""Address of the page for notices whose institution is not known."""


def order_key(notice: Notice) -> tuple[int, str]:
    """Key that sorts newest first by the first day a date can mean, undated last, then by id."""
    dated = order_date(notice)
    if dated is None:
        return 1, notice.id
    first, last = bounds(dated[0])
    return -(first or last or date.min).toordinal(), notice.id


def build_library(notices: Iterable[Notice]) -> Library:
    """Put the notices in order and group the bodies that issued them; drafts are left out.

    A joint notice stands under each of its institutions. The order of the argument does not matter.
    """
    published = sorted((notice for notice in notices if not notice.draft), key=order_key)
    by_institution: dict[str, dict[str, Notice]] = defaultdict(dict)
    bodies: dict[str, set[str]] = defaultdict(set)
    for notice in published:
        for body in notice.facts.institutions:
            name = institution_of(body)
            by_institution[name][notice.id] = notice
            bodies[name].add(body)
    slugs = _slugs(by_institution)
    institutions = [
        Institution(slugs[name], name, tuple(sorted(bodies[name], key=pinyin_key)), tuple(members.values()))
        for name, members in by_institution.items()
    ]
    return Library(
        notices=tuple(published),
        institutions=tuple(sorted(institutions, key=lambda institution: pinyin_key(institution.name))),
        unattributed=tuple(notice for notice in published if not notice.facts.institutions),
    )


def pinyin_key(name: str) -> tuple[list[str], str]:
    """Key that sorts names by their pinyin, equal readings by their characters."""
    return pinyin(name), name


def _slugs(names: Iterable[str]) -> Mapping[str, str]:
    """Give every name an address of its own; names that read alike all take a digest of their characters."""
    readings = {name: slug(name, 73) for name in names}
    counts = defaultdict(int, {UNKNOWN_SLUG: 1, "": 1})
    for reading in readings.values():
        counts[reading] += 1
    return {
        name: reading if counts[reading] == 1 else f"{reading or 'institution'}-{_digest(name)}"
        for name, reading in readings.items()
    }


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]


# --- bodies and their institution -----------------------------------------------------------------------------------

_PARTY = re.compile("中国共产党|中国共产主义青年团|共青团|中共")
_SCHOOL = re.compile(
    r"(?P<name>\w{2,30}?(?:大学|学院|学校|中学|小学|党校|研究院|研究所)(?:大学|学院)?)"
    r"(?P<body>\w{0,12}(?:委员会|党委|纪委|团委|工会|学生会|研究生会|处|部|办公室|办公厅|办|中心|科|室|馆|系|学院|领导小组|指挥部)"
    r"(?:办公室|办公厅)?)?"
)
_OFFICE = re.compile(
    r"(?P<name>\w{0,30}(?:国务院|中央|人民政府|委员会|省委|市委|区委|县委|部|局|厅|总局|署))(?:办公厅|办公室)"
)


def institution_of(body: str) -> str:
    """Give the institution in whose name a body speaks; the body itself where the rule knows none.

    A school speaks through its party committee, offices and departments (中共上海电机学院委员会, 湖南城市学院教务处),
    an organ of the state or the party through its general office (国务院办公厅). A hospital or a school attached to a
    university is an institution of its own.
    """
    core = _PARTY.sub("", body, count=1) if _PARTY.match(body) else body
    school = _SCHOOL.fullmatch(core)
    if school and not re.search("医院|附属", core):
        return school["name"]
    office = _OFFICE.fullmatch(body)
    return office["name"] if office else body


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
