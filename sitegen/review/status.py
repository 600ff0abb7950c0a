"""The state of a collection: what is new, changed, edited, flagged or faulty, and what converting would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sitegen import store
from sitegen.build import ConvertReport, Progress, convert_seeds
from sitegen.config import Ignored, SiteConfig
from sitegen.errors import Problem
from sitegen.library import suggest_records
from sitegen.model import AuthorityRecord, Notice


@dataclass(frozen=True, slots=True)
class Pair:
    """A content file and its source."""

    content: str
    source: str


@dataclass(frozen=True, slots=True)
class Keys:
    """A content file and some of its keys, `body` and `source` among them."""

    content: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """A kind of flag and the content files in which it is open."""

    code: str
    contents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a collection; the names of the fields are the keys that `sitegen status --json` prints."""

    notices: int
    new: tuple[str, ...]
    """Sources that no content file belongs to yet."""
    waiting: tuple[str, ...]
    """New sources that may belong to a faulty content file."""
    changed: tuple[Pair, ...]
    """Sources whose bytes are others than those that were converted."""
    renamed: tuple[Pair, ...]
    """Sources that have another name now."""
    missing: tuple[Pair, ...]
    """Sources that are gone; the content stays."""
    pending: tuple[Keys, ...]
    """What a new conversion would change, people's edits apart."""
    edited: tuple[Keys, ...]
    """What people have changed."""
    differs: tuple[Keys, ...]
    """Edits for which the converter would write something else."""
    outdated: tuple[Keys, ...]
    """Those of `differs` for which the converter has changed its reading since."""
    flags: tuple[OpenFlag, ...]
    ignored: tuple[Ignored, ...]
    institutions: tuple[AuthorityRecord, ...]
    """Records suggested for institutions that have none."""
    problems: tuple[Problem, ...]

    def as_plain(self) -> dict[str, Any]:
        """Give the state as lists and maps, ready for JSON."""
        return asdict(self)


def read_status(project: Path, config: SiteConfig, progress: Progress = lambda stage, done, total: None) -> Status:
    """Read the state of a collection; nothing is written.

    Raises UsageError where the folder is no collection.
    """
    report = convert_seeds(project, config, write=False, progress=progress)
    collection, updates = report.collection, report.updates
    notices = collection.notices
    return Status(
        notices=len(notices),
        new=tuple(seed.path for seed in collection.new),
        waiting=report.waiting,
        changed=tuple(_pairs(collection, "sha256")),
        renamed=tuple(_pairs(collection, "file")),
        missing=_missing(report),
        pending=_keys((one.notice, _changed_keys(one)) for one in updates if one.before and one.is_change),
        edited=_keys((notice, store.edited_keys(notice)) for notice in notices if notice.converted),
        differs=_keys((one.notice, one.kept) for one in updates),
        outdated=_keys((one.notice, one.outdated) for one in updates),
        flags=_open_flags(notices),
        ignored=tuple(sorted(config.ignore, key=lambda entry: entry.file)),
        institutions=suggest_records(notices, collection.authority),
        problems=report.problems,
    )


def _pairs(collection: store.Collection, attribute: str) -> list[Pair]:
    """List the pairs of notice and seed that differ in one attribute of the source."""
    return [
        Pair(store.content_path(notice.id), seed.path)
        for seed in collection.seeds
        if (notice := collection.owners.get(seed.file))
        and getattr(notice.source, attribute) != getattr(seed, attribute)
    ]


def _missing(report: ConvertReport) -> tuple[Pair, ...]:
    """List the notices without their source; a source that is there and has a fault is told as such."""
    owned = {notice.id for notice in report.collection.owners.values()}
    faulty = {problem.path for problem in report.problems}
    return tuple(
        Pair(store.content_path(notice.id), notice.source.path)
        for notice in report.collection.notices
        if notice.source and notice.id not in owned and notice.source.path not in faulty
    )


def _changed_keys(update: store.Update) -> tuple[str, ...]:
    """Name what an update changes in its file: `converted` where that is the digests alone."""
    before, after = update.before, update.notice
    if before is None:
        return ()
    keys = [key for key in store.KEYS if key != "source" and store.value_of(before, key) != store.value_of(after, key)]
    keys += ["source"] if before.source != after.source else []
    return tuple(keys) or ("converted",)


def _keys(entries: Iterable[tuple[Notice, Iterable[str]]]) -> tuple[Keys, ...]:
    made = (Keys(store.content_path(notice.id), tuple(keys)) for notice, keys in entries)
    return tuple(one for one in made if one.keys)


def _open_flags(notices: Sequence[Notice]) -> tuple[OpenFlag, ...]:
    contents: dict[str, list[str]] = defaultdict(list)
    for notice in notices:
        for code in dict.fromkeys(flag.code for flag in notice.facts.flags if flag.is_open):
            contents[code].append(store.content_path(notice.id))
    return tuple(OpenFlag(code, tuple(contents[code])) for code in sorted(contents))
