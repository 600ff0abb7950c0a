"""What a project holds against the inputs that a manifest names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen import store
from sitegen.config import SETTINGS_FILE, read_config
from sitegen.errors import InputError, Problem
from sitegen.output import hash_inputs
from sitegen.verify.manifest import printable

_BUILD = "Build the site again, if the input is meant to be as it now is; else take it from a copy."


def input_problems(project: Path, named: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each input that is missing or changed, and for each that the manifest does not name."""
    names = (SETTINGS_FILE, store.SEEDS, store.CONTENT, "templates")
    there = hash_inputs(project, [project / name for name in names])
    for path, digest in named.items():
        if path not in there:
            message = "the site was made from it, and it is not there."
            yield Problem("missing-input", printable(path), message, _BUILD)
        elif there[path] != digest:
            message = f"its SHA-256 is {there[path][:12]}…, and the site was made from {digest[:12]}…."
            yield Problem("changed-input", printable(path), message, _BUILD)
    untold = None
    for path in (path for path in there if path not in named):
        untold = untold or _Untold.of(project)  # takes reading every notice, and most sites need it not
        if not untold.covers(path):
            yield Problem("unnamed-input", printable(path), "the site was made without it.", _BUILD)


@dataclass(frozen=True, slots=True)
class _Untold:
    """What the build does not tell of: drafts, what the settings ignore, and what belongs to their sources."""

    paths: frozenset[str]
    folders: tuple[str, ...]

    @classmethod
    def of(cls, project: Path) -> _Untold:
        """Ask a project; what cannot be read hides nothing."""
        notices, _ = store.read_contents(project)
        drafts = [notice for notice in notices if notice.draft]
        sources = _ignored(project) | {draft.source.file for draft in drafts if draft.source}
        paths = {store.content_path(draft.id) for draft in drafts}
        paths |= {f"{store.SEEDS}/{file}{suffix}" for file in sources for suffix in ("", ".source.json")}
        return cls(frozenset(paths), tuple(f"{store.SEEDS}/{file}.files/" for file in sources))

    def covers(self, path: str) -> bool:
        """Tell whether a path is not told of."""
        return path in self.paths or path.startswith(self.folders)


def _ignored(project: Path) -> set[str]:
    try:
        return {entry.file for entry in read_config(project).ignore}
    except InputError:  # the settings are an input themselves, and not as they were
        return set()
