"""From occurrences to lists: parted by term, so that one part alone is worked on at a time, however large the whole."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from sitegen import files
from sitegen.search.bits import Numbers, sorting_order
from sitegen.search.contexts import encode_contexts
from sitegen.search.lines import FIELDS, INSTITUTION, Line
from sitegen.search.occurrences import BOUNDARY, RECORD, TERM_BITS, WORD_TERM, Lexicon, cut_notices
from sitegen.search.postings import encode_postings
from sitegen.search.ranges import TermList, utf16_order

_MOST_BITS = 6
"""Bits by which occurrences are parted at most: each part is an open file."""
_PART_CHARACTERS = 300_000
"""Characters of a part, about, where so many parts will do."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio: spreads keys that lie side by side (Knuth, The Art of Computer Programming, 6.4)."""
_IN_MEMORY = 1 << 18
"""Bytes of a part that are kept in memory; a larger one goes to a nameless file."""
_QUICK_RECORDS = 160_000
"""Records whose arrays stay in the fast memory of a processor."""
_AHEAD = 3
"""Batches or parts that wait for a thread."""
_BATCH_CHARACTERS = 500_000
"""Characters that are cut into terms together: enough to be quick in arrays, and little memory."""

Occurrences: TypeAlias = NDArray[np.void]
"""Records as `occurrences` makes them."""

TwoLists: TypeAlias = tuple[list[TermList], list[TermList]]
"""Postings and contexts."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The terms of a collection as lists of bytes, in no order, and what scoring needs beside them."""

    postings: list[TermList]
    contexts: list[TermList]
    words: list[str]
    """The terms that are no Han characters, sorted as JavaScript sorts."""
    lengths: list[list[int]]
    """Of each field, how many terms each notice has in it."""
    averages: list[float]
    """Of each field, how many terms a notice has in it on average."""


def pack_lines(notices: Sequence[Iterable[Line]], *, with_postings: bool) -> Packed:
    """Pack the lines of all notices, which come in the order of their numbers; many of them on all cores."""
    lexicon, lengths = Lexicon(), np.zeros((len(FIELDS), len(notices)), np.int64)
    packed = Packed([], [], [], [], [])
    characters = sum(len(line) for lines in notices for _, line in lines)
    bits = min(_MOST_BITS, (characters // _PART_CHARACTERS).bit_length())
    encode = partial(encode_part, lexicon=lexicon, with_postings=with_postings)
    with ThreadPoolExecutor(os.cpu_count()) as executor:  # numpy works outside of Python's lock
        batches = _in_order(executor, partial(_cut_batch, notices), _batches(notices))
        parts = part_occurrences(_renumbered(batches, lexicon, lengths), bits)
        for postings, contexts in _in_order(executor, encode, parts):
            packed.postings.extend(postings)
            packed.contexts.extend(contexts)
    packed.words.extend(sorted(lexicon.words, key=utf16_order))
    packed.lengths.extend(lengths.tolist())
    packed.averages.extend(sum(of_field) / max(1, len(notices)) for of_field in packed.lengths)
    return packed


_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def _in_order(executor: Executor, make: Callable[[_Given], _Made], given: Iterable[_Given]) -> Iterator[_Made]:
    """Map over an executor in order, a few of the results waiting at any time: all at once would fill the memory."""
    waiting: deque[Future[_Made]] = deque()
    for one in given:
        waiting.append(executor.submit(make, one))
        if len(waiting) > _AHEAD:
            yield waiting.popleft().result()
    yield from (future.result() for future in waiting)


def _batches(notices: Sequence[Iterable[Line]]) -> Iterator[range]:
    """Give the numbers of the notices of each batch."""
    first = characters = 0
    for number, lines in enumerate(notices):
        characters += sum(len(line) for _, line in lines)
        if characters > _BATCH_CHARACTERS or number + 1 == len(notices):
            yield range(first, number + 1)
            first, characters = number + 1, 0


def _cut_batch(notices: Sequence[Iterable[Line]], batch: range) -> tuple[Occurrences, Lexicon]:
    """Cut notices by a lexicon of their own, so that several batches can be cut at a time."""
    lexicon = Lexicon()
    return cut_notices(notices[batch.start : batch.stop], batch.start, lexicon), lexicon


def _renumbered(
    batches: Iterable[tuple[Occurrences, Lexicon]], lexicon: Lexicon, lengths: Numbers
) -> Iterator[Occurrences]:
    """Give the occurrences of all batches the numbers of one lexicon, and count their terms in `lengths`."""
    for records, own in batches:
        words = np.array([*map(lexicon.number_word, own.words), 0], np.uint64)
        is_word = np.flatnonzero(records["term"] >= WORD_TERM)
        records["term"][is_word] = words[records["term"][is_word] - np.uint64(WORD_TERM)]
        boundaries = np.array(list(map(lexicon.number_boundary, own.boundaries)), np.uint32)
        for side in ("before", "after"):
            is_boundary = np.flatnonzero(records[side] >= BOUNDARY)
            records[side][is_boundary] = boundaries[records[side][is_boundary] - np.uint32(BOUNDARY)]
        places = records["field"].astype(np.int64) * lengths.shape[1] + records["notice"]
        lengths += np.bincount(places, minlength=lengths.size).reshape(lengths.shape)
        yield records


def part_occurrences(batches: Iterable[Occurrences], bits: int) -> Iterator[Occurrences]:
    """Part occurrences by so many bits of their terms; all of one term come together, in the order they came in."""
    with files.scratch_files(1 << bits, _IN_MEMORY) as parts:
        for records in batches:
            for part, chosen in zip(parts, _part(records, 0, bits), strict=True):
                part.write(chosen.tobytes())
        for part in parts:
            part.seek(0)
            yield np.frombuffer(part.read(), RECORD)


def _part(records: Occurrences, shift: int, bits: int) -> list[Occurrences]:
    """Part records by so many bits of the spread number of their term, the first `shift` bits passed over."""
    if bits == 0:
        return [records]
    of_parts = (records["term"] * _SPREAD << np.uint64(shift) >> np.uint64(64 - bits)).astype(np.uint8)
    rows = records.view("<u8").reshape(-1, RECORD.itemsize // 8)  # plain rows move ten times faster than records
    ordered = np.take(rows, np.argsort(of_parts, kind="stable"), axis=0).view(RECORD).ravel()
    ends = np.cumsum(np.bincount(of_parts, minlength=1 << bits))
    return np.split(ordered, ends[:-1])


def encode_part(records: Occurrences, *, lexicon: Lexicon, with_postings: bool) -> TwoLists:
    """Write the lists of all terms of a part: postings, if they are wanted, and contexts."""
    parts = _part(records, _MOST_BITS, min(8, (len(records) // _QUICK_RECORDS).bit_length()))
    postings: list[TermList] = []
    contexts: list[TermList] = []
    for part in parts:
        of_part = _encode_terms(part, lexicon, with_postings=with_postings)
        postings += of_part[0]
        contexts += of_part[1]
    return postings, contexts


def _encode_terms(records: Occurrences, lexicon: Lexicon, *, with_postings: bool) -> TwoLists:
    keys = np.ascontiguousarray(records["term"])
    order = sorting_order(keys, TERM_BITS)
    different, terms = _number_terms(keys[order])
    names = list(map(lexicon.term, different))
    notices, fields = records["notice"].astype(np.int64)[order], records["field"][order]
    postings = encode_postings(terms, notices, fields, len(names)) if with_postings else []
    is_article = fields != INSTITUTION
    chosen = order[is_article]
    present, of_article = _number_terms(terms[is_article])
    contexts = encode_contexts(
        of_article, notices[is_article], records["before"].astype(np.int64)[chosen],
        records["after"].astype(np.int64)[chosen], len(present), lexicon.contexts,
    )  # fmt: skip
    named = [names[term] for term in present]
    return list(zip(names, postings, strict=False)), list(zip(named, contexts, strict=True))


def _number_terms(ordered: NDArray[Any]) -> tuple[list[int], NDArray[np.int64]]:
    """Give sorted terms numbers from 0; gives the different ones, and the number of each."""
    is_new = np.concatenate([np.ones(min(1, len(ordered)), bool), ordered[1:] != ordered[:-1]])
    return ordered[is_new].tolist(), np.cumsum(is_new) - 1
