"""The page of a notice, the page of its source, and the addresses it had before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.indexes import is_statutory
from sitegen.model import Conversion, Edit, Notice, OutputFile, RenderedText, order_date
from sitegen.render.citation import cite, meta_names
from sitegen.render.frame import Frame
from sitegen.render.listings import view_genres
from sitegen.render.paths import institution_address, notice_address, source_address
from sitegen.render.redaction import Redacted, Run, compare, hide_runs, redact
from sitegen.render.revisions import find_revisions, knowledge
from sitegen.render.rows import DateView, Row, view_date

CURATOR = "curator"
"""Name of the pass that holds a person's edits."""


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A notice with all that its pages show."""

    notice: Notice
    text: RenderedText
    conversion: Conversion | None
    """None for a notice that was written straight into `content/`."""
    edits: tuple[Edit, ...]
    """The whole ledger, a person's edits included."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """A signing body, and the page of its institution."""

    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class PassView:
    """A kind of correction, as the legend of the comparison names it."""

    number: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece of the comparison with the words for what was done to it."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]
    is_edit: bool
    passes: tuple[PassView, ...] = ()
    element: str | None = None
    """The element of the document that was taken out here."""


def render_notices(frame: Frame, pages: Mapping[str, NoticePage]) -> Iterator[OutputFile]:
    """Render the pages of every notice of the library."""
    issuers = {
        body: institution_address(one.slug) for one in frame.library.institutions for body in (one.name, *one.bodies)
    }
    genres = {name: f"genres/#{view.anchor}" for name, view in view_genres(frame).items()}
    neighbours = _neighbours(frame)
    for notice in frame.library.notices:
        page = pages[notice.id]
        redacted = None if page.conversion is None else redact(page.conversion)
        facts = [Issuer(name, issuers.get(name)) for name in notice.facts.institutions]
        earlier, later = neighbours.get(notice.id, (None, None))
        yield _notice(
            frame, page, redacted, issuers=facts, genre_address=genres[notice.facts.genre], earlier=earlier, later=later
        )
        if page.conversion is not None and redacted is not None:
            yield _source(frame, page, page.conversion, redacted)
        yield from _redirects(frame, notice)


def _neighbours(frame: Frame) -> dict[str, tuple[Row | None, Row | None]]:
    dated = [notice for notice in frame.library.notices if order_date(notice) is not None]
    rows: list[Row | None] = [None, *frame.rows(dated), None]
    return {notice.id: (rows[at + 2], rows[at]) for at, notice in enumerate(dated)}


def _notice(frame: Frame, page: NoticePage, redacted: Redacted | None, **context: object) -> OutputFile:
    notice, row = page.notice, frame.row(page.notice)
    address = notice_address(notice.id)
    url = frame.full_address(address)
    source, stretches = notice.source, redacted.stretches if redacted else ()
    revisions = find_revisions(notice, page.conversion, frame.words)
    revised_pieces = sum(CURATOR in edit.passes for edit in page.edits)
    return frame.page(
        address, "notice.html", notice=notice, row=row, text=page.text, body=Markup(page.text.html),
        meta=meta_names(notice, row, url), citation=cite(notice, row, url, frame.words),
        is_statutory=is_statutory(notice.facts.genre), revisions=revisions,
        edit_count=len(page.edits) + len(revisions), curator_count=revised_pieces + len(revisions),
        known=lambda key: knowledge(key, revisions, page.conversion, frame.words),
        source_address=None if redacted is None else source_address(notice.id),
        source_file=source and hide_runs(source.file, stretches),
        source_url=source and source.url and hide_runs(source.url, stretches),
        captured=_date(frame, source.captured if source else None, "signed"), **_dates(frame, notice), **context,
    )  # fmt: skip


def _dates(frame: Frame, notice: Notice) -> dict[str, DateView | None]:
    facts = notice.facts
    return {
        "signed": _date(frame, facts.signed, "signed"),
        "published": _date(frame, facts.published, "published"),
        "inferred": _date(frame, facts.dated.edtf if facts.dated else None, "inferred"),
    }


def _date(frame: Frame, edtf: str | None, kind: str) -> DateView | None:
    return view_date(edtf, kind, frame.words, frame.config.language) if edtf else None


def _redirects(frame: Frame, notice: Notice) -> Iterator[OutputFile]:
    row = frame.row(notice)
    for alias in notice.aliases:
        page = frame.page(notice_address(alias), "redirect.html", row=row, canonical=frame.full_address(row.address))
        yield page


# --- source ---------------------------------------------------------------------------------------------------------


def _source(frame: Frame, page: NoticePage, conversion: Conversion, redacted: Redacted) -> OutputFile:
    notice = page.notice
    passes = _passes(frame, page.edits)
    return frame.page(
        source_address(notice.id), "source.html", notice=notice, row=frame.row(notice),
        source_file=hide_runs(notice.source.file, redacted.stretches) if notice.source else "",
        revisions=tuple(find_revisions(notice, conversion, frame.words).values()),
        encoding=conversion.encoding, is_masked=bool(redacted.masks), passes=list(passes.values()),
        raw=redacted.show(0, len(redacted.raw)), pieces=tuple(_pieces(frame, page, redacted, passes)),
    )  # fmt: skip


def _passes(frame: Frame, edits: tuple[Edit, ...]) -> dict[str, PassView]:
    """Give each pass the number of its first appearance, its name in words, and its count."""
    counts = Counter(name for edit in edits for name in edit.passes)
    words: Mapping[str, str] = frame.words["passes"]
    return {
        name: PassView(number, words.get(name, name), count) for number, (name, count) in enumerate(counts.items(), 1)
    }


def _pieces(frame: Frame, page: NoticePage, redacted: Redacted, passes: Mapping[str, PassView]) -> Iterator[PieceView]:
    elements: Mapping[str, str] = frame.words["elements"]
    for piece in compare(redacted, page.edits):
        edit = piece.edit
        if edit is None:
            yield PieceView(piece.before, (), False)
        else:
            element = elements.get(edit.key, edit.key) if edit.key else None
            yield PieceView(piece.before, piece.after, True, tuple(passes[name] for name in edit.passes), element)
