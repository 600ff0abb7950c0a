"""Bringing conversions and content files together, so that nothing a person wrote is ever overwritten.

A file keeps digests of what the converter wrote; only values that still match theirs are replaced by a new conversion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from sitegen import markup
from sitegen.model import Conversion, Notice, Source
from sitegen.store.edits import KEYS, as_written, edited_keys, is_outdated, merge_flags, take, value_of
from sitegen.store.ids import new_ids
from sitegen.store.pairing import pair
from sitegen.store.reading import Seed


@dataclass(frozen=True, slots=True)
class Update:
    """What a conversion makes of a content file."""

    notice: Notice
    before: Notice | None
    """The notice as the file holds it; None where the file is new."""
    offered: Notice
    """The notice as the conversion alone would have it, without what a person has changed."""
    conversion: Conversion
    kept: tuple[str, ...] = ()
    """Keys (and `body`) that a person has changed and that the converter would now write differently."""
    outdated: tuple[str, ...] = ()
    """Those of `kept` for which the converter now says something else than it said before the person's change."""

    @property
    def is_change(self) -> bool:
        """Whether the file has to be written."""
        return self.notice != self.before


def reconcile(
    converted: Iterable[tuple[Seed, Conversion]],
    notices: Iterable[Notice],
    today: str,
    owners: Mapping[str, Notice] | None = None,
) -> tuple[Update, ...]:
    """Bring conversions and content files together, in the order of the seeds.

    `owners` gives the notice of each seed's file, as `pair` finds it. A new id is one that no notice has or had.
    """
    converted, known = tuple(converted), tuple(notices)
    if owners is None:
        owners = pair((seed for seed, _ in converted), known)
    taken = {name for notice in known for name in (notice.id, *notice.aliases)}
    ids = new_ids([(seed, made.facts) for seed, made in converted if seed.file not in owners], taken)
    return tuple(
        _renewed(seed, made, owners[seed.file])
        if seed.file in owners
        else _new(seed, made, Notice(ids[seed.file], made.facts, "", added=today))
        for seed, made in converted
    )


def accept(update: Update, key: str | None = None) -> Update:
    """Take the conversion in the place of what a person has changed: for one key, or for all facts and the body.

    A flag that the converter still raises stays closed.
    """
    accepted = update.offered if key is None else take(update.notice, update.offered, key)
    kept, outdated = (tuple(one for one in keys if key not in (None, one)) for keys in (update.kept, update.outdated))
    return replace(update, notice=accepted, kept=kept, outdated=outdated)


def _new(seed: Seed, made: Conversion, notice: Notice) -> Update:
    offered = _offer(seed, made, notice)
    return Update(offered, None, offered, made)


def _renewed(seed: Seed, made: Conversion, notice: Notice) -> Update:
    """Take over what the converter now says, but for values that differ from what it wrote the last time."""
    offered = _offer(seed, made, notice)
    edited = edited_keys(notice)
    if notice.converted is None:
        renewed = take(replace(notice, source=offered.source), notice, "source")
    else:
        changed = (key for key in edited if key != "flags")
        renewed = merge_flags(reduce(lambda so_far, key: take(so_far, notice, key), changed, offered), notice)
    kept = tuple(key for key in KEYS if key in edited and value_of(renewed, key) != value_of(offered, key))
    outdated = tuple(key for key in kept if is_outdated(notice, offered, key))
    return Update(renewed, notice, offered, made, kept, outdated)


def _offer(seed: Seed, made: Conversion, notice: Notice) -> Notice:
    """Give the notice with all that the converter says; what it knows nothing of stays, closed flags included."""
    reasons = {(flag.code, flag.note): flag.closed for flag in notice.facts.flags}
    flags = tuple(replace(flag, closed=reasons.get((flag.code, flag.note))) for flag in made.facts.flags)
    source = Source(seed.file, seed.sha256, made.encoding, seed.url, seed.captured)
    return as_written(
        replace(notice, facts=replace(made.facts, flags=flags), body=markup.write(made.blocks), source=source)
    )
