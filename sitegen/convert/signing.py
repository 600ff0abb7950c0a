"""The signature block of a document: the bodies that sign it, 发文机关署名, and its date, 成文日期."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.convert.words import is_body, split_bodies
from sitegen.dates import FoundDate, find_dates
from sitegen.model import MASK
from sitegen.text import HAN

_SEAL = re.compile(r"\s{0,4}[(（](?:盖章|公章|章|印章|代章|印)[)）]$")
_OFFICER = re.compile(
    r"(?:总理|省长|市长|县长|区长|主席|部长|局长|校长|院长|主任|署长|行长|州长)"
    rf"[\s　]+[{HAN}·]{{1,4}}(?:[\s　]?[{HAN}])?"
)
_AFTER_BLOCK = re.compile(
    r"附件|附[：:]|[(（](?:此件|本文|联系|此页)|抄送|抄报|主题词|[^。]{0,30}印发$|联系人|联系电话|联系方式"
)
_SENTENCE = re.compile("[，。；！？,;!?]")


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature block, as lines `start:end`, and what it says."""

    start: int
    end: int
    bodies: tuple[str, ...]
    date: FoundDate | None
    written: str | None
    """The date as printed."""


def whole_date(line: str) -> FoundDate | None:
    """Read a line that is one date and nothing else, a bracket around it allowed; None for other lines."""
    if not 6 <= len(line) <= 26:
        return None
    bare = line.strip(" \u3000()（）")
    return next((date for date in find_dates(bare) if (date.start, date.end) == (0, len(bare))), None)


def is_signer(line: str) -> bool:
    """Tell whether a line can name those who sign: bodies, or an officer with his name."""
    if len(line) > 80:
        return False
    bare = _SEAL.sub("", line.strip())
    if not 2 < len(bare) <= 60 or _SENTENCE.search(bare):
        return False
    if MASK in bare and len(bare) <= 30 and "：" not in bare:
        return True
    return is_body(re.sub(r"\s+", "", bare).replace("、", "")) or _OFFICER.fullmatch(bare) is not None


def find_signings(lines: Sequence[str], start: int) -> tuple[Signing, ...]:
    """Find the signature blocks among the lines from `start` on, in order; the first is the notice's own."""
    found: list[Signing] = []
    floor = start
    for index in range(start, len(lines)):
        date = whole_date(lines[index])
        if date is None or index < floor:
            continue
        top = _top(lines, floor, index)
        below = index + 1 < len(lines) and top == index and is_signer(lines[index + 1])
        last = index + 1 >= len(lines) or _AFTER_BLOCK.match(lines[index + 1]) is not None
        if top < index or below or last:
            end = index + 2 if below else index + 1
            found.append(_signing(lines, top, end, index, date))
            floor = end
    if not found and len(lines) - start >= 2:
        top = _top(lines, start + 1, len(lines))
        if top < len(lines) and lines[top - 1].endswith(("。", "！", "”", "）", "此复", "此函")):
            found.append(_signing(lines, top, len(lines), None, None))
    return tuple(found)


def _top(lines: Sequence[str], floor: int, index: int) -> int:
    """Find the first of the lines of signers right above `index`."""
    top = index
    while top > floor and index - top < 8 and is_signer(lines[top - 1]):
        top -= 1
    return top


def _signing(lines: Sequence[str], start: int, end: int, at: int | None, date: FoundDate | None) -> Signing:
    bodies = tuple(
        body
        for index in range(start, end)
        if index != at
        for body in split_bodies(_SEAL.sub("", lines[index]))
        if is_body(body) or MASK in body
    )
    return Signing(start, end, bodies, date, None if at is None else lines[at].strip())
