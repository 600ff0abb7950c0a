"""Names that readers also find by their pinyin: of institutions, of their bodies, and the titles of notices."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import text
from sitegen.model import Library


def pinyin_names(library: Library) -> dict[str, object]:
    """Give the different names, folded, and every reading of each Han character in them.

    Characters that are read in several ways can be typed in each of them: 重庆 as chongqing and as zhongqing.
    """
    names = list(dict.fromkeys(filter(None, map(text.fold, _names(library)))))
    characters = sorted(filter(text.is_han, set("".join(names))))
    return {"names": names, "readings": {one: read for one in characters if (read := text.readings(one))}}


def _names(library: Library) -> Iterator[str]:
    for institution in library.institutions:
        yield from (institution.name, *institution.bodies)
    yield from (notice.facts.title for notice in library.notices if notice.facts.title)
