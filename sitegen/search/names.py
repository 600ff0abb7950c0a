"""Names that readers also find by their pinyin: of institutions, of their bodies, and the titles of notices."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen import text
from sitegen.model import Library


def pinyin_names(library: Library) -> dict[str, object]:
    """Give the different names, folded, those of institutions first, and every reading of each Han character in them.

    Characters that are read in several ways can be typed in each of them: 重庆 as chongqing and as zhongqing.
    """
    issuers = _folded(name for institution in library.institutions for name in (institution.name, *institution.bodies))
    titles = _folded(notice.facts.title for notice in library.notices if notice.facts.title)
    names = list(dict.fromkeys([*issuers, *titles]))
    characters = sorted(filter(text.is_han, set("".join(names))))
    return {
        "names": names,
        "institutions": len(issuers),
        "readings": {one: read for one in characters if (read := text.readings(one))},
    }


def _folded(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(text.fold, names))))
