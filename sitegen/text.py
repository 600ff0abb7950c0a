"""Facts about Chinese text: which characters are Han, numerals, pinyin, folding, tokens.

Folding and tokens have a twin in `templates/static/js/text.js`; one fixture holds the two equal.
"""

from __future__ import annotations

import re

HAN = (
    "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002a6df\U0002a700-\U0002ebef\U0002ebf0-\U0002ee5f\U0002f800-\U0002fa1f\U00030000-\U000323af"
)
"""Han characters as the inside of a regular expression's class: the unified ideographs, their extensions, 〇 and the
compatibility ideographs (Unicode 15.1, property Script=Han, letters only)."""

_DIGITS = {
    character: value
    for value, row in enumerate(
        (
            "〇零○Ｏ０0",
            "一壹１1",
            "二贰貳两兩２2",
            "三叁參３3",
            "四肆４4",
            "五伍５5",
            "六陆陸６6",
            "七柒７7",
            "八捌８8",
            "九玖９9",
        )
    )
    for character in row
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}

NUMERAL = "0-9０-９〇零○一二三四五六七八九十百千廿卅两兩"
"""Characters of which numbers are written in dates, headings and lists, as the inside of a class."""


def is_han(character: str) -> bool:
    """Tell whether one character is a Han character."""
    return _IS_HAN.match(character) is not None


_IS_HAN = re.compile(f"[{HAN}]")


def parse_numeral(written: str) -> int | None:
    """Read a whole number in Arabic or Chinese digits: 14, １４, 十四, 一四, 二○二○, 廿三, 一百零五.

    Returns None where the characters are no number below ten thousand.
    """
    if not written or len(written) > 9:
        return None
    if all(character in _DIGITS for character in written):
        return int("".join(str(_DIGITS[character]) for character in written))
    total, digit = 0, None
    for character in written:
        if character in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[character]
        elif character in _UNITS:
            total += (1 if digit in (None, 0) else digit) * _UNITS[character]
            digit = None
        elif character in _TENS:
            total, digit = total + _TENS[character], None
        else:
            return None
    return total + (digit or 0)


def pinyin(name: str) -> list[str]:
    """Give the pinyin of a name, without tones, one lower-case ASCII word a syllable; other letters and digits stay.

    Source of the readings: pypinyin's phrase table, which knows 西安 and 重庆.
    """
    from pypinyin import Style, lazy_pinyin  # 0.1 s to import, and only conversions and indexes need it

    syllables = lazy_pinyin(name, style=Style.NORMAL, v_to_u=False)
    return [word for syllable in syllables for word in re.findall("[0-9a-z]+", syllable.lower())]


def slug(name: str, limit: int) -> str:
    """Write a name as an address: its pinyin run together, ASCII, cut at a syllable to at most `limit` characters.

    Returns an empty string where nothing of the name has a reading.
    """
    cut = ""
    for syllable in pinyin(name):
        if len(cut) + len(syllable) > limit:
            break
        cut += syllable
    return cut
