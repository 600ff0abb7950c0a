"""Ids of new notices: permanent, ASCII, never made from the title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from sitegen.model import Facts
from sitegen.store.reading import Seed
from sitegen.text import parse_numeral, slug


def new_ids(made: Iterable[tuple[Seed, Facts]], taken: Iterable[str]) -> Mapping[str, str]:
    """Choose the ids of new notices; those that collide all take a part of their digest.

    An id in `taken` is never given again.
    """
    made, taken = tuple(made), set(taken)
    short = {seed.file: _id(seed, facts) for seed, facts in made}
    counts = Counter(short.values())
    ids: dict[str, str] = {}
    for seed, facts in made:
        choices = (short[seed.file], _id(seed, facts, 6), _id(seed, facts, 12), _id(seed, facts, 24))
        free = [name for name in choices[counts[short[seed.file]] > 1 :] if name not in taken]
        ids[seed.file] = free[0]
        taken.add(free[0])
    return ids


def _id(seed: Seed, facts: Facts, digits: int = 0) -> str:
    """Compose an id: signed date, institution in pinyin, number; or so many digits of the digest for the number."""
    institution = facts.institutions[0] if facts.institutions else ""
    number = None if digits else _serial_number(facts.document_number)
    signed = facts.signed if facts.signed and re.fullmatch(r"\d{4}(-\d\d){0,2}", facts.signed, re.ASCII) else "undated"
    parts = [signed, slug(institution, 40), number or seed.sha256[: digits or 6]]
    return "-".join(part for part in parts if part)


def _serial_number(document_number: str | None) -> str | None:
    """Give the serial number within a document number: 14 of 沪电机院委〔2020〕14号."""
    found = re.findall("([0-9０-９一二三四五六七八九十百〇○]{1,6}) *号", document_number or "")
    number = parse_numeral(found[-1]) if found else None
    return None if number is None else str(number)
