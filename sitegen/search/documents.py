"""The files of an index beside its lists, and the directory that names them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sitegen.model import Library, Notice, OutputFile
from sitegen.search.folding import folding_table, forms_table
from sitegen.search.lines import BOOSTS, FIELDS
from sitegen.search.names import pinyin_names
from sitegen.search.ranges import FORMAT, edition_of, encode_json, joined_names, named_file
from sitegen.search.records import facets

RECORDS_A_FILE = 8


@dataclass(frozen=True, slots=True)
class Index:
    """A search index."""

    files: tuple[OutputFile, ...]
    """Files to write."""
    kept: tuple[str, ...]
    """Paths of files of the former index that are part of this one as they are."""
    notes: bytes
    """What the next update needs beside the files; JSON."""


def document_file(name: str, document: Mapping[str, object]) -> OutputFile:
    """Make the file of a document that the directory names."""
    return named_file(f"search/{name}-", encode_json(document), "json")


def tables() -> dict[str, Mapping[str, object]]:
    """Make the documents that are the same for every collection."""
    return {"folding": folding_table(), "forms": forms_table()}


def facts(library: Library, numbered: Sequence[Notice]) -> dict[str, Mapping[str, object]]:
    """Make the documents that hold facts of notices alone."""
    return {"facets": facets(library, numbered), "names": pinyin_names(library)}


def places(library: Library, numbered: Iterable[Notice]) -> list[int]:
    """Give the place of each notice in the order of the library."""
    found = {notice.id: place for place, notice in enumerate(library.notices)}
    return [found[notice.id] for notice in numbered]


def record_file(records: Sequence[Mapping[str, object]]) -> OutputFile:
    """Make a file of records."""
    return named_file("search/records/", encode_json({"records": records}), "json")


DOCUMENTS = ("folding", "forms", "facets", "words", "names", "spaced", "contexts", "lengths", "lunr")
"""Documents that the directory names, in the order in which it does."""


def directory_file(
    notices: int, records: Iterable[str], documents: Mapping[str, str], packed: Mapping[str, object] | None
) -> tuple[OutputFile, str]:
    """Make the directory of an index, of which the paths of its files are given; gives its edition, too.

    `packed` holds `averages` and `terms` of the packed form.
    """
    directory = {
        "form": "plain" if packed is None else "packed",
        "notices": notices,
        "fields": FIELDS,
        "boosts": list(BOOSTS.values()),
        "records": {"size": RECORDS_A_FILE, "names": joined_names(records)},
        "files": {name: documents[name].removeprefix("search/") for name in DOCUMENTS if name in documents},
        **(packed or {}),
    }
    edition = edition_of(directory)
    return OutputFile("search/index.json", encode_json({"format": FORMAT, "edition": edition, **directory})), edition
