"""The files of a built index: found through their directory, checked, read once; nothing here knows where they lie.

Every file but the directory carries a digest of its bytes in its name, so that one that was cut off or changed is told
by its name instead of giving wrong results.
"""

from __future__ import annotations

import contextlib
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sitegen.errors import OutputError, Problem
from sitegen.search.ranges import FORMAT, NAME_DIGITS, digest, edition_of
from sitegen.search.reading import Contexts, RangeNames, read_contexts, read_postings, read_range

ReadFile: TypeAlias = Callable[[str], bytes]
"""Reads a file by its name below `search/`; raises OSError where it cannot."""

DIRECTORY = "index.json"
_PLACE = "output/search"
_FORMS = ("plain", "packed")
_ID = re.compile("[a-z0-9-]{1,80}")
_NAME = re.compile(r"[a-z]+[-/][0-9a-f]{10}\.(json|bin)")


@dataclass(frozen=True, slots=True)
class Directory:
    """What `index.json` tells of the other files."""

    form: str
    notices: int
    fields: Sequence[str]
    boosts: Sequence[float]
    averages: Sequence[float]
    """How many terms a notice has in each field, on average; none in the plain form."""
    files: Mapping[str, str]
    record_size: int
    """How many notices a file of records tells of."""
    record_names: Sequence[str]
    terms: RangeNames | None
    """None in the plain form."""


class SearchFiles:
    """A built index. Files are read when they are asked for, each once.

    Every method raises OutputError where a file is missing, damaged or of another format, and names it.
    """

    def __init__(self, read: ReadFile) -> None:
        self._read_file = read
        self._kept: dict[str, Any] = {}
        with telling(DIRECTORY, "there is no search index", "Run `sitegen build` first."):
            data = read(DIRECTORY)
        with telling(DIRECTORY):
            written = json.loads(data)
            if isinstance(written, dict) and written.get("format") != FORMAT:
                raise broken_index(
                    DIRECTORY, f"the search index is of format {written.get('format')!r:.20}, not {FORMAT}"
                )
            self.directory = _read_directory(written)

    def json(self, key: str) -> Any:
        """Read one of the files that the directory names."""
        name = self.directory.files.get(key)
        if name is None:
            raise broken_index(DIRECTORY, f"the directory names no file of {key}")
        return self._keep(name, json.loads)

    def records(self, numbers: Iterable[int]) -> list[Mapping[str, Any]]:
        """Read what results show of notices, in the order asked for."""
        records, directory = [], self.directory
        for number in numbers:
            part, place = divmod(number, directory.record_size)
            with telling(DIRECTORY):
                name = f"records/{directory.record_names[part]}.json"
            with telling(name):
                records.append(_checked_record(self._keep(name, json.loads)["records"][place]))
        return records

    def postings(self, terms: Iterable[str]) -> dict[str, tuple[dict[int, int], ...]]:
        """Read of the terms that the index holds, by field, how often each notice has them; packed form alone."""
        assert self.directory.terms is not None
        count = len(self.directory.fields)
        return dict(self._lists(self.directory.terms, "terms", terms, lambda data: self._checked_postings(data, count)))

    def _checked_postings(self, data: bytes, fields: int) -> tuple[dict[int, int], ...]:
        postings = read_postings(data, fields)
        for held in postings:
            self._check_numbers(held)
        return postings

    def _checked_contexts(self, data: bytes) -> Contexts:
        contexts = read_contexts(data)
        self._check_numbers(contexts.notices)
        return contexts

    def _check_numbers(self, numbers: Iterable[int]) -> None:
        if max(numbers, default=0) >= self.directory.notices:
            raise ValueError("a notice that is none")

    def contexts(self, terms: Iterable[str]) -> dict[str, Contexts]:
        """Read of the terms that articles hold every place where they open."""
        name = self.directory.files.get("contexts", DIRECTORY)
        with telling(name):
            ranges = _read_ranges(self.json("contexts"))
        return dict(self._lists(ranges, "contexts", terms, self._checked_contexts))

    def terms_beginning_with(self, text: str) -> list[str]:
        """List the terms of the index that begin with a text; packed form alone."""
        assert self.directory.terms is not None
        groups = [self._group("terms", name) for name in self.directory.terms.beginning_with(text)]
        files = [self._range("terms", name) for group in groups for name in group.beginning_with(text)]
        return [term for lists in files for term in lists if term.startswith(text)]

    def _lists(
        self, ranges: RangeNames, folder: str, terms: Iterable[str], read: Callable[[bytes], Any]
    ) -> Iterator[tuple[str, Any]]:
        for term in terms:
            group = ranges.of(term)
            name = None if group is None else self._group(folder, group).of(term)
            data = None if name is None else self._range(folder, name).get(term)
            if data is not None:
                with telling(f"{folder}/{name}.bin"):
                    content = read(data)
                yield term, content

    def _group(self, folder: str, name: str) -> RangeNames:
        group: RangeNames = self._keep(f"{folder}/{name}.json", lambda data: _read_ranges(json.loads(data)))
        return group

    def _range(self, folder: str, name: str) -> dict[str, bytes]:
        kind = folder[0].upper()
        lists: dict[str, bytes] = self._keep(f"{folder}/{name}.bin", lambda data: read_range(data, kind))
        return lists

    def _keep(self, name: str, parse: Callable[[bytes], Any]) -> Any:
        if name not in self._kept:
            with telling(name):
                if not _NAME.fullmatch(name):
                    raise ValueError("no name of a file of the index")
                data = self._read_file(name)
                if digest(data) not in name:
                    raise ValueError("other bytes than the name tells")
                self._kept[name] = parse(data)
        return self._kept[name]


def _read_directory(written: Any) -> Directory:
    rest = {key: value for key, value in written.items() if key not in ("format", "edition")}
    if written["edition"] != edition_of(rest):
        raise ValueError("another directory than its edition tells")
    form, notices, size = written["form"], int(written["notices"]), int(written["records"]["size"])
    is_packed = form == "packed"
    fields, boosts = list(map(str, written["fields"])), list(map(float, written["boosts"]))
    averages = list(map(float, written["averages"])) if is_packed else []
    directory = Directory(
        form, notices, fields, boosts, averages, {str(key): str(name) for key, name in written["files"].items()}, size,
        _split_names(written["records"]["names"]), _read_ranges(written["terms"]) if is_packed else None,
    )  # fmt: skip
    are_even = len(boosts) == len(fields) and len(averages) == (len(fields) if is_packed else 0)
    is_whole = (size > 0 and notices == 0) or math.ceil(notices / size) == len(directory.record_names)
    if form not in _FORMS or not are_even or not is_whole:
        raise ValueError("a directory that is none")
    return directory


def _read_ranges(written: Any) -> RangeNames:
    ranges = RangeNames(list(map(str, written["starts"])), _split_names(written["names"]))
    if len(ranges.starts) != len(ranges.names):
        raise ValueError("ranges without files")
    return ranges


def _split_names(joined: Any) -> list[str]:
    return [joined[at : at + NAME_DIGITS] for at in range(0, len(joined), NAME_DIGITS)]


def _checked_record(record: Any) -> Mapping[str, Any]:
    for key in ("title", "number", "genre", "date", "dated", "label"):
        if not isinstance(record[key], str | None):
            raise TypeError(key)
    if not _ID.fullmatch(record["id"]) or not all(isinstance(name, str) for name in record["institutions"]):
        raise TypeError("id")
    result: Mapping[str, Any] = record
    return result


# --- faults ---------------------------------------------------------------------------------------------------------

_BUILD = "Build the site anew: `sitegen build`."


@contextlib.contextmanager
def telling(name: str, unreadable: str = "the file cannot be read", hint: str = _BUILD) -> Iterator[None]:
    """Turn whatever a file that is missing or damaged gives rise to into a fault that names it."""
    try:
        yield
    except OSError as error:
        raise broken_index(name, f"{unreadable}: {error.strerror or error}", hint) from error
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise broken_index(name, "the file is damaged") from error


def broken_index(name: str, message: str, hint: str = _BUILD) -> OutputError:
    """Give the error that tells of a file of the index what is wrong with it."""
    return OutputError(Problem("broken-index", f"{_PLACE}/{name}", f"{message}.", hint))
