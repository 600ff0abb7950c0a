"""What of a notice is searched: its lines, each with the field of the index it belongs to.

The lines of the article are those of `<article id="text">` on the notice's page, in their order; a phrase is said to
stand in a notice when one of them holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from sitegen.model import Block, Heading, Notice, block_lines

BOOSTS = {"title": 6, "institution": 3, "number": 8, "headings": 2, "body": 1}
"""Fields of the index in their order, and how much a term in each of them weighs."""

FIELDS = tuple(BOOSTS)
INSTITUTION = FIELDS.index("institution")
"""The one field that is no part of the article."""

Line: TypeAlias = tuple[int, str]
"""Place of the field in `FIELDS`, and the text."""

_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What templates write as U+FFFD, for HTML cannot hold it."""


def notice_lines(notice: Notice, blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield the lines of the article, then the names of the institutions, which are indexed beside it."""
    facts = notice.facts
    for field, fact, mark in (
        ("title", facts.title, ""), ("number", facts.document_number, ""), ("body", facts.addressee, "："),
    ):  # fmt: skip
        if fact:
            yield FIELDS.index(field), _NO_CHARACTER.sub("\ufffd", fact) + mark
    for block in blocks:
        field = "headings" if isinstance(block, Heading) else "body"
        yield from ((FIELDS.index(field), line) for line in block_lines(block))
    yield from ((INSTITUTION, name) for name in facts.institutions)
