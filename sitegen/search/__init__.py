"""The search index: the files below `search/` that the browser reads, and `sitegen search` reads back.

What each file holds is told in `sitegen/ARCHITECTURE.md`, "Search index". The directory alone has a name that stays;
the other names carry digests of their contents, so that files of two builds never get mixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sitegen.model import Library, Notice, OutputFile
from sitegen.search.documents import (
    RECORDS_A_FILE,
    Index,
    directory_file,
    document_file,
    facts,
    places,
    record_file,
    tables,
)
from sitegen.search.lines import Line, notice_lines
from sitegen.search.notes import Notes, format_notes, numbering_of
from sitegen.search.plain import plain_index
from sitegen.search.ranges import FORMAT, KINDS, Ranges, TermList, cut_ranges, group_ranges, target_size
from sitegen.search.records import notice_record, number_notices
from sitegen.search.spaced import count_runs

__all__ = ["FORMAT", "Index", "Line", "build_index", "notice_lines", "number_notices"]

PLAIN_CHARACTERS = 60_000
"""Most characters of a collection that has one plain lunr index: 1 MB of it, some 100 kB as sent."""


def build_index(library: Library, lines: Sequence[tuple[Line, ...]], form: str = "auto") -> Index:
    """Build the search index; `lines` holds the lines of each notice by its number.

    `form` says how the terms are kept: "plain" in one lunr index, "packed" cut into many files of which a query needs
    few, "auto" in whichever suits the size of the collection. The lines are asked for a few times, one after the
    other, and not kept.
    """
    from sitegen.search.packing import pack_lines  # numpy takes 0.1 s to import, and only the index needs it

    numbered = number_notices(library.notices)
    is_packed = form == "packed" or (form == "auto" and _is_large(lines))
    packed = pack_lines(lines, with_postings=is_packed)
    listed = {"C": _ranges(packed.contexts, "C"), **({"T": _ranges(packed.postings, "T")} if is_packed else {})}
    records, runs, characters = _read_lines(numbered, lines)
    documents = {
        **tables(),
        **facts(library, numbered),
        "words": {"words": "\n".join(packed.words)},
        **({"spaced": {"runs": sorted(runs)}} if runs else {}),
        "contexts": listed["C"].directory(),
    }
    order = places(library, numbered)
    if is_packed:
        documents["lengths"] = {"lengths": packed.lengths, "places": order}
    else:
        documents["lunr"] = {"ids": [one.id for one in numbered], "places": order, **plain_index(numbered, lines)}
    files = {name: document_file(name, document) for name, document in documents.items()}
    above = {"averages": packed.averages, "terms": listed["T"].directory()} if is_packed else None
    paths = {name: file.path for name, file in files.items()}
    directory, edition = directory_file(len(numbered), [file.path for file in records], paths, above)
    sizes = {"T": _total(packed.postings), "C": _total(packed.contexts)}
    notes = Notes(edition, numbering_of(numbered), characters, sizes, [runs[run] for run in sorted(runs)])
    lists = [file for ranges in listed.values() for file in ranges.files]
    return Index((directory, *files.values(), *records, *lists), (), format_notes(notes))


def _is_large(lines: Sequence[tuple[Line, ...]]) -> bool:
    characters = 0
    for of_notice in lines:
        characters += sum(len(line) for _, line in of_notice)
        if characters > PLAIN_CHARACTERS:
            return True
    return False


def _ranges(lists: Sequence[TermList], kind: str) -> Ranges:
    """Cut lists into files."""
    folder = KINDS[kind].folder
    return group_ranges(cut_ranges(lists, kind, folder, target_size(kind, _total(lists))), folder)


def _total(lists: Sequence[TermList]) -> int:
    return sum(len(data) for _, data in lists)


def _read_lines(
    numbered: Sequence[Notice], lines: Sequence[tuple[Line, ...]]
) -> tuple[list[OutputFile], Counter[str], int]:
    """Make the files of records and count the stretches of words that spaces part, and all characters, in one pass."""
    records: list[dict[str, object]] = []
    characters = 0

    def passing() -> Iterator[tuple[Line, ...]]:
        nonlocal characters
        for notice, of_notice in zip(numbered, lines, strict=True):
            records.append(notice_record(notice, of_notice))
            characters += sum(len(line) for _, line in of_notice)
            yield of_notice

    runs = count_runs(passing())
    parts = [records[start : start + RECORDS_A_FILE] for start in range(0, len(records), RECORDS_A_FILE)]
    return list(map(record_file, parts)), runs, characters
