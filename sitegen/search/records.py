"""What a search result shows of a notice."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen import dates
from sitegen.model import Notice, order_date


def notice_records(notices: Iterable[Notice]) -> list[dict[str, object]]:
    """List what results show of each notice, in the order of the library, by which results of one score are ordered.

    A notice without a title has none here; its page, which the browser reads, shows the composed one.
    """
    return [_record(notice) for notice in notices]


def _record(notice: Notice) -> dict[str, object]:
    facts = notice.facts
    edtf, kind = order_date(notice) or (None, None)
    return {
        "id": notice.id,
        "address": f"notices/{notice.id}/",
        "title": facts.title,
        "institutions": list(facts.institutions),
        "number": facts.document_number,
        "genre": facts.genre,
        "date": edtf,
        "dated": kind,
        "label": None if edtf is None else dates.label(edtf),
    }
