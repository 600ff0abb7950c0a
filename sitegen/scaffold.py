"""A new collection: the few files that `sitegen new` starts a folder with."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

from sitegen import __version__
from sitegen.errors import OutputError, Problem, UsageError
from sitegen.files import write_file

FILES = {
    "README.md": "README.md",
    "settings.toml": "pyproject.toml",
    "requirements.txt": "requirements.txt",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "pages.yml": ".github/workflows/pages.yml",
    "example.txt": "seeds/example.txt",
}
"""Files of `sitegen/_scaffold` and their places in the new folder; under names that no tool obeys here."""

DEFAULT_TITLE = "我的公文汇编"


def create_project(folder: Path, title: str | None = None) -> tuple[str, ...]:
    """Write a small collection that builds into a new or empty folder; give the paths of its files, sorted.

    Raises OutputError where the folder holds something already, is a file, or cannot be written, and UsageError for a
    title that is no text.
    """
    values = _values(title)
    _check_free(folder)
    for name, place in FILES.items():
        template = (files("sitegen") / "_scaffold" / name).read_text(encoding="utf-8")
        text = re.sub(r"@([A-Z]+)@", lambda mark: values[mark[1]], template)
        write_file(folder, place, text.encode("utf-8"))
    return tuple(sorted(FILES.values()))


def _values(title: str | None) -> dict[str, str]:
    """Give what stands in for the marks of the templates."""
    plain = " ".join((title or "").split()) or DEFAULT_TITLE
    if not plain.isprintable():
        message = "the title holds characters that are no text."
        raise UsageError(Problem("bad-title", "--title", message, "Write it in letters, digits and punctuation."))
    # A string of JSON is one of TOML, too.
    return {"TITLE": plain, "STRING": json.dumps(plain, ensure_ascii=False), "VERSION": __version__}


def _check_free(folder: Path) -> None:
    try:
        free = not folder.exists() or next(folder.iterdir(), None) is None
    except OSError:  # a file, or a folder that may not be read
        free = False
    if not free:
        message = "a new collection needs a folder of its own, and this one holds something."
        hint = "Name a folder that does not exist yet, or an empty one."
        raise OutputError(Problem("folder-not-empty", folder.name or ".", message, hint))
