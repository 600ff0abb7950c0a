"""The plain index, for small collections: one lunr index that lunr.js 2.3.9 loads as it is.

lunr cuts and changes nothing: its pipelines are empty, and it is handed our own tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sitegen.model import Notice
from sitegen.search.lines import BOOSTS, FIELDS, Line
from sitegen.search.ranges import utf16_order
from sitegen.text import tokens


def plain_index(notices: Sequence[Notice], lines: Sequence[Iterable[Line]]) -> dict[str, Any]:
    """Build the lunr index of notices with these lines, in the form that `lunr.Index.load` of lunr.js reads.

    Its terms stand in the order of their UTF-16 units, as JavaScript compares strings and lunr.js wants them; lunr.py
    reads it too unless a term begins with a character beyond U+FFFF and another with one from U+E000 to U+FFFF.
    """
    # 60 ms to import, and only the index needs it.
    from lunr import __TARGET_JS_VERSION__
    from lunr.builder import Builder

    if not notices:  # lunr.py divides by the number of documents
        return {"version": __TARGET_JS_VERSION__, "fields": list(BOOSTS), "fieldVectors": [], "invertedIndex": [],
                "pipeline": []}  # fmt: skip
    builder = Builder()
    builder.ref("id")
    for field, boost in BOOSTS.items():
        builder.field(field, boost=boost)
    for notice, of_notice in zip(notices, lines, strict=True):
        builder.add({"id": notice.id, **field_tokens(of_notice)})
    index: dict[str, Any] = builder.build().serialize()
    index["invertedIndex"].sort(key=lambda entry: utf16_order(entry[0]))
    return index


def field_tokens(lines: Iterable[Line]) -> dict[str, list[str]]:
    """Cut lines into the tokens of each field; every line by itself, so that no token joins two."""
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    for field, line in lines:
        found[FIELDS[field]] += tokens(line)
    return found
