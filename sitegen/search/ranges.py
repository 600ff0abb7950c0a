"""Files of lists, cut by range of terms: what a browser fetches when a query holds a term of the range.

Their directory has two levels, for that of a large collection would outweigh all that a query needs of the lists.

Whether a file begins with a term is told by a checksum of the term and the length of its list, so that an edit changes
the files of the terms it touches and hardly any others. The name of a file is a digest of its bytes. Layout:
`sitegen/ARCHITECTURE.md`, "Search index".
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2, sqrt
from typing import TypeAlias

from sitegen.model import OutputFile

FORMAT = 3
"""Version of the files below `search/`; `templates/static/js/ranges.js` names the one it reads."""

NAME_DIGITS = 10
"""Hexadecimal digits of a digest in a file's name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How the lists of a kind are kept."""

    folder: str
    """Where their files are, below the site."""
    least: int
    """Bytes that a file is to have where all of them are few."""


KINDS = {"T": Kind("search/terms", 1024), "C": Kind("search/contexts", 4096)}
"""Kinds of lists by the letter in the head of their files: postings and contexts."""

TermList: TypeAlias = tuple[str, bytes]
"""A term and its list as bytes."""

_RANGES_A_GROUP = 32
_TERM_BYTES = 5
"""Bytes of a term beside its list, about."""
_MOST_SHARED = 35
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Ranges:
    """Files of lists and where each begins."""

    starts: tuple[str, ...]
    """First term of each file, in the order of UTF-16."""
    paths: tuple[str, ...]
    """Path of each file below the site."""
    files: tuple[OutputFile, ...]
    """The files themselves, and what they name in their turn; those of a former index may be left out."""

    def directory(self) -> dict[str, object]:
        """Give what a reader needs to find the file of a term."""
        return {"starts": list(self.starts), "names": joined_names(self.paths)}


def group_ranges(ranges: Ranges, folder: str) -> Ranges:
    """Put the directory of ranges into files of its own, by groups of ranges; a reader fetches those it needs.

    Gives the groups as ranges of ranges, the files of both among theirs.
    """
    first, groups = 0, []
    for last in range(1, len(ranges.starts) + 1):
        if last == len(ranges.starts) or zlib.crc32(ranges.starts[last].encode()) % _RANGES_A_GROUP == 0:
            groups.append(Ranges(ranges.starts[first:last], ranges.paths[first:last], ()))
            first = last
    files = tuple(named_file(f"{folder}/", encode_json(group.directory()), "json") for group in groups)
    starts, paths = (group.starts[0] for group in groups), (file.path for file in files)
    return Ranges(tuple(starts), tuple(paths), (*ranges.files, *files))


def joined_names(paths: Iterable[str]) -> str:
    """Join the digests in the names of files, all of one length."""
    return "".join(path.rpartition("/")[2].partition(".")[0] for path in paths)


def named_file(begin: str, data: bytes, suffix: str) -> OutputFile:
    """Make a file whose path begins so and ends with the digest of its bytes."""
    return OutputFile(f"{begin}{digest(data)}.{suffix}", data)


def encode_json(document: Mapping[str, object]) -> bytes:
    """Write a document in as few bytes as JSON allows."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def edition_of(directory: Mapping[str, object]) -> str:
    """Give the digest of a directory, which names the edition it describes."""
    return hashlib.sha256(encode_json(directory)).hexdigest()[:16]


def digest(data: bytes) -> str:
    """Give the digest that stands in the name of a file."""
    return hashlib.sha256(data).hexdigest()[:NAME_DIGITS]


def target_size(kind: str, total: int) -> int:
    """Give how large files of lists are to be, which have `total` bytes together.

    Files are small where a query fetches little anyway, larger where they would grow many; their size is a power of
    two, so that it seldom changes.
    """
    return 1 << round(log2(max(KINDS[kind].least, sqrt(total * 2))))


def cut_ranges(lists: Sequence[TermList], kind: str, folder: str, target: int) -> Ranges:
    """Cut lists, which come in any order, into files of at most two `target` bytes; a longer list has its own.

    `kind` is the letter in the head of the files, `folder` their place below the site.
    """
    parts = list(_cut(_ordered(lists), target))
    files = tuple(named_file(f"{folder}/", encode_range(part, kind), "bin") for part in parts)
    return Ranges(tuple(part[0][0] for part in parts), tuple(file.path for file in files), files)


def _ordered(lists: Sequence[TermList]) -> list[TermList]:
    """Sort lists by their terms as JavaScript sorts; without characters beyond U+FFFF that is the order of Python."""
    is_simple = max("".join(term for term, _ in lists), default="") <= "\uffff"
    return sorted(lists) if is_simple else sorted(lists, key=lambda one: utf16_order(one[0]))


def _cut(lists: Sequence[TermList], target: int) -> Iterator[Sequence[TermList]]:
    begin = size = 0
    for place, (term, data) in enumerate(lists):
        length = len(data) + _TERM_BYTES
        # As likely as its list is long, so that files are alike in size.
        is_opening = zlib.crc32(term.encode()) * target < length << 32
        if size and (is_opening or size > target or size + length > 2 * target):
            yield lists[begin:place]
            begin, size = place, 0
        size += length
    if lists:
        yield lists[begin:]


def encode_range(lists: Sequence[TermList], kind: str) -> bytes:
    """Write one file: head, vocabulary, lengths of the lists, lists."""
    vocabulary = "\n".join(_front_coded([term for term, _ in lists])).encode()
    head = b"SG" + kind.encode() + bytes([FORMAT]) + varint(len(lists)) + varint(len(vocabulary))
    return head + vocabulary + b"".join(varint(len(data)) for _, data in lists) + b"".join(data for _, data in lists)


def _front_coded(terms: Sequence[str]) -> Iterator[str]:
    """Yield each term as the number of characters it shares with the one before, and the rest of it."""
    before = ""
    for term in terms:
        shared, most = 0, min(len(before), len(term), _MOST_SHARED)
        while shared < most and before[shared] == term[shared]:
            shared += 1
        yield _DIGITS[shared] + term[shared:]
        before = term


def varint(number: int) -> bytes:
    """Write a number from 0 up in groups of seven bits, the lowest first, the top bit on all but the last (LEB128)."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*written, number])


def utf16_order(term: str) -> bytes:
    """Give the key by which JavaScript sorts a string."""
    return term.encode("utf-16-be", "surrogatepass")
