"""The folding table as two files of the site, so that the browser folds and cuts exactly as the index was made.

One holds the classes of characters and the forms of those people type; it is read before the first search. The other
holds the forms of traditional characters and rare letters, three times as many bytes; it is read when a query or a
page holds such a character, and which these are the first one says.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from sitegen import text

_EARLY = (
    range(0x0, 0x250),  # Latin
    range(0x370, 0x500),  # Greek, Cyrillic
    range(0x2010, 0x2300),  # punctuation, superscripts, letter-like signs, Roman numerals, signs of mathematics
    range(0x2460, 0x2500),  # numbers in circles and brackets
    range(0x25CB, 0x25F0),  # circles that stand for a zero
    range(0x27E6, 0x27EC),
    range(0x2B58, 0x2B59),
    range(0x3001, 0x3100),  # Chinese punctuation, kana
    range(0x3220, 0x3248),  # Chinese numerals in brackets
    range(0x3280, 0x32CC),  # and in circles
    range(0x3371, 0x3400),  # units
    range(0xFE10, 0xFE70),  # punctuation of vertical text, small forms
    range(0xFF00, 0xFFF0),  # full and half width
)
"""Where the characters stand whose forms the first file holds, Han characters apart."""


def folding_table() -> dict[str, object]:
    """Give the first table for `readFolding` of `templates/static/js/text.js`.

    `early` and `late` say which code points have a form: those of the first it holds itself in `forms`, those of the
    second `forms_table` holds. Sets of code points are ranges, packed as `_pack` says; forms are one string, a
    character for each code point, between tabs where there are several.
    """
    forms = _forms()
    changes = text.folding().changes
    return {
        "word": _pack_class(text.folding().words),
        "han": _pack_class(text.HAN),
        "space": _pack([ord(" "), *(code for code, form in changes.items() if form == " ")]),
        "gone": _pack(code for code, form in changes.items() if not form),
        "early": _pack(filter(_is_early, forms)),
        "late": _pack(code for code in forms if not _is_early(code)),
        "forms": _join(forms[code] for code in forms if _is_early(code)),
    }


def forms_table() -> dict[str, object]:
    """Give the second table, for `addForms`: what stands for the code points that `late` of the first lists."""
    forms = _forms()
    return {"forms": _join(forms[code] for code in forms if not _is_early(code))}


@cache
def _forms() -> Mapping[int, str]:
    """Give what stands for each code point that is neither white space, nor broken, nor without a form; in order."""
    changes = text.folding().changes
    return {code: changes[code] for code in sorted(changes) if changes[code].strip() and not 0xD800 <= code < 0xE000}


def _is_early(code: int) -> bool:
    return any(code in early for early in _EARLY) and not text.is_han(chr(code))


def _join(forms: Iterable[str]) -> str:
    return "".join(form if len(form) == 1 else f"\t{form}\t" for form in forms)


def _pack_class(inside: str) -> str:
    """Pack a regular expression's class."""
    return _pack(code for first, last in text.class_ranges(inside) for code in range(first, last + 1))


def _pack(codes: Iterable[int]) -> str:
    """Write a set of code points in base64, as bits: how many ranges, then the gap before each, and its length.

    All are exponential Golomb codes: the gaps of order one, the others of order zero, lengths less one.
    """
    found = text.ranges(sorted(codes))
    bits = _golomb(len(found), 0) + "".join(_range_bits(found))
    bits += "0" * (-len(bits) % 8)
    return b64encode(int(bits, 2).to_bytes(len(bits) // 8, "big")).decode("ascii")


def _range_bits(found: Iterable[tuple[int, int]]) -> Iterator[str]:
    end = 0
    for first, last in found:
        yield _golomb(first - end, 1) + _golomb(last - first, 0)
        end = last + 1


def _golomb(number: int, order: int) -> str:
    digits = format(number + (1 << order), "b")
    return "0" * (len(digits) - 1 - order) + digits
