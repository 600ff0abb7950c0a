"""What a person has changed in a content file since the converter wrote it, key by key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sitegen.frontmatter import FACT_KEYS, facts_as_plain
from sitegen.model import Converted, Flag, Notice

KEYS = (*FACT_KEYS, "source", "body")
"""What the converter writes and a person may change; `source` stands for its `url` and `captured`."""


def digest(value: Any) -> str:
    """Digest a value of the front matter or a body: 8 hexadecimal digits of the SHA-256 of its JSON."""
    plain = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("ascii")).hexdigest()[:8]


def as_written(notice: Notice) -> Notice:
    """Give a notice with the digests of what it now says."""
    facts = {key: digest(value) for key, value in _plain(notice).items()}
    flags = tuple(map(_digest_flag, notice.facts.flags))
    return replace(notice, converted=Converted(tuple(facts.items()), digest(notice.body), flags))


def _plain(notice: Notice) -> dict[str, Any]:
    """Give the values of the front matter that have one digest each; flags have their own, so has the body."""
    plain = facts_as_plain(notice.facts)
    plain.pop("flags", None)
    found = _found(notice)
    return plain | ({"source": found} if any(found) else {})


def _found(notice: Notice) -> tuple[str | None, str | None]:
    """Give where and when the source of a notice was found."""
    return (notice.source.url, notice.source.captured) if notice.source else (None, None)


def _digest_flag(flag: Flag) -> str:
    return digest([flag.code, flag.note])


def edited_keys(notice: Notice) -> tuple[str, ...]:
    """Name what a person has changed since the last conversion; everything where the converter wrote nothing."""
    if notice.converted is None:
        return KEYS
    there = {key: digest(value) for key, value in _plain(notice).items()} | {"body": digest(notice.body)}
    written = dict(notice.converted.facts) | {"body": notice.converted.body}
    flags = notice.facts.flags
    flags_edited = any(flag.closed for flag in flags) or set(map(_digest_flag, flags)) != set(notice.converted.flags)
    return tuple(key for key in KEYS if (flags_edited if key == "flags" else there.get(key) != written.get(key)))


def is_outdated(notice: Notice, offered: Notice, key: str) -> bool:
    """Tell whether the converter now offers something else under a key than what it wrote into the file."""
    if notice.converted is None or offered.converted is None:
        return False
    return _written(notice.converted, key) != _written(offered.converted, key)


def _written(digests: Converted, key: str) -> object:
    if key == "flags":
        return set(digests.flags)
    return digests.body if key == "body" else dict(digests.facts).get(key)


def value_of(notice: Notice, key: str) -> object:
    """Give what a notice says under a key, for comparison; of its flags those that are open, in no order."""
    if key == "flags":
        return {(flag.code, flag.note) for flag in notice.facts.flags if flag.is_open}
    if key == "source":
        return _found(notice)
    return notice.body if key == "body" else getattr(notice.facts, key)


def merge_flags(notice: Notice, before: Notice) -> Notice:
    """Give a new conversion the flags of the file it renews, one by one.

    What a person closed or added stays; what a person took away stays away while the converter says the same; what
    the converter no longer says goes. A flag with another note is another flag, and open.
    """
    written = before.converted.flags if before.converted else ()
    raised = {_digest_flag(flag) for flag in notice.facts.flags}
    there = {_digest_flag(flag): flag for flag in before.facts.flags}
    kept = [flag for key, flag in there.items() if not flag.is_open or key not in written or key in raised]
    new = [flag for flag in notice.facts.flags if _digest_flag(flag) not in {*there, *written}]
    return replace(notice, facts=replace(notice.facts, flags=(*kept, *new)))


def take(notice: Notice, other: Notice, key: str) -> Notice:
    """Give a notice with the value and the digest that another version of it has under one key."""
    if key == "body":
        changed = replace(notice, body=other.body)
    elif key == "source":
        url, captured = _found(other)
        changed = replace(notice, source=notice.source and replace(notice.source, url=url, captured=captured))
    else:
        changed = replace(notice, facts=replace(notice.facts, **{key: getattr(other.facts, key)}))
    if notice.converted is None or other.converted is None:
        return changed
    return replace(changed, converted=_take_digest(notice.converted, other.converted, key))


def _take_digest(digests: Converted, other: Converted, key: str) -> Converted:
    if key == "body":
        return replace(digests, body=other.body)
    if key == "flags":
        return replace(digests, flags=other.flags)
    facts: Mapping[str, str] = {name: value for name, value in digests.facts if name != key}
    facts = {**facts, **{name: value for name, value in other.facts if name == key}}
    return replace(digests, facts=tuple((name, facts[name]) for name in KEYS if name in facts))
