"""Numbers that Word writes before paragraphs by itself: 一、 （一） 1. as they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9
_STYLES = 20
"""Most styles that are based on one another."""

# --- numerals ---------------------------------------------------------------------------------------------------------


def chinese(number: int) -> str:
    """Write a number from 1 to 9999 in Chinese: 十一, 二十, 一百零一; others in digits."""
    if not 0 < number < 10_000:
        return str(number)
    written = ""
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // power % 10
        if digit:
            written += "一二三四五六七八九"[digit - 1] + unit
        elif written and not written.endswith("零") and number % power:
            written += "零"
    return written.removeprefix("一") if 10 <= number < 20 else written


def _letters(number: int) -> str:
    """Write a number as Word does in letters: a … z, aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number > 0 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(), strict=True,
    ):  # fmt: skip
        written += letters * (number // value)
        number %= value
    return written


def _circled(number: int) -> str:
    return chr(0x245F + number) if 0 < number <= 20 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _one_of(names: str) -> Callable[[int], str]:
    return lambda number: names[number - 1] if 0 < number <= len(names) else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters, "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman, "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": chinese, "chineseCountingThousand": chinese, "japaneseCounting": chinese,
    "taiwaneseCounting": chinese, "taiwaneseCountingThousand": chinese, "ideographDigital": chinese,
    "decimalFullWidth": _full_width, "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled, "decimalEnclosedCircleChinese": _circled,
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"), "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
}  # fmt: skip
"""How the formats of the standard (ECMA-376, 17.18.59) write a number; any other is written in digits."""

# --- definitions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    """With %1 … %9 where the numbers of the levels stand."""
    suffix: str


@dataclass(slots=True)
class Numbering:
    """The numbering of one document, on its way through it."""

    definitions: Any
    """The element w:numbering, or None."""
    styles: Any
    """The element w:styles, or None."""
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[str] = field(default_factory=set)
    _levels: dict[str, tuple[str, dict[int, _Level], set[int]]] = field(default_factory=dict)
    _by_style: dict[str, tuple[str | None, int]] = field(default_factory=dict)

    def label(self, paragraph: Any) -> str:
        """Give the number that stands before a paragraph, with what parts it from the text; count it."""
        number, depth = self._numbered(paragraph)
        if self.definitions is None or number in (None, "0") or not 0 <= depth < _DEEPEST:
            return ""
        assert number is not None
        abstract, levels, restarted = self._definition(number)
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(abstract, [None] * _DEEPEST)
        if number not in self._started:
            self._started.add(number)
            for at in restarted:
                counters[at] = None
        last = counters[depth]
        counters[depth] = level.start if last is None else last + 1
        counters[depth + 1 :] = [None] * (_DEEPEST - depth - 1)
        return _written(level, levels, counters)

    def _numbered(self, paragraph: Any) -> tuple[str | None, int]:
        """Give the numbering of a paragraph and its level, its own or that of its style."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None, 0
        style = _value(properties, "pStyle")
        by_style = self._of_style(style) if style else (None, 0)
        own = properties.find(f"{W}numPr")
        if own is None:
            return by_style
        return _value(own, "numId") or by_style[0], integer(_value(own, "ilvl"), by_style[1])

    def _of_style(self, name: str) -> tuple[str | None, int]:
        if name not in self._by_style:
            self._by_style[name] = self._look_up_style(name)
        return self._by_style[name]

    def _look_up_style(self, name: str) -> tuple[str | None, int]:
        asked: str | None = name
        for _ in range(_STYLES):
            style = None if self.styles is None or asked is None else _by_id(self.styles, "style", "styleId", asked)
            if style is None:
                break
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                number = _value(numbered, "numId")
                return number, integer(_value(numbered, "ilvl"), self._level_of_style(number, name))
            asked = _value(style, "basedOn")
        return None, 0

    def _level_of_style(self, number: str | None, style: str) -> int:
        """Find the level that names a style as its own."""
        abstract = self._abstract(number) if number is not None and self.definitions is not None else None
        for level in () if abstract is None else abstract.findall(f"{W}lvl"):
            if _value(level, "pStyle") == style:
                return integer(level.get(f"{W}ilvl"), 0)
        return 0

    def _abstract(self, number: str) -> Any:
        num = _by_id(self.definitions, "num", "numId", number)
        identity = None if num is None else _value(num, "abstractNumId")
        return None if identity is None else _by_id(self.definitions, "abstractNum", "abstractNumId", identity)

    def _definition(self, number: str) -> tuple[str, dict[int, _Level], set[int]]:
        """Give what counts together with a numbering, its levels, and those that it begins anew."""
        if number not in self._levels:
            abstract, num = self._abstract(number), _by_id(self.definitions, "num", "numId", number)
            levels = {} if abstract is None else _read_levels(abstract)
            restarted: set[int] = set()
            for change in () if num is None else num.findall(f"{W}lvlOverride"):
                depth, start = integer(change.get(f"{W}ilvl"), -1), _value(change, "startOverride")
                levels |= _read_levels(change)
                if start is not None and depth in levels:
                    old = levels[depth]
                    levels[depth] = _Level(integer(start, 1), old.format, old.text, old.suffix)
                    restarted.add(depth)
            identity = number if abstract is None else str(abstract.get(f"{W}abstractNumId"))
            self._levels[number] = identity, levels, restarted
        return self._levels[number]


def _read_levels(holder: Any) -> dict[int, _Level]:
    levels = {}
    for level in holder.findall(f"{W}lvl"):
        fonts = level.find(f"{W}rPr/{W}rFonts")
        symbol = fonts is not None and any(name in str(fonts.get(f"{W}ascii")) for name in ("Wingdings", "Symbol"))
        form, text = _value(level, "numFmt") or "decimal", _value(level, "lvlText") or ""
        if form == "bullet":
            text = "•" if symbol or any("\ue000" <= character <= "\uf8ff" for character in text) else text
        levels[integer(level.get(f"{W}ilvl"), -1)] = _Level(
            integer(_value(level, "start"), 0 if form == "bullet" else 1), form, text, _value(level, "suff") or "tab"
        )
    return {depth: level for depth, level in levels.items() if 0 <= depth < _DEEPEST}


def _written(level: _Level, levels: dict[int, _Level], counters: list[int | None]) -> str:
    text = level.text
    if level.format != "bullet":
        for at in range(_DEEPEST):
            other = levels.get(at, level)
            number = counters[at] if counters[at] is not None else other.start
            text = text.replace(f"%{at + 1}", _FORMATS.get(other.format, str)(int(number or 0)))
    parted = level.suffix != "nothing" and text and text[-1] < "\u2e80" and text[-1] != " "
    return text + " " * bool(parted)


# --- the XML ----------------------------------------------------------------------------------------------------------


def _value(holder: Any, name: str) -> str | None:
    child = holder.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _by_id(holder: Any, name: str, key: str, wanted: str) -> Any:
    return next((child for child in holder.findall(f"{W}{name}") if child.get(f"{W}{key}") == wanted), None)


def integer(written: str | None, default: int) -> int:
    """Read a number of an attribute; `default` where it is none, or far too large."""
    return int(written) if written is not None and written.isdecimal() and len(written) < 6 else default
