"""Reading `seeds/` and `content/`: what is there, and what is wrong with the rest."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen import markup
from sitegen.config import SiteConfig
from sitegen.dates import is_edtf
from sitegen.errors import InputError, Problem
from sitegen.frontmatter import parse_content
from sitegen.frontmatter.authority import parse_authority
from sitegen.model import AuthorityRecord, Notice

SEEDS = "seeds"
CONTENT = "content"
AUTHORITY = f"{CONTENT}/institutions.yaml"
"""The curators' records of institutions; the one file in `content/` that is no notice."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A raw notice as it lies in `seeds/`."""

    file: str
    """Path below `seeds/`."""
    data: bytes
    url: str | None = None
    captured: str | None = None

    @property
    def path(self) -> str:
        """Path below the project, for messages."""
        return f"{SEEDS}/{self.file}"

    @property
    def sha256(self) -> str:
        """Digest of the bytes, 64 hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


def read_seeds(project: Path, config: SiteConfig) -> tuple[tuple[Seed, ...], tuple[Problem, ...]]:
    """Read all sources of a project, sorted by path, with what is wrong with the others.

    Hidden files, `*.source.json`, the folders `*.files/` and what the settings ignore are no sources.
    """
    seeds: list[Seed] = []
    problems: list[Problem] = []
    ignored = {entry.file for entry in config.ignore}
    found = _list(project / SEEDS, problems)
    for path, file in found:
        if file in ignored or file.endswith(".source.json"):
            continue
        try:
            _check_readable(path, f"{SEEDS}/{file}")
            seeds.append(Seed(file, path.read_bytes(), *_read_origin(path, f"{SEEDS}/{file}")))
        except InputError as error:
            problems += error.problems
        except OSError as error:
            problems.append(_unreadable(f"{SEEDS}/{file}", error))
    problems += _name_collisions(seed.path for seed in seeds)
    duplicates = {id(seed): problem for seed, problem in _duplicates(seeds)}
    problems += duplicates.values()
    missing = ignored - {file for _, file in found}
    problems += [_not_there(file) for file in sorted(missing)]
    return tuple(seed for seed in seeds if id(seed) not in duplicates), tuple(problems)


def _list(root: Path, problems: list[Problem]) -> list[tuple[Path, str]]:
    """List every file below a folder with its relative path, in the order of the paths' code points.

    A link to a folder is listed like a file, so that it is told of; what is behind it is not. A folder that cannot be
    read is added to the problems.
    """

    def tell(error: OSError) -> None:
        if root.is_dir():
            problems.append(_unreadable(f"{root.name}/{Path(error.filename).relative_to(root).as_posix()}", error))

    found = []
    for folder, names, file_names in os.walk(root, onerror=tell):
        links = [name for name in names if Path(folder, name).is_symlink()]
        names[:] = [name for name in names if not (name.startswith(".") or _belongs_to_a_source(name, file_names))]
        for name in [*file_names, *links]:
            if not name.startswith("."):
                path = Path(folder, name)
                found.append((path, path.relative_to(root).as_posix()))
    return sorted(found, key=lambda entry: entry[1])


def _belongs_to_a_source(folder: str, beside: Sequence[str]) -> bool:
    """Tell whether a folder holds scans and attachments, `x.txt.files/`, or what a browser saved with a page."""
    pages = [folder.removesuffix("_files") + suffix for suffix in (".html", ".htm")]
    return folder.endswith(".files") or (folder.endswith("_files") and any(page in beside for page in pages))


def _check_readable(path: Path, shown: str) -> None:
    if path.is_symlink() or not path.is_file():
        message, hint = "it is a link or no regular file.", "Put a copy of the file itself in its place."
        raise InputError(Problem("not-a-file", _printable(shown), message, hint))
    try:
        shown.encode("utf-8")
    except UnicodeEncodeError:
        message, hint = "its name is not valid UTF-8.", "Rename the file."
        raise InputError(Problem("bad-name", _printable(shown), message, hint)) from None
    if re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", shown):
        message, hint = "its name holds a control character.", "Rename the file."
        raise InputError(Problem("bad-name", _printable(shown), message, hint))


def _printable(shown: str) -> str:
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "\ufffd", shown)


def _read_origin(path: Path, shown: str) -> tuple[str | None, str | None]:
    """Read where a source was found and when, from the optional `<file>.source.json` beside it."""
    beside = path.with_name(path.name + ".source.json")
    if not beside.is_file():
        return None, None
    try:
        record = json.loads(beside.read_bytes().decode("utf-8"))
        url, captured = record.get("url"), record.get("captured")
    except (ValueError, AttributeError, RecursionError) as error:
        hint = 'Write {"url": "https://…", "captured": "2024-05-01"}.'
        raise InputError(
            Problem("bad-origin", f"{shown}.source.json", f"it is no JSON object: {error}.", hint)
        ) from None
    if url is not None and not (isinstance(url, str) and re.fullmatch(r"https?://[^\s<>\"]+", url)):
        raise InputError(Problem("bad-origin", f"{shown}.source.json", "url is no web address.", "Write https://…"))
    if captured is not None and not (isinstance(captured, str) and is_edtf(captured)):
        hint = "Write it like 2024-05-01."
        raise InputError(Problem("bad-origin", f"{shown}.source.json", "captured is no EDTF date.", hint))
    return url, captured


def _name_collisions(paths: Iterable[str]) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for path in paths:
        form = unicodedata.normalize("NFC", path).casefold()
        if form in taken:
            message = f"its name differs from {taken[form]} only in case or Unicode form."
            yield Problem("name-collision", path, message, "Rename one of the two; not every system can hold both.")
        taken.setdefault(form, path)


def _duplicates(seeds: Iterable[Seed]) -> Iterator[tuple[Seed, Problem]]:
    """Yield each seed whose bytes an earlier one has, with the problem."""
    first: dict[str, Seed] = {}
    for seed in seeds:
        other = first.setdefault(seed.sha256, seed)
        if other is not seed:
            hint = f'Remove one, or name it in [tool.sitegen] ignore = {{ "{seed.file}" = "duplicate" }}.'
            yield seed, Problem("duplicate-source", seed.path, f"it holds the same bytes as {other.path}.", hint)


def _not_there(file: str) -> Problem:
    message = f"`ignore` names {file}, which is not in {SEEDS}/."
    return Problem("bad-settings", "pyproject.toml", message, "Take it out of the list, or correct the path.")


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem("unreadable", _printable(path), f"it cannot be read: {error.strerror}.", "Check its permissions.")


def read_contents(project: Path) -> tuple[tuple[Notice, ...], tuple[Problem, ...]]:
    """Read all content files, sorted by id, with what is wrong with the others."""
    notices: list[Notice] = []
    problems: list[Problem] = []
    for path, file in _list(project / CONTENT, problems):
        shown = f"{CONTENT}/{file}"
        if shown == AUTHORITY:
            continue
        try:
            _check_readable(path, shown)
            notice = _read_content(path, shown)
        except InputError as error:
            problems += error.problems
        except OSError as error:
            problems.append(_unreadable(shown, error))
        else:
            notices.append(notice)
    return tuple(notices), tuple(problems)


def read_authority(project: Path) -> tuple[tuple[AuthorityRecord, ...], tuple[Problem, ...]]:
    """Read the curators' records of institutions, with what is wrong with them; none where there is no file."""
    path = project / AUTHORITY
    if not path.exists() and not path.is_symlink():
        return (), ()
    try:
        _check_readable(path, AUTHORITY)
        parsed = parse_authority(_read_text(path, AUTHORITY), AUTHORITY)
    except InputError as error:
        return (), error.problems
    except OSError as error:
        return (), (_unreadable(AUTHORITY, error),)
    return parsed.records, parsed.problems


def _read_text(path: Path, shown: str) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message, hint = f"it is not UTF-8 at byte {error.start}.", "Save the file as UTF-8."
        raise InputError(Problem("bad-encoding", shown, message, hint, line)) from None


def _read_content(path: Path, shown: str) -> Notice:
    text = _read_text(path, shown)
    parsed = parse_content(text, shown)
    if parsed.notice is None:
        raise InputError(parsed.problems)
    if shown != content_path(parsed.notice.id):
        message = f"its id is {parsed.notice.id!r}, which belongs in {content_path(parsed.notice.id)}."
        raise InputError(Problem("id-mismatch", shown, message, "Rename the file; an id is permanent.", 2))
    faults = [Problem("bad-body", shown, message, hint) for message, hint in markup.find_faults(parsed.notice.body)]
    if faults:
        raise InputError(faults)
    return parsed.notice


def content_path(notice_id: str) -> str:
    """Path of a notice's content file below the project."""
    return f"{CONTENT}/{notice_id}.md"


def find_claims(notices: Iterable[Notice], config: SiteConfig) -> Iterator[Problem]:
    """Yield a problem for each content file that names the seed of another, or one that the settings leave out."""
    ignored = {entry.file for entry in config.ignore}
    owners: dict[tuple[str, str], str] = {}
    for notice in notices:
        if notice.source is None:
            continue
        file, path = notice.source.file, content_path(notice.id)
        # One that names other bytes is no claim: another source has the name now, and its own is missing.
        claim = (file, notice.source.sha256)
        if claim in owners:
            message = f"it names {file} as its source, as {owners[claim]} does."
            yield Problem("shared-source", path, message, "Take `source` out of one of them.")
        elif file in ignored and not notice.draft:
            message = f"its source {file} is left out by the settings, and yet it is published."
            hint = "Write draft: true, delete the file, or take the source out of `ignore`."
            yield Problem("ignored-source", path, message, hint)
        owners.setdefault(claim, path)
