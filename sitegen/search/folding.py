"""The folding table as a file of the site, so that the browser folds and cuts exactly as the index was made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sitegen import text


@cache
def folding_table() -> dict[str, object]:
    """Give the folding table for `readFolding` of `templates/static/js/text.js`.

    `one` holds two strings of the same length, a character of the first is written as the one below it; `many` holds
    characters that become several; the other keys hold code points as ranges: the gap from the end of the last range,
    then the number of code points, over and over.
    """
    changes = {code: folded for code, folded in text.folding().changes.items() if not 0xD800 <= code < 0xE000}
    single = sorted((code, folded) for code, folded in changes.items() if len(folded) == 1 and folded != " ")
    return {
        "one": ["".join(chr(code) for code, _ in single), "".join(folded for _, folded in single)],
        "many": {chr(code): folded for code, folded in sorted(changes.items()) if len(folded) > 1},
        "gone": _packed(code for code, folded in changes.items() if not folded),
        "space": _packed([ord(" "), *(code for code, folded in changes.items() if folded == " ")]),
        "han": _packed(_members(text.HAN)),
        "word": _packed(_members(text.folding().words)),
    }


def _members(inside: str) -> Iterator[int]:
    """List the code points of a regular expression's class, which is written in single characters and `a-b`."""
    for match in re.finditer("(.)-(.)|(.)", inside):
        first, last = match[1] or match[3], match[2] or match[3]
        yield from range(ord(first), ord(last) + 1)


def _packed(codes: Iterable[int]) -> list[int]:
    packed, end = [], 0
    for first, last in text.ranges(sorted(codes)):
        packed += [first - end, last - first + 1]
        end = last + 1
    return packed
