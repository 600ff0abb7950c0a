"""What a new conversion would change in `content/`, as a listing in the manner of a unified diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from sitegen import markup, store
from sitegen.build import Progress, convert_seeds
from sitegen.config import SiteConfig
from sitegen.errors import Problem
from sitegen.model import Flag, Notice
from sitegen.review.selection import convert_named
from sitegen.review.shown import plain


def list_differences(
    project: Path, config: SiteConfig, names: Sequence[str], progress: Progress = lambda stage, done, total: None
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """List what a conversion of the named files, or of all, would write; give the lines, and faults of the input.

    Writes nothing. Raises UsageError and InputError for names that cannot be converted.
    """
    if names:
        return _describe_all(convert_named(project, config, names)), ()
    report = convert_seeds(project, config, write=False, progress=progress)
    return _describe_all(report.updates), report.problems


def _describe_all(updates: Iterable[store.Update]) -> tuple[str, ...]:
    return tuple(line for update in updates for line in describe(update))


def describe(update: store.Update) -> Iterator[str]:
    """Describe what an update changes in its content file and what it leaves as a person wrote it."""
    path = store.content_path(update.notice.id)
    changes = [line for key in store.KEYS for line in _hunks(key, update.before, update.notice, "-+")]
    kept = [
        line
        for key in update.kept
        for line in _hunks(key, update.notice, update.offered, "=~", " (kept as edited; ~ is the converter's)")
    ]
    if update.is_change and not changes:
        changes.append("@@ converted: what the converter remembers of its own words @@")
    if not changes and not kept:
        return
    source = update.notice.source
    yield f"--- {path if update.before else 'nothing'}"
    yield f"+++ {path}" + (f" (from {plain(source.path)})" if source else "")
    yield from changes
    yield from kept


def _hunks(key: str, before: Notice | None, after: Notice, signs: str, remark: str = "") -> Iterator[str]:
    """List what differs under one key: for the body block by block, for the others whole."""
    if key == "body" and before and before.body == after.body:
        return
    old, new = _parts(key, before), _parts(key, after)
    if key == "body" and old == new and before and before.body != after.body:
        old, new = before.body.split("\n"), after.body.split("\n")  # the same blocks, written otherwise
    if key != "body":
        old, new = old and ["\n".join(old)], new and ["\n".join(new)]
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield f"@@ {key}{f', block {k + 1}' if key == 'body' else ''}{remark} @@"
            yield from (f"{signs[0]}{plain(line)}" for part in old[i:j] for line in part.split("\n"))
            yield from (f"{signs[1]}{plain(line)}" for part in new[k:m] for line in part.split("\n"))


def _parts(key: str, notice: Notice | None) -> list[str]:
    """Give what a notice says under a key as lines, of its body as blocks."""
    if notice is None:
        return []
    if key == "body":
        return [markup.write((block,)).rstrip("\n") for block in markup.parse(notice.body)]
    return value_lines(key, notice)


def value_lines(key: str, notice: Notice) -> list[str]:
    """Give the value of a fact, or the source, as lines of text; none where it is absent."""
    if key == "flags":
        return [_write_flag(flag) for flag in notice.facts.flags]
    if key == "source":
        source = notice.source
        values = (source.path, source.sha256, source.encoding, source.url, source.captured) if source else ()
        return [value for value in values if value]
    value = getattr(notice.facts, key)
    if key == "dated" and value:
        return [f"{value.edtf} ({value.basis})"]
    return list(value) if isinstance(value, tuple) else [value] if value else []


def _write_flag(flag: Flag) -> str:
    return f"{flag.code}: {flag.note}" + (f" (closed: {flag.closed})" if flag.closed else "")
