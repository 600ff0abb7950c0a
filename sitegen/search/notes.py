"""What the next update of a packed index needs to know beside its files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from sitegen.model import Notice
from sitegen.search.ranges import FORMAT, encode_json

_VERSION = 1
"""Version of the notes, beside that of the files."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Sums over the whole collection."""

    edition: str
    """Edition of the index they are of."""
    numbering: str
    """Digest of the ids of all notices in the order of their numbers."""
    characters: int
    """Characters of all lines."""
    sizes: Mapping[str, int]
    """Bytes of all lists of a kind, which tell how large a file is to be."""
    runs: Sequence[int]
    """How often each of the stretches of words of `spaced` stands in the articles, in their order."""


def format_notes(notes: Notes) -> bytes:
    """Write notes as JSON."""
    return encode_json({"version": [FORMAT, _VERSION], **asdict(notes)})


def parse_notes(data: bytes) -> Notes:
    """Read notes back. Raises ValueError, KeyError or TypeError where they are none, or of another version."""
    document = json.loads(data)
    if document.pop("version") != [FORMAT, _VERSION]:
        raise ValueError("notes of another version")
    return Notes(**document)


def numbering_of(numbered: Iterable[Notice]) -> str:
    """Digest the numbers of notices."""
    return sha256("\n".join(notice.id for notice in numbered).encode()).hexdigest()
