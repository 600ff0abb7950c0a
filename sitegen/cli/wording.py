"""The state of a collection in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sitegen.cli.printing import count

if TYPE_CHECKING:
    from sitegen.model import AuthorityRecord
    from sitegen.review import Status


def status_lines(state: Status) -> Iterator[str]:
    """Give the state group by group, each with its count; groups of nothing are left out."""
    yield f"{count(state.notices, 'content file')}."
    for title, entries in _groups(state):
        if entries:
            yield ""
            yield f"{title}: {len(entries)}"
            yield from (f"  {entry}" for entry in entries)


def _groups(state: Status) -> Iterator[tuple[str, list[str]]]:
    yield "New sources, not converted", list(state.new)
    yield "New sources that wait, since they may belong to a faulty content file", list(state.waiting)
    yield "Sources whose bytes have changed", [f"{one.source} (of {one.content})" for one in state.changed]
    yield "Sources with another name", [f"{one.source} (of {one.content})" for one in state.renamed]
    yield "Sources that are gone; their text stays", [f"{one.source} (of {one.content})" for one in state.missing]
    yield "A conversion would change", [f"{one.content}: {_listed(one.keys)}" for one in state.pending]
    yield "Edited by people", [f"{one.content}: {_listed(one.keys)}" for one in state.edited]
    yield "Edits from which the converter differs", [f"{one.content}: {_listed(one.keys)}" for one in state.differs]
    yield (
        "Edits for which the converter or the source has changed since; `sitegen convert --diff` shows how",
        [f"{one.content}: {_listed(one.keys)}" for one in state.outdated],
    )
    for flag in state.flags:
        yield f"Open flag {flag.code}", list(flag.contents)
    yield "Sources left out by the settings", [f"{one.file}: {one.reason}" for one in state.ignored]
    yield (
        "Institutions without a record; `sitegen institutions` writes one for each",
        [_suggestion(one) for one in state.institutions],
    )


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(keys)


def _suggestion(one: AuthorityRecord) -> str:
    bodies = f" ({'、'.join(one.aliases)})" if one.aliases else ""
    return f"{one.name}{bodies}: {one.slug}"
