"""Bringing conversions and content files together, so that nothing a person wrote is ever overwritten.

A file keeps digests of what the converter wrote; only values that still match theirs are replaced by a new conversion.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sitegen import markup
from sitegen.frontmatter import FACT_KEYS, facts_as_plain
from sitegen.model import Conversion, Converted, Facts, Notice, Source
from sitegen.store.reading import Seed
from sitegen.text import parse_numeral, slug


@dataclass(frozen=True, slots=True)
class Update:
    """What a conversion makes of a content file."""

    notice: Notice
    before: Notice | None
    """The notice as the file holds it; None where the file is new."""
    kept: tuple[str, ...] = ()
    """Keys (and `body`) that a person has changed and that the converter would now write differently."""

    @property
    def is_change(self) -> bool:
        """Whether the file has to be written."""
        return self.notice != self.before


def reconcile(
    converted: Iterable[tuple[Seed, Conversion]], notices: Iterable[Notice], today: str
) -> tuple[Update, ...]:
    """Bring conversions and content files together, in the order of the seeds.

    A seed belongs to the notice that names its file, else to one that names its digest and whose own file is gone.
    """
    converted = tuple(converted)
    known = tuple(notices)
    by_file = {notice.source.file: notice for notice in known if notice.source}
    present = {seed.file for seed, _ in converted}
    by_digest = {n.source.sha256: n for n in known if n.source and n.source.file not in present}
    pairs = [(seed, made, by_file.get(seed.file) or by_digest.get(seed.sha256)) for seed, made in converted]
    ids = _new_ids([(seed, made.facts) for seed, made, notice in pairs if notice is None], {n.id for n in known})
    return tuple(
        _new(seed, made, ids[seed.file], today) if notice is None else _renewed(seed, made, notice)
        for seed, made, notice in pairs
    )


def _new(seed: Seed, made: Conversion, notice_id: str, today: str) -> Update:
    body = markup.write(made.blocks)
    digests = Converted(_digests(made.facts), digest(body))
    return Update(Notice(notice_id, made.facts, body, added=today, source=_source(seed, made), converted=digests), None)


def _renewed(seed: Seed, made: Conversion, notice: Notice) -> Update:
    """Take over what the converter now says, but for values that differ from what it wrote the last time."""
    written = dict(notice.converted.facts) if notice.converted else {}
    there, offered = _digests_by_key(notice.facts), _digests_by_key(made.facts)
    edited = {key for key in FACT_KEYS if notice.converted is None or there.get(key) != written.get(key)}
    facts = replace(made.facts, **{key: getattr(notice.facts, key) for key in edited})
    body, offered_body = notice.body, markup.write(made.blocks)
    body_edited = notice.converted is None or digest(body) != notice.converted.body
    digests = Converted(
        tuple((key, value) for key in FACT_KEYS if (value := (written if key in edited else offered).get(key))),
        notice.converted.body if body_edited and notice.converted else digest(offered_body),
    )
    kept = [key for key in FACT_KEYS if key in edited and there.get(key) != offered.get(key)]
    kept += ["body"] if body_edited and body != offered_body else []
    renewed = replace(
        notice,
        facts=facts,
        body=body if body_edited else offered_body,
        source=_source(seed, made),
        converted=digests if notice.converted else None,
    )
    return Update(renewed, notice, tuple(kept))


def _source(seed: Seed, made: Conversion) -> Source:
    return Source(seed.file, seed.sha256, made.encoding, seed.url, seed.captured)


def digest(value: Any) -> str:
    """Digest a value of the front matter or a body: 8 hexadecimal digits of the SHA-256 of its JSON."""
    plain = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("ascii")).hexdigest()[:8]


def _digests(facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple(_digests_by_key(facts).items())


def _digests_by_key(facts: Facts) -> dict[str, str]:
    return {key: digest(value) for key, value in facts_as_plain(facts).items()}


def _new_ids(made: Iterable[tuple[Seed, Facts]], taken: set[str]) -> Mapping[str, str]:
    """Choose the ids of new notices; those that collide all take a part of their digest."""
    made = tuple(made)
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
