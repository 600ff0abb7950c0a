"""The search index: the files below `search/` that the browser reads, and `sitegen search` reads back.

What each file holds is told in `sitegen/ARCHITECTURE.md`, "Search index". The directory alone has a name that stays;
the other names carry digests of their contents, so that files of two builds never get mixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2, sqrt

from sitegen.model import Block, Library, Notice, OutputFile
from sitegen.search.folding import folding_table, forms_table
from sitegen.search.lines import BOOSTS, FIELDS, Line, notice_lines
from sitegen.search.names import pinyin_names
from sitegen.search.plain import plain_index
from sitegen.search.ranges import (
    FORMAT,
    Ranges,
    TermList,
    cut_ranges,
    digest,
    edition_of,
    encode_json,
    group_ranges,
    joined_names,
)
from sitegen.search.records import facets, notice_record, number_notices
from sitegen.search.spaced import find_runs

__all__ = ["FORMAT", "build_index"]

_RECORDS_A_FILE = 8
_PLAIN_CHARACTERS = 60_000
"""Most characters of a collection that has one plain lunr index: 1 MB of it, some 100 kB as sent."""


def build_index(library: Library, texts: Mapping[str, tuple[Block, ...]], form: str = "auto") -> tuple[OutputFile, ...]:
    """Build the files of the search index; `texts` holds the blocks of each notice's body by id.

    `form` says how the terms are kept: "plain" in one lunr index, "packed" cut into many files of which a query needs
    few, "auto" in whichever suits the size of the collection.
    """
    from sitegen.search.packing import pack_lines  # numpy takes 0.1 s to import, and only the index needs it

    numbered = number_notices(library.notices)
    lines = [tuple(notice_lines(notice, texts[notice.id])) for notice in numbered]
    is_packed = form == "packed" or (form == "auto" and _characters(lines) > _PLAIN_CHARACTERS)
    packed = pack_lines(lines, with_postings=is_packed)
    contexts = _ranges(packed.contexts, "C", "search/contexts", 4096)
    terms = _ranges(packed.postings, "T", "search/terms", 1024) if is_packed else None
    places = _places(library, numbered)
    documents = _documents(library, numbered, lines, packed.words)
    documents["contexts"] = contexts.directory()
    if terms:
        documents["lengths"] = {"lengths": packed.lengths, "places": places}
    else:
        ids = [notice.id for notice in numbered]
        documents["lunr"] = {"ids": ids, "places": places, **plain_index(numbered, lines)}
    named = {name: _named_file(name, document) for name, document in documents.items()}
    records = _record_files(numbered, lines)
    directory = {
        "form": "packed" if terms else "plain",
        "notices": len(numbered),
        "fields": FIELDS,
        "boosts": list(BOOSTS.values()),
        "records": {"size": _RECORDS_A_FILE, "names": joined_names(records)},
        "files": {name: file.path.removeprefix("search/") for name, file in named.items()},
        **({"averages": packed.averages, "terms": terms.directory()} if terms else {}),
    }
    lists = [file for ranges in filter(None, (contexts, terms)) for file in (*ranges.files, *ranges.below)]
    return _directory_file(directory), *named.values(), *records, *lists


def _documents(
    library: Library, numbered: Sequence[Notice], lines: Sequence[Iterable[Line]], words: Iterable[str]
) -> dict[str, Mapping[str, object]]:
    """Make what both forms of the index have beside the terms, by its name in the directory."""
    documents: dict[str, Mapping[str, object]] = {
        "folding": folding_table(),
        "forms": forms_table(),
        "facets": facets(library, numbered),
        "words": {"words": "\n".join(words)},
        "names": pinyin_names(library),
    }
    if runs := find_runs(lines):
        documents["spaced"] = {"runs": runs}
    return documents


def _ranges(lists: Sequence[TermList], kind: str, folder: str, least: int) -> Ranges:
    """Cut lists into files: small ones where a query fetches little anyway, larger ones where they grow many.

    Their size is `least` bytes or more, and a power of two, so that it seldom changes.
    """
    total = sum(len(data) for _, data in lists)
    target = 1 << round(log2(max(least, sqrt(total * 2))))
    return group_ranges(cut_ranges(lists, kind, folder, target), folder)


def _directory_file(directory: Mapping[str, object]) -> OutputFile:
    document = {"format": FORMAT, "edition": edition_of(directory), **directory}
    return OutputFile("search/index.json", encode_json(document))


def _places(library: Library, numbered: Iterable[Notice]) -> list[int]:
    """Give the place of each notice in the order of the library."""
    places = {notice.id: place for place, notice in enumerate(library.notices)}
    return [places[notice.id] for notice in numbered]


def _characters(lines: Iterable[Iterable[Line]]) -> int:
    return sum(len(line) for of_notice in lines for _, line in of_notice)


def _record_files(numbered: Sequence[Notice], lines: Sequence[Iterable[Line]]) -> list[OutputFile]:
    records = [notice_record(notice, of_notice) for notice, of_notice in zip(numbered, lines, strict=True)]
    parts = [records[start : start + _RECORDS_A_FILE] for start in range(0, len(records), _RECORDS_A_FILE)]
    encoded = [encode_json({"records": part}) for part in parts]
    return [OutputFile(f"search/records/{digest(data)}.json", data) for data in encoded]


def _named_file(name: str, document: Mapping[str, object]) -> OutputFile:
    data = encode_json(document)
    return OutputFile(f"search/{name}-{digest(data)}.json", data)
