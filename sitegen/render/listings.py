"""Pages that list the collection: home, institutions, genres, its state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.indexes import build_genres, group_letters, group_years
from sitegen.library import UNKNOWN_SLUG
from sitegen.model import AuthorityRecord, Flag, Institution, Notice, OutputFile, order_date
from sitegen.render.frame import Frame, anchors
from sitegen.render.paths import institution_address
from sitegen.render.rows import Row

_LATEST = 8
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIELDS = (
    "title", "institutions", "document_number", "genre", "addressee", "signed", "published", "dated", "attachments",
)  # fmt: skip


# --- home -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearCount:
    """A year and how many notices it has, or its rows."""

    year: int
    count: int
    rows: tuple[Row, ...]


def render_home(frame: Frame) -> OutputFile:
    """Render the first page: what this is, a search field, the latest additions, numbers."""
    notices = frame.library.notices
    latest = sorted(notices, key=lambda notice: notice.added or "", reverse=True)[:_LATEST]
    return frame.page(
        "", "home.html", "home", latest=frame.rows(latest), years=_years(frame, notices), notice_count=len(notices),
        institution_count=len(frame.library.institutions),
        undated_count=sum(order_date(notice) is None for notice in notices),
    )  # fmt: skip


def _years(frame: Frame, notices: Sequence[Notice]) -> tuple[YearCount, ...]:
    return tuple(
        YearCount(year.year, len(year.notices), frame.rows(dated.notice for dated in year.notices))
        for year in group_years(notices)
    )


# --- institutions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InstitutionView:
    """An institution as the index shows it."""

    address: str
    name: str
    bodies: tuple[str, ...]
    """Empty where the institution issues under its own name alone."""
    count: int


@dataclass(frozen=True, slots=True)
class LinkedName:
    """A name, and the page of what bears it."""

    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class InstitutionFact:
    """What curators say of an institution under one head."""

    label: str
    names: tuple[LinkedName, ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter of the index."""

    name: str
    anchor: str
    institutions: tuple[InstitutionView, ...] = ()
    is_used: bool = True


def render_institutions(frame: Frame) -> Iterator[OutputFile]:
    """Render the index of institutions, a page for each, and one for the notices of none."""
    letters = tuple(
        LetterView(*_name_letter(frame, letter.letter), tuple(map(_view_institution, letter.institutions)))
        for letter in group_letters(frame.library.institutions)
    )
    unknown = frame.library.unattributed
    yield frame.page(
        "institutions/", "institutions.html", "institutions", letters=letters, unknown_count=len(unknown),
        alphabet=tuple(_alphabet(letters)),
    )  # fmt: skip
    facts = _institution_facts(frame)
    for one in frame.library.institutions:
        yield _institution(frame, one.slug, one.name, "", one.bodies, one.notices, facts.get(one.name, ()))
    name, lede = frame.words["elements"]["unknown_institution"], frame.words["institutions"]["unknown_lede"]
    yield _institution(frame, UNKNOWN_SLUG, name, lede, (), unknown)


def _view_institution(one: Institution) -> InstitutionView:
    bodies = one.bodies if one.bodies != (one.name,) else ()
    return InstitutionView(institution_address(one.slug), one.name, bodies, len(one.notices))


def _name_letter(frame: Frame, letter: str) -> tuple[str, str]:
    if letter == "#":
        return frame.words["institutions"]["other_letter"], "letter-other"
    return letter, f"letter-{letter.lower()}"


def _alphabet(letters: Sequence[LetterView]) -> Iterator[LetterView]:
    used = {letter.name: letter for letter in letters}
    for letter in _ALPHABET:
        yield used.get(letter) or LetterView(letter, "", is_used=False)
    yield from (letter for letter in letters if letter.name not in _ALPHABET)


def _institution_facts(frame: Frame) -> dict[str, tuple[InstitutionFact, ...]]:
    """Give what curators say of each institution, by its name; relatives are linked where they have a page."""
    institutions, words = frame.library.institutions, frame.words["institutions"]
    pages = {one.name: institution_address(one.slug) for one in institutions}
    inner: dict[str | None, list[str]] = defaultdict(list)
    for one in institutions:
        inner[one.authority.parent if one.authority else None].append(one.name)

    def facts(record: AuthorityRecord) -> Iterator[InstitutionFact]:
        for key, names in (("kind", (record.kind,)), ("region", (record.region,)), ("former", record.former)):
            yield InstitutionFact(words[key], tuple(LinkedName(name, None) for name in names if name))
        for key, names in (("parent", (record.parent,)), ("inner", tuple(inner[record.name]))):
            yield InstitutionFact(words[key], tuple(LinkedName(name, pages.get(name)) for name in names if name))

    return {
        one.name: tuple(fact for fact in facts(one.authority) if fact.names) for one in institutions if one.authority
    }


def _institution(
    frame: Frame,
    slug: str,
    name: str,
    lede: str,
    bodies: tuple[str, ...],
    notices: Sequence[Notice],
    facts: tuple[InstitutionFact, ...] = (),
) -> OutputFile:
    return frame.page(
        institution_address(slug), "institution.html", "institutions", name=name, lede=lede, facts=facts,
        bodies=bodies if bodies != (name,) else (), years=_years(frame, notices),
        undated=frame.rows(notice for notice in notices if order_date(notice) is None),
    )  # fmt: skip


# --- genres ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupView:
    """Notices under a common name."""

    name: str
    anchor: str
    rows: tuple[Row, ...]
    is_statutory: bool = False


def view_genres(frame: Frame) -> dict[str | None, GroupView]:
    """Give the genres of the collection by their names, in their order."""
    genres = build_genres(frame.library)
    return {
        genre.name: GroupView(
            genre.name or frame.words["genres"]["none"], anchor, frame.rows(genre.notices), genre.is_statutory
        )
        for genre, anchor in zip(genres, anchors("g", (genre.name for genre in genres)), strict=True)
    }


def render_genres(frame: Frame) -> OutputFile:
    """Render the page of genres."""
    return frame.page("genres/", "genres.html", "genres", genres=list(view_genres(frame).values()))


# --- state of the collection ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldCount:
    """How many notices have a value for one element."""

    name: str
    count: int


def render_quality(frame: Frame) -> OutputFile:
    """Render the state of the collection: how complete its elements are, and what a curator has still to look at."""
    notices = frame.library.notices
    fields = [FieldCount(name, sum(bool(getattr(one.facts, name)) for one in notices)) for name in _FIELDS]
    return frame.page(
        "quality/", "quality.html", "quality", fields=fields, flags=_flags(frame, notices), notice_count=len(notices)
    )


def _flags(frame: Frame, notices: Sequence[Notice]) -> tuple[GroupView, ...]:
    def has(notice: Notice, code: str) -> bool:
        return any(flag.code == code and flag.is_open for flag in notice.facts.flags)

    codes = sorted({flag.code for notice in notices for flag in notice.facts.flags if flag.is_open})
    return tuple(
        GroupView(name_flag(frame, code), anchor, frame.rows(one for one in notices if has(one, code)))
        for code, anchor in zip(codes, anchors("flag", codes), strict=True)
    )


def name_flag(frame: Frame, code: Flag | str) -> str:
    """Give the name of a kind of flag, or its code where there is no word for it."""
    name: str = frame.words["flags"].get(code, code)
    return name
