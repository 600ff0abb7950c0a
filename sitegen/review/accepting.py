"""Taking a new conversion in the place of what people have changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sitegen import store
from sitegen.config import SiteConfig
from sitegen.errors import OutputError
from sitegen.review.differences import describe
from sitegen.review.selection import convert_named


def accept_conversions(
    project: Path,
    config: SiteConfig,
    names: Sequence[str],
    key: str | None = None,
    show: Callable[[str], None] = lambda line: None,
) -> tuple[tuple[str, bool], ...]:
    """Write the new conversion into the content files that are named: all facts and the body, or one key alone.

    What that changes, a person's words among it, is shown line by line before anything is written. Id, tags, draft,
    aliases, anchors and the day of joining stay; a flag that is raised again stays closed. Returns each path with
    whether the file changed. Raises UsageError and InputError for names that cannot be converted, OutputError where a
    file cannot be written.
    """
    accepted = [store.accept(update, key) for update in convert_named(project, config, names)]
    for update in accepted:
        for line in describe(replace(update, kept=())):
            show(line)
    problems = store.write_updates(project, accepted)
    if problems:
        raise OutputError(problems)
    return tuple((store.content_path(update.notice.id), update.is_change) for update in accepted)
