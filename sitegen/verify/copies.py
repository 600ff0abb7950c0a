"""Where a copy of a site may be: what a comparison asks of it, and a folder that answers."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from sitegen.errors import OutputError, Problem
from sitegen.output import MANIFEST
from sitegen.verify.manifest import MOST_BYTES


@dataclass(frozen=True, slots=True)
class Digest:
    """A file that was read."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A file that is not there."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of which nothing is known, and why."""

    reason: str


Found: TypeAlias = Digest | Missing | Unreadable


class Copy(Protocol):
    """A copy of a site."""

    @property
    def remedy(self) -> str:
        """What to do about a file that differs."""

    def shown(self, path: str) -> str:
        """Write the place of a file for messages."""

    def manifest(self) -> bytes:
        """Read the manifest. Raises OutputError where there is none."""

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, Found]]:
        """Yield each of these paths, in their order, with what is there."""

    def others(self, named: Collection[str]) -> Iterable[str]:
        """Give what is there beside these paths, sorted; nothing where that cannot be asked."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A copy in a folder."""

    root: Path
    name: str
    """The folder as it is called in messages."""
    remedy: str = "Build the site again, or take the file from another copy."

    def shown(self, path: str) -> str:
        """Write the place of a file for messages."""
        return f"{self.name}/{path}"

    def manifest(self) -> bytes:
        """Read the manifest. Raises OutputError where there is none."""
        try:
            with (self.root / MANIFEST).open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            message = f"there is no manifest to compare with: {error.strerror}."
            hint = "Name the folder of a built site, or run `sitegen build` first."
            raise OutputError(Problem("no-site", self.shown(MANIFEST), message, hint)) from None
        if len(data) > MOST_BYTES:
            hint = "Compare with a manifest.json as `sitegen build` wrote it."
            raise OutputError(Problem("bad-manifest", self.shown(MANIFEST), "it is too large.", hint))
        return data

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, Found]]:
        """Yield each of these paths, in their order, with what is there; what is behind a link is not looked at."""
        there = self._files()
        for path in paths:
            yield path, _digest(there[path]) if path in there else Missing()

    def others(self, named: Collection[str]) -> Iterable[str]:
        """Give what is there beside these paths, sorted."""
        return sorted(path for path in self._files() if path not in named)

    def _files(self) -> dict[str, Path]:
        """List every file and link below the folder by its path in the form that manifests have, NFC."""
        found: dict[str, Path] = {}
        for folder, names, file_names in os.walk(self.root):
            links = [name for name in names if Path(folder, name).is_symlink()]
            for name in [*file_names, *links]:
                path = Path(folder, name)
                found[unicodedata.normalize("NFC", path.relative_to(self.root).as_posix())] = path
        return found


def _digest(path: Path) -> Found:
    if path.is_symlink() or not path.is_file():
        return Unreadable("it is a link or no regular file")
    try:
        with path.open("rb") as stream:
            return Digest(hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError as error:
        return Unreadable(error.strerror or str(error))
