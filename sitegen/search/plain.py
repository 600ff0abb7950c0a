"""The plain index, for small collections: one lunr index that lunr.js 2.3.9 loads as it is.

lunr cuts and changes nothing: its pipelines are empty, and it is handed our own tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sitegen.model import Block, Heading, Notice, block_lines
from sitegen.text import tokens

BOOSTS = {"title": 6, "institution": 3, "number": 8, "headings": 2, "body": 1}
"""Fields of the index in their order, and how much a term in each of them weighs."""


def plain_index(notices: Sequence[Notice], texts: Mapping[str, tuple[Block, ...]]) -> dict[str, Any]:
    """Build the lunr index of a collection in the form that `lunr.Index.load` of lunr.js reads.

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
    for notice in notices:
        builder.add({"id": notice.id, **field_tokens(notice, texts[notice.id])})
    index: dict[str, Any] = builder.build().serialize()
    index["invertedIndex"].sort(key=lambda entry: utf16_order(entry[0]))
    return index


def field_tokens(notice: Notice, blocks: Iterable[Block]) -> dict[str, list[str]]:
    """Cut the text of a notice into the tokens of each field; every line by itself, so that no token joins two."""
    facts = notice.facts
    lines: dict[str, list[str]] = {
        "title": [facts.title or ""],
        "institution": list(facts.institutions),
        "number": [facts.document_number or ""],
        "headings": [],
        "body": [facts.addressee or ""],
    }
    for block in blocks:
        lines["headings" if isinstance(block, Heading) else "body"].extend(block_lines(block))
    return {field: [token for line in written for token in tokens(line)] for field, written in lines.items()}


def utf16_order(term: str) -> bytes:
    """Give the key by which JavaScript sorts a string."""
    return term.encode("utf-16-be", "surrogatepass")
