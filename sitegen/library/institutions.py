"""The institutions of a collection: bodies grouped by the curators' records, else by the rule, each with an address."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sitegen.library.bodies import institution_of, institutions_above, names_before
from sitegen.model import MASK, AuthorityRecord, Institution, Notice
from sitegen.text import pinyin, slug

UNKNOWN_SLUG = "unknown"
"""Address of the page for notices whose institution is not known."""


def group_institutions(notices: Iterable[Notice], authority: Iterable[AuthorityRecord]) -> tuple[Institution, ...]:
    """Group notices by the institution of each of their bodies, sorted by pinyin; the notices keep their order."""
    records = _by_name(authority)
    members: dict[str, dict[str, Notice]] = defaultdict(dict)
    bodies: dict[str, set[str]] = defaultdict(set)
    for notice in notices:
        for body in notice.facts.institutions:
            record = _find_record(body, records)
            name = record.name if record else institution_of(body)
            members[name][notice.id] = notice
            bodies[name].add(body)
    slugs = _slugs(members, records)
    return tuple(
        Institution(slugs[name], name, _sorted(bodies[name]), tuple(members[name].values()), records.get(name))
        for name in _sorted(members)
    )


def suggest_records(notices: Iterable[Notice], authority: Iterable[AuthorityRecord]) -> tuple[AuthorityRecord, ...]:
    """Suggest a record for every institution that has none: its bodies as the rule groups them, and its address.

    Sorted by pinyin. A name that holds a mask is none.
    """
    records = _by_name(authority)
    bodies: dict[str, set[str]] = defaultdict(set)
    for body in {body for notice in notices for body in notice.facts.institutions}:
        if MASK[0] not in body and _find_record(body, records) is None:
            name = institution_of(body)
            bodies[name] |= {body} - {name}
    slugs = _slugs(bodies, records)
    return tuple(AuthorityRecord(name, slugs[name], _sorted(bodies[name])) for name in _sorted(bodies))


def pinyin_key(name: str) -> tuple[list[str], str]:
    """Key that sorts names by their pinyin, equal readings by their characters."""
    return pinyin(name), name


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=pinyin_key))


def _by_name(authority: Iterable[AuthorityRecord]) -> Mapping[str, AuthorityRecord]:
    return {name: record for record in authority for name in record.names}


def _find_record(body: str, records: Mapping[str, AuthorityRecord]) -> AuthorityRecord | None:
    """Find the record of a body: under its own name, under a name it begins with, under one the rule gives it."""
    if not records:
        return None
    names = (body, *names_before(body), *institutions_above(body))
    return next((records[name] for name in names if name in records), None)


def _slugs(names: Iterable[str], records: Mapping[str, AuthorityRecord]) -> Mapping[str, str]:
    """Give every name an address of its own: that of its record, else its pinyin.

    Names that read alike, or as a record's address does, all take a digest of their characters.
    """
    fixed = {record.name: record.slug for record in records.values() if record.slug}
    readings = {name: slug(name, 73) for name in names if name not in fixed}
    counts = defaultdict(int, dict.fromkeys((UNKNOWN_SLUG, "", *fixed.values()), 1))
    for reading in readings.values():
        counts[reading] += 1
    computed = {
        name: reading if counts[reading] == 1 else f"{reading or 'institution'}-{_digest(name)}"
        for name, reading in readings.items()
    }
    return {**fixed, **computed}


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
