"""Which lines of a text are headings: 一、 and （一） that stand alone, chapters, and short lines without a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.convert.words import NUMERALS

_KINDS = (
    ("chapter", re.compile(rf"第\s?(?:[{NUMERALS}\d]{{1,4}})\s?[章编編](?=[\s\u3000]|$)")),
    ("section", re.compile(rf"第\s?(?:[{NUMERALS}\d]{{1,4}})\s?[节節](?=[\s\u3000]|$)")),
    ("article", re.compile(rf"第\s?(?:[{NUMERALS}\d]{{1,5}})(?:-\d{{1,2}})?\s?[条條]")),
    ("first", re.compile(rf"(?:[{NUMERALS}]{{1,4}})[、．](?=.)")),
    ("second", re.compile(rf"[(（](?:[{NUMERALS}]{{1,4}})[)）](?=.)")),
    ("third", re.compile(r"(?:\d{1,3})[.．、](?!\d)")),
    ("other", re.compile(r"[(（]\d{1,3}[)）]|[①-⑳]|\d{1,3}\.\d{1,3}")),
)
_MAY_BE_NUMBERED = re.compile(rf"[第(（①-⑳\d{NUMERALS}]")
_LEVELS = {"chapter": 2, "section": 3, "first": 2, "second": 3}
_FURNITURE = re.compile(r"附件|附[：:]|[(（](?:此件|本文|联系|略)|抄送|抄报|主题词|注[：:]|图\d|表\d")
_END = "。；：，、！？,;:!?…"
_INNER_STOP = re.compile("[。；！？]")

LONGEST = 60
"""Most characters of a heading; official texts have them up to about fifty."""


def _kind(line: str) -> str | None:
    """Tell how a line is numbered; None where it is not."""
    if not _MAY_BE_NUMBERED.match(line):
        return None
    return next((kind for kind, pattern in _KINDS if pattern.match(line)), None)


def find_headings(lines: Sequence[str], start: int, end: int, *, enclosed: bool = False) -> dict[int, int]:
    """Give the headings among the lines `start:end` with their levels.

    In a document that is enclosed in another one, behind its signature, all levels are one deeper, so that level 2 is
    the notice's own; and so are 一、 and （一） below chapters.
    """
    items = [_kind(line) for line in lines[start:end]]
    levels: dict[int, int] = {}
    for kind in _LEVELS:
        members = [index for index, item in enumerate(items) if item == kind]
        levels |= dict.fromkeys(_real(lines[start:end], items, members), _LEVELS[kind])
    chapters = any(items[index] == "chapter" for index in levels)
    if not levels and not enclosed:
        levels = _unnumbered(lines[start:end], items)
    deeper = {index: int(enclosed) + (chapters and items[index] in ("first", "second")) for index in levels}
    return {start + index: level + deeper[index] for index, level in sorted(levels.items())}


def _real(lines: Sequence[str], items: Sequence[str | None], members: Sequence[int]) -> list[int]:
    """Leave, of lines numbered in one way, those that are headings and no items of a list.

    A heading is short, is no sentence, and has text or deeper items below it; in an enumeration the next item or the
    end comes at once. A full stop at its end is allowed where all of its kind have one: （一）加强组织领导。
    """
    alone = [index for index in members if _stands_alone(lines[index], allow_stop=True)]
    if len(alone) < len(members) and items[members[0]] != "second":
        alone = [index for index in alone if _stands_alone(lines[index], allow_stop=False)]
    return [index for index in alone if _heads_text(lines, items, index)]


def _stands_alone(line: str, *, allow_stop: bool) -> bool:
    if len(line) > LONGEST or _INNER_STOP.search(line[:-1]):
        return False
    if line.endswith("。"):
        return allow_stop and len(line) <= 40
    if line[-1] in "：:":
        return len(line) <= 20
    return line[-1] not in _END


def _heads_text(lines: Sequence[str], items: Sequence[str | None], index: int) -> bool:
    """Tell whether what stands around a numbered line lets it be a heading."""
    item = items[index]
    if item is None or index + 1 >= len(lines):
        return False
    below, above = items[index + 1], items[index - 1] if index else None
    if below == item:
        return False
    if item in ("chapter", "section"):
        return True
    if below in ("chapter", "article", "section"):
        return below == "article" and item == "first"
    if item == "second" and below == "first":
        return False
    if lines[index].endswith("。"):
        listed = index > 0 and lines[index - 1].endswith(("：", "；", ":", ";"))
        if listed or above == item:
            return False
    return _FURNITURE.match(lines[index + 1]) is None


def _unnumbered(lines: Sequence[str], items: Sequence[str | None]) -> dict[int, int]:
    """Find headings without numbers, in a text that has no others: at least two short lines between long paragraphs."""
    found = [
        index
        for index in range(1, len(lines) - 1)
        if items[index] is None
        and 4 <= len(lines[index]) <= 30
        and lines[index][-1] not in _END + "）)》”"
        and not re.search(r"[\d:：\t\u3000□]|  ", lines[index])
        and not _FURNITURE.match(lines[index])
        and _is_paragraph(lines[index - 1])
        and _is_paragraph(lines[index + 1])
        and items[index + 1] is None
    ]
    return dict.fromkeys(found, 2) if len(found) >= 2 else {}


def _is_paragraph(line: str) -> bool:
    return len(line) >= 50 and re.search("[。：]", line) is not None
