"""Passes over white space inside lines: spaces that a scan or a layout has put between Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.convert.ledger import Change
from sitegen.convert.words import BODY_AFTER_SPACE, BODY_BEFORE_SPACE, GENRE_AT_END, NUMERALS, is_body
from sitegen.dates import find_dates
from sitegen.text import HAN

_BLANK = " \t\xa0\u1680\u2000-\u200a\u202f\u205f"
"""Blanks but U+3000, which official texts print on purpose: 第一条　根据, 黄　卫."""
_ANY = f"{_BLANK}\u3000"
_MARKS = "，。；：、！？）》」』】〉”’（《「『【〈“‘—…％"

_SPACED_LINE = re.compile(f"^[^\\s](?:[{_ANY}]+[^\\s]){{2,}}$", re.MULTILINE)
_LINE_WITH_BLANK = re.compile(f"^[^\\n{_BLANK}]*[{_BLANK}][^\\n]*$", re.MULTILINE)
_PROSE = re.compile("[，。；！？,;!?]")
_GAPPED_MARK = re.compile(
    f"[{NUMERALS}]{{1,3}}(?P<before>[{_BLANK}]+)、(?P<after>[{_BLANK}]*)"
    f"|[(（](?P<inside>[{_BLANK}]+)[{NUMERALS}]{{1,3}}(?P<end>[{_BLANK}]*)[)）]"
)
_RUN_TOGETHER = re.compile(f"(?:^|[ 。；])\\d{{1,2}}[.．、][{HAN}]{{2,12}}$")
"""The heading of an item whose line ends were lost: the gap behind it is all that parts it from its text."""
_ARTICLE = re.compile("(?:^|[。；])第[一二三四五六七八九十百千〇零0-9]{1,6}[条章节款编]$")
"""第一条, 第二章: official texts print a gap behind it."""
_RUN = re.compile(f"[{_BLANK}]+")
_CHINESE_BEFORE = re.compile(f"[{HAN}{_MARKS}]|[{HAN}][,;:!?)]")
_CHINESE_AFTER = re.compile(f"[{HAN}{_MARKS}]")
_IN_DATE = re.compile(
    f"(?<=[年月〕\\]第])[{_BLANK}]+(?=[0-9０-９])|(?<=[0-9０-９])[{_BLANK}]+(?=[年月日号條条〔])"
    f"|(?<=[{HAN}])[{_BLANK}]+(?=[〔])|(?<=〔)[{_BLANK}]+(?=\\d)|(?<=\\d)[{_BLANK}]+(?=〕)"
)


def close_up_spaced_lines(text: str) -> Iterator[Change]:
    """Close up lines whose every character stands apart, 试 点 工 作 方 案 的 通 知, 国　务　院.

    A roster looks the same: 黄　卫　孙　立. Its gaps tell, where they are of two kinds; else the name of a body, a
    title, or a long line of single blanks is closed up, and nothing else.
    """
    for line in _SPACED_LINE.finditer(text):
        gaps = [run.span() for run in re.finditer(f"[{_ANY}]+", line[0])]
        if len({line[0][start:end] for start, end in gaps}) == 1 and _is_one_phrase(line[0], line[0][slice(*gaps[0])]):
            for start, end in gaps:
                yield Change(line.start() + start, line.start() + end, "")


def _is_one_phrase(line: str, gap: str) -> bool:
    closed = re.sub(f"[{_ANY}]+", "", line)
    if _CLOSED_NAME.search(closed) or is_body(closed) or GENRE_AT_END.search(closed) or find_dates(closed):
        return True
    return gap == " " and (len(closed) >= LONG_SPACED or _PROSE.search(closed) is not None)


_CLOSED_NAME = re.compile("(?:文件|国务院|中共中央|军委|号|附件|目录|[:：])$")
LONG_SPACED = 12
"""Least characters of a line of single blanks that is no roster: four names of three characters at least."""


def drop_spaces(text: str) -> Iterator[Change]:
    """Take out spaces between Chinese characters in prose and inside dates and numbers; leave one of a run elsewhere.

    Prose is a line with a comma or a full stop: a line without is a list, a signature, a table row, whose gaps separate
    words. In prose the gap between two issuing bodies stays, too.
    """
    for line in _LINE_WITH_BLANK.finditer(text):
        prose = _PROSE.search(line[0]) is not None
        closed = {run.start() for run in _IN_DATE.finditer(line[0])}
        gapped = _GAPPED_MARK.match(line[0])
        closed |= {gapped.start(name) for name in gapped.groupdict() if gapped[name]} if gapped is not None else set()
        for run in _RUN.finditer(line[0]):
            kept = "" if run.start() in closed or (prose and _is_stray(line[0], run.start(), run.end())) else " "
            yield Change(line.start() + run.start(), line.start() + run.end(), kept)


def _is_stray(line: str, start: int, end: int) -> bool:
    """Tell whether the gap `start:end` of a line of prose stands inside Chinese text."""
    before, after = line[max(start - 2, 0) : start], line[end : end + 1]
    if not before or not after or after == "\u3000" or before[-1] == "\u3000":
        return False
    if not (_CHINESE_BEFORE.match(before[-1:]) or _CHINESE_BEFORE.fullmatch(before)) or not _CHINESE_AFTER.match(after):
        return False
    if _ARTICLE.search(line[max(start - 12, 0) : start]):
        return False
    if _RUN_TOGETHER.search(line[max(start - 16, 0) : start]):
        return False
    head, tail = line[max(start - 6, 0) : start], line[end : end + 12]
    return not (BODY_BEFORE_SPACE.search(head) and BODY_AFTER_SPACE.match(tail))
