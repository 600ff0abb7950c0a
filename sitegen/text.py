"""Facts about Chinese text: which characters are Han, numerals, pinyin, folding, tokens.

Folding and tokens have a twin in `templates/static/js/text.js`; one fixture holds the two equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

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


def readings(character: str) -> list[str]:
    """Give every way a Han character is read, in pinyin without tones, sorted; none for a character without pinyin."""
    from pypinyin import Style
    from pypinyin import pinyin as read  # as in `pinyin` above

    found = read(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return sorted({reading for of_one in found for reading in of_one if reading.isascii() and reading.isalpha()})


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


# --- folding and tokens ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Folding:
    """How every character is written for comparison, and which make words; the browser folds by the same table."""

    changes: Mapping[int, str]
    """Code point to what stands for it: white space to one space, what cannot be seen to nothing."""
    words: str
    """Letters, digits and marks that are no Han characters, as the inside of a regular expression's class."""


@cache
def folding() -> Folding:
    """Make the folding table, once a run (it takes half a second).

    A character is taken through NFKC, lower case, loss of its diacritics (the same letter is written composed or not),
    one form for each kind of bracket, quotation mark and dash, and OpenCC's table from traditional to simplified,
    until nothing changes any more. Lone surrogates become U+FFFD.
    """
    every = (chr(code) for start, end in _ASSIGNED for code in range(start, end))
    characters = [character for character in every if unicodedata.category(character) not in ("Cn", "Co")]
    simplified = _simplified(characters)
    changes = {ord(character): _fold_character(character, simplified) for character in characters}
    changes = {code: folded for code, folded in changes.items() if folded != chr(code)}
    changes.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    words = "".join(
        c for c in characters if unicodedata.category(c)[0] in "LMN" and ord(c) not in changes and not is_han(c)
    )
    return Folding(changes, "".join(f"{chr(start)}-{chr(end)}" for start, end in ranges(map(ord, words))))


def fold(text: str) -> str:
    """Write a text the way it is compared and indexed; folding twice changes nothing more.

    White space goes, but for one space between two words that are not Chinese.
    """
    return _space().sub("", _SPACES.sub(" ", text.translate(folding().changes)))


def tokens(text: str) -> list[str]:
    """Cut a text into the terms of the index, in the order of the text.

    Every Han character opens one: itself with the next character where that is Han too, else itself alone. Other
    letters and digits form words.
    """
    return [match[1] or match[0] for match in _token().finditer(fold(text))]


def ranges(codes: Iterable[int]) -> list[tuple[int, int]]:
    """Gather ascending numbers into stretches without a gap: first and last of each."""
    found: list[tuple[int, int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def class_ranges(inside: str) -> Iterator[tuple[int, int]]:
    """List first and last code points of a regular expression's class, which is written in characters and `a-b`."""
    for match in re.finditer("(.)-(.)|(.)", inside, re.DOTALL):
        yield ord(match[1] or match[3]), ord(match[2] or match[3])


_ASSIGNED = ((0, 0xD800), (0xE000, 0x323B0), (0xE0000, 0xE01F0))
"""Code points that any version of Unicode so far has a property for; private use apart."""

_ROUNDS = 3
"""How often a character is folded: more than any needs, and an end where two tables should send it in a circle."""

_SPACES = re.compile(" +")

_DIACRITICS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]")

_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")
"""Variation selectors, fillers and tags; format and control characters (Cf, Cc) go with them."""

_SIGNS = {
    sign: form
    for form, signs in {
        "〇": "○◯⭘",
        '"': "“”„‟〝〞〟«»「」『』",
        "'": "‘’‚‛‹›",
        "<": "〈《⟨⟪",
        ">": "〉》⟩⟫",
        "·": "•‧⋅・",
        "~": "〜∼",
        "-": "−",
        " ": "\u2800",  # a Braille cell without a dot: looks like a space, and is used against copying
    }.items()
    for sign in signs
} | dict(
    # Radicals that look like the character, as text taken out of PDF files has them; NFKC leaves these alone.
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)

_CATEGORIES = {"Zs": " ", "Zl": " ", "Zp": " ", "Cc": "", "Cf": "", "Ps": "(", "Pe": ")", "Pd": "-"}


def _simplified(characters: Iterable[str]) -> dict[str, str]:
    """Read OpenCC's table from traditional to simplified for single Han characters, followed to its end."""
    from opencc import OpenCC  # 0.1 s to import, and only the index needs it

    han = [character for character in characters if is_han(character)]
    table = dict(zip(han, OpenCC("t2s").convert("\n".join(han)).split("\n"), strict=True))
    for character in table:
        for _ in range(_ROUNDS):
            table[character] = table.get(table[character], table[character])
    return table


def _fold_character(character: str, simplified: Mapping[str, str]) -> str:
    if _is_whole(character) and not _INVISIBLE.match(character):
        return simplified.get(character, character)
    folded = character
    for _ in range(_ROUNDS):
        before, letters = folded, "".join(map(_fold_letter, folded))
        folded = "".join(simplified.get(c, c) for c in map(_fold_sign, letters))
        if folded == before:
            break
    return folded


def _is_whole(character: str) -> bool:
    """Tell whether a character is a letter without case or parts, as nearly all are."""
    return unicodedata.category(character) == "Lo" and unicodedata.is_normalized("NFKD", character)


def _fold_letter(character: str) -> str:
    if character.isascii():
        return character.lower()
    if unicodedata.is_normalized("NFKD", character) and character.lower() == character:
        return _DIACRITICS.sub("", character)
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())
    return unicodedata.normalize("NFC", _DIACRITICS.sub("", unicodedata.normalize("NFD", plain)))


def _fold_sign(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    if character.isspace():
        return " "
    return "" if _INVISIBLE.match(character) else _CATEGORIES.get(unicodedata.category(character), character)


@cache
def _space() -> re.Pattern[str]:
    """Match a space that does not stand between two words."""
    words = folding().words
    return re.compile(f"(?<![{words}]) | (?![{words}])")


@cache
def _token() -> re.Pattern[str]:
    return re.compile(f"(?=([{HAN}]{{1,2}}))[{HAN}]|[{folding().words}]+")
