"""What results show of a notice, and by what they are chosen and ordered; everything by the number of the notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen import dates
from sitegen.indexes import build_genres, place_in_time
from sitegen.model import Library, Notice, order_date
from sitegen.search.lines import Line
from sitegen.search.ranges import digest


def number_notices(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Put notices in the order of their numbers: by the day they were added, then by id.

    A notice that joins the collection later comes last, so that the others keep their numbers.
    """
    return tuple(sorted(notices, key=lambda notice: (notice.added or "", notice.id)))


def notice_record(notice: Notice, lines: Iterable[Line]) -> dict[str, object]:
    """Give what a result shows of a notice, and a digest of its lines, by which a browser asks for its page.

    So a page that is still in a cache with another text is not taken for the one of the index. A notice without a
    title has none here; its page, which the browser reads, shows the composed one.
    """
    facts = notice.facts
    edtf, kind = order_date(notice) or (None, None)
    return {
        "id": notice.id,
        "title": facts.title,
        "institutions": list(facts.institutions),
        "number": facts.document_number,
        "genre": facts.genre,
        "date": edtf,
        "dated": kind,
        "label": None if edtf is None else dates.label(edtf),
        "text": digest("\n".join(line for _, line in lines).encode("utf-8", "surrogatepass"))[:8],
    }


def facets(library: Library, numbered: Sequence[Notice]) -> dict[str, object]:
    """Give the institutions, genre and date of every notice, by which results are counted and chosen."""
    genres = [genre.name for genre in build_genres(library) if genre.name is not None]
    genre_places = {name: place for place, name in enumerate(genres)}
    institutions: dict[str, list[int]] = {notice.id: [] for notice in numbered}
    for place, institution in enumerate(library.institutions):
        for notice in institution.notices:
            institutions[notice.id].append(place)
    return {
        "institutions": [[institution.slug, institution.name] for institution in library.institutions],
        "genres": genres,
        "institution": [institutions[notice.id] for notice in numbered],
        "genre": [genre_places.get(notice.facts.genre or "", -1) for notice in numbered],
        **_times(numbered),
    }


def _times(numbered: Iterable[Notice]) -> dict[str, object]:
    """Give the first day a notice stands under, how much of it is known, and how."""
    days, precision, kinds = [], "", ""
    for placed in map(place_in_time, numbered):
        year, month, day = (placed.year, placed.month, placed.day) if placed else (0, None, None)
        days.append(year * 10000 + (month or bool(placed)) * 100 + (day or bool(placed)))
        precision += str(bool(placed) + (month is not None) + (day is not None))
        kinds += placed.kind[0] if placed else "-"
    return {"day": days, "precision": precision, "kind": kinds}
