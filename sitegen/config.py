"""The settings of a collection: `[tool.sitegen]` of `pyproject.toml` as a frozen `SiteConfig`."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sitegen.errors import InputError, Problem

SETTINGS_FILE = "pyproject.toml"
LANGUAGES = ("zh-Hans", "en")
SEARCH_FORMS = ("auto", "plain", "packed")


@dataclass(frozen=True, slots=True)
class Ignored:
    """A source that is left out of the site on purpose."""

    file: str
    """Path below `seeds/`."""
    reason: str


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """Settings of a collection; every one may be left out."""

    title: str = "公文汇编"
    language: str = "zh-Hans"
    """Language of the interface: one of `LANGUAGES`."""
    site_url: str | None = None
    """Where the site will stand, with a slash at its end; only absolute addresses need it."""
    contact: str | None = None
    """Address for errors and removal, shown on every page."""
    search: str = "auto"
    """Form of the search index: one of `SEARCH_FORMS`."""
    ignore: tuple[Ignored, ...] = ()


def read_config(project: Path) -> SiteConfig:
    """Read the settings of a project; the defaults where it has none.

    Raises InputError that names every faulty setting with its line.
    """
    path = project / SETTINGS_FILE
    if not path.exists():
        return SiteConfig()
    try:
        text = path.read_bytes().decode("utf-8")
        settings = tomllib.loads(text).get("tool", {}).get("sitegen", {})
    except OSError as error:
        message, hint = f"the file cannot be read: {error.strerror}.", "Check its permissions."
        raise InputError(Problem("bad-settings", SETTINGS_FILE, message, hint)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError) as error:
        line = re.search(r"\(at line (\d+)", str(error))
        problem = Problem(
            "bad-settings",
            SETTINGS_FILE,
            f"the file cannot be read as TOML: {error}.",
            "Mend the syntax; see https://toml.io.",
            int(line[1]) if line else None,
        )
        raise InputError(problem) from error
    return parse_config(settings, text)


def parse_config(settings: Mapping[str, Any], text: str = "") -> SiteConfig:
    """Check the table `[tool.sitegen]` and give the settings; `text` is the file, for line numbers.

    Raises InputError that names every faulty setting.
    """
    problems = [
        Problem("bad-settings", SETTINGS_FILE, message, hint, _line_of(key, text))
        for key, message, hint in _faults(settings)
    ]
    if problems:
        raise InputError(problems)
    values = dict(settings)
    values["ignore"] = tuple(Ignored(file, reason) for file, reason in settings.get("ignore", {}).items())
    if "site_url" in values:
        values["site_url"] = values["site_url"].rstrip("/") + "/"
    return SiteConfig(**values)


def _faults(settings: object) -> Iterator[tuple[str, str, str]]:
    """Yield key, message and hint of each fault."""
    if not isinstance(settings, Mapping):
        yield "sitegen", "tool.sitegen is no table.", "Write [tool.sitegen] and one setting a line below it."
        return
    known = [field.name for field in fields(SiteConfig)]
    for key, value in settings.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Known settings: {', '.join(known)}."
            yield key, f"there is no setting {key!r}.", hint
        elif key == "ignore":
            yield from _ignore_faults(value)
        elif not isinstance(value, str) or not value.strip():
            yield key, f"{key} is not a text.", f'Write {key} = "…".'
        elif key == "language" and value not in LANGUAGES:
            yield key, f"there is no interface in {value!r}.", f"Choose one of {', '.join(LANGUAGES)}."
        elif key == "search" and value not in SEARCH_FORMS:
            yield key, f"there is no search index of the kind {value!r}.", f"Choose one of {', '.join(SEARCH_FORMS)}."
        elif key == "site_url" and not is_site_url(value):
            yield key, f"{value!r} is no web address of a site.", 'Write it like "https://example.org/archive/".'


def _ignore_faults(value: object) -> Iterator[tuple[str, str, str]]:
    if not isinstance(value, Mapping) or not all(
        isinstance(reason, str) and reason.strip() for reason in value.values()
    ):
        hint = 'Write ignore = { "scan.txt" = "illegible" }: the path below seeds/ and the reason.'
        yield "ignore", "ignore does not give a reason for each file.", hint


def is_site_url(value: str) -> bool:
    """Tell whether a string can be the address of a site: http or https, a host, no query."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s?#<>\"]", value)


def _line_of(key: str, text: str) -> int | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*\[?[\"']?{re.escape(str(key))}\b", line):
            return number
    return None
