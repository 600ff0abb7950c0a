"""How a notice is cited: the line that readers copy, and the names that reference managers read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.model import Notice
from sitegen.render.rows import Row
from sitegen.render.templates import Words, fill

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_MOST_AUTHORS = 3
"""GB/T 7714 names three and adds 等."""


def cite(notice: Notice, row: Row, url: str | None, words: Words) -> str:
    """Write the citation of a notice as an electronic document of GB/T 7714—2025.

    An inferred date says that it is one: a local convention, for the standard has none. The day of access is left for
    the reader to fill in, who alone knows it.
    """
    terms = words["citation"]
    issuers = notice.facts.institutions
    line: str = terms["author_separator"].join(issuers[:_MOST_AUTHORS])
    line += terms["author_more"] if len(issuers) > _MOST_AUTHORS else ""
    line += (terms["after_author"] if line else "") + row.title
    if notice.facts.document_number:
        line += fill(terms["number"], number=notice.facts.document_number)
    line += terms["carrier"] + _date(row, words)
    line += fill(terms["access"], date=words["notice"]["access_date"])
    return line + fill(terms["url" if url else "no_url"], url=url)


def _date(row: Row, words: Words) -> str:
    terms = words["citation"]
    if row.date is None:
        return fill(terms["absent"])
    return fill(terms["inferred" if row.date.kind == "inferred" else "stated"], date=row.date.edtf)


def meta_names(notice: Notice, row: Row, url: str | None) -> tuple[tuple[str, str], ...]:
    """Give the Highwire and Dublin Core elements of a notice, as pairs of name and content.

    `citation_publication_date` can only say a certain day, month or year, so it is left out for any other date.
    """
    return tuple(_highwire(notice, row, url)) + tuple(_dublin_core(notice, row, url))


def _highwire(notice: Notice, row: Row, url: str | None) -> Iterator[tuple[str, str]]:
    facts = notice.facts
    yield "citation_title", row.title
    for issuer in facts.institutions:
        yield "citation_author", issuer
    for issuer in facts.institutions[:1]:
        yield "citation_technical_report_institution", issuer
    if facts.document_number:
        yield "citation_technical_report_number", facts.document_number
    stated = _DAY.fullmatch(facts.signed or facts.published or "")
    if stated is not None:
        yield "citation_publication_date", "/".join(filter(None, stated.groups()))
    yield "citation_language", facts.language
    if url:
        yield "citation_public_url", url


def _dublin_core(notice: Notice, row: Row, url: str | None) -> Iterator[tuple[str, str]]:
    facts = notice.facts
    yield "dcterms.title", row.title
    for issuer in facts.institutions:
        yield "dcterms.creator", issuer
    optional = (
        ("dcterms.created", facts.signed),
        ("dcterms.issued", facts.published),
        ("dcterms.type", facts.genre),
        ("dcterms.audience", facts.addressee),
        ("dcterms.identifier", facts.document_number),
        ("dcterms.identifier", url),
    )
    yield from ((name, content) for name, content in optional if content)
    yield "dcterms.language", facts.language
