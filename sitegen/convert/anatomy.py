"""The parts of a notice: what each of its lines is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from sitegen.convert.attachments import read_attachments
from sitegen.convert.chrome import (
    is_dateline,
    is_menu,
    is_news_lead,
    is_path,
    is_sentence,
    is_separator,
    is_summary,
    tail_start,
)
from sitegen.convert.headings import find_headings
from sitegen.convert.metadata import Table, is_certain, is_loose, read_byline, read_table_line
from sitegen.convert.signing import Signing, find_signings, is_signer
from sitegen.convert.title import LONGEST, Head, bare_number, is_number_line, join_title, read_head
from sitegen.convert.words import GENRE_AT_END
from sitegen.dates import find_dates


class Part(Enum):
    """What a line is; the value is the fact that it is taken out for, or the reason, or None for the text itself."""

    TEXT = None
    SIGNATURE = "signature"
    CHROME = "chrome"
    TITLE = "title"
    NUMBER = "document_number"
    ISSUER = "institutions"
    ADDRESSEE = "addressee"
    SIGNED = "signed"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What each line of a notice is, and what the lines say; all indexes are of lines."""

    parts: tuple[Part, ...]
    headings: dict[int, int]
    """Line and level."""
    title: str | None
    number: str | None
    addressee: str | None
    signings: tuple[Signing, ...]
    head_date: str | None
    """The date printed in brackets under the title, or beside the number."""
    table: Table = field(default_factory=dict)
    """Fields of the page's metadata table and byline, by label."""
    attachments: tuple[str, ...] = ()


def dissect(lines: Sequence[str]) -> Anatomy:
    """Tell what each line of a notice is. The lines are clean: not empty, no white space at their edges."""
    end = tail_start(lines)
    parts = [Part.TEXT] * end + [Part.CHROME] * (len(lines) - end)
    start, table, headline = _read_page_head(lines, end, parts)
    head = read_head(lines[:end], start)
    title = join_title(lines, head.title) or None
    if headline and (title is None or not GENRE_AT_END.search(title)):
        title = join_title(lines, headline)
    _mark_head(lines, parts, head, headline, title)
    body, addressee = _read_addressee(lines, parts, head.body, end)
    signings = find_signings(lines[:end], body)
    for signing in signings:
        parts[signing.start : signing.end] = [Part.SIGNATURE] * (signing.end - signing.start)
    closing = signings[0].end if signings else end
    headings = find_headings(lines, body, signings[0].start if signings else end)
    headings |= find_headings(lines, closing, end, enclosed=True) if closing < end else {}
    return Anatomy(
        parts=tuple(parts),
        headings={index: level for index, level in headings.items() if parts[index] is Part.TEXT},
        title=title,
        number=None if head.number is None else bare_number(lines[head.number]),
        addressee=addressee,
        signings=signings,
        head_date=None if head.date is None else lines[head.date].strip("()（） "),
        table=table,
        attachments=read_attachments(lines, body, closing) or _attached_behind(lines, closing, end),
    )


def _attached_behind(lines: Sequence[str], closing: int, end: int) -> tuple[str, ...]:
    """Read a list of attachments right behind the signature, a remark in brackets between them allowed."""
    while closing < end and lines[closing][0] in "(（":
        closing += 1
    return read_attachments(lines, closing, end, only_here=True)


_FIELD_PARTS = (
    ("发布日期", Part.PUBLISHED),
    ("标题", Part.TITLE),
    ("名称", Part.TITLE),
    ("发文字号", Part.NUMBER),
    ("发文机关", Part.ISSUER),
    ("发布机构", Part.ISSUER),
    ("成文日期", Part.SIGNED),
)
"""The fact for which a line of the metadata table is taken out, the most telling of its fields first."""
_SEARCHED = 400
"""Lines of a page in which its own head, path and menus, is looked for."""


def _read_page_head(lines: Sequence[str], end: int, parts: list[Part]) -> tuple[int, Table, tuple[int, ...]]:
    """Mark what a web page prints above the notice; give the notice's first line, the fields and the headline."""
    table: Table = {}
    start, sentences, opened = 0, 0, False  # opened: text stands above, below which 时间：… is text as well
    headline: tuple[int, ...] = ()
    for index in range(min(end, _SEARCHED)):
        line = lines[index]
        sentences += is_sentence(line)
        above = sentences < 2 and (not opened or is_certain(line)) and not _announces(lines, index)
        byline = read_byline(line) if above else None
        if byline is not None:
            headline = _headline(lines, parts, start, index)
            _mark_above(parts, index)
            parts[index], start = (Part.PUBLISHED if byline else Part.CHROME), index + 1
            table |= byline
        elif above and (fields := read_table_line(line)) and not (is_loose(fields) and _is_alone(lines, parts, index)):
            table = {**fields, **{label: value for label, value in table.items() if value}}
            parts[index] = next((part for label, part in _FIELD_PARTS if label in fields), Part.CHROME)
            start = index + 1 if index == start else start
        elif _opens_notice(lines, index) or _ends_report(lines, index) or (sentences < 2 and is_path(line)):
            _mark_above(parts, index + 1)
            start, opened = index + 1, False
        elif sentences >= 20:
            break
        else:
            opened = opened or (len(line) >= 3 and line[-1] in "。；：:;")
    return _skip_page_words(lines, end, parts, start), table, headline


def _is_alone(lines: Sequence[str], parts: Sequence[Part], index: int) -> bool:
    """Tell whether no other line of a page's table stands beside a line."""
    beside = index > 0 and parts[index - 1] is not Part.TEXT
    fields = read_table_line(lines[index + 1]) if index + 1 < len(lines) else {}
    return not beside and (not fields or is_loose(fields))


_PLACE = re.compile(r"(?:地\s{0,4}点|主讲|主持|报告人|嘉宾|参加|参会|对象)[^:：]{0,6}[:：]")


def _announces(lines: Sequence[str], index: int) -> bool:
    """Tell whether a line is the time of a meeting: its place or its speaker stands below."""
    return index + 1 < len(lines) and _PLACE.match(lines[index + 1]) is not None


_REPORT = 12
"""Most lines of a news report above the notice it is about."""


def _ends_report(lines: Sequence[str], index: int) -> bool:
    """Tell whether a news report ends with a line: it began as reports do, and a title with its addressee follows."""
    if index + 2 >= len(lines) or lines[index + 2][-1] not in "：:":
        return False
    title = lines[index + 1]
    reported = any(is_news_lead(line) for line in lines[max(0, index + 1 - _REPORT) : index + 1])
    return reported and len(title) <= LONGEST and GENRE_AT_END.search(title) is not None


def _opens_notice(lines: Sequence[str], index: int) -> bool:
    """Tell whether a line parts a report from the notice it is about: 文件原文, with a title below."""
    return is_separator(lines[index]) and any(GENRE_AT_END.search(line) for line in lines[index + 1 : index + 5])


def _mark_above(parts: list[Part], end: int) -> None:
    for index in range(end):
        if parts[index] is Part.TEXT:
            parts[index] = Part.CHROME


def _headline(lines: Sequence[str], parts: Sequence[Part], start: int, byline: int) -> tuple[int, ...]:
    """Give the lines of the page's headline: those right above its byline that end as titles do, else the last one."""
    if byline <= start or parts[byline - 1] is not Part.TEXT:
        return ()
    above = next((index for index in range(byline - 1, start, -1) if parts[index - 1] is not Part.TEXT), start)
    title = read_head([*lines[:byline], "。"], max(above, byline - 4)).title
    if title and title[-1] == byline - 1:
        return title
    return (byline - 1,) if 6 <= len(lines[byline - 1]) <= LONGEST and not is_menu(lines[byline - 1]) else ()


def _skip_page_words(lines: Sequence[str], end: int, parts: list[Part], start: int) -> int:
    """Mark summaries, datelines and menus at the top of a notice."""
    while start < end:
        line = lines[start]
        if parts[start] is Part.TEXT:
            if not (is_menu(line) or is_dateline(line) or is_summary(line, lines[start + 1 : start + 12])):
                break
            parts[start] = Part.CHROME
        start += 1
    return start


def _mark_head(
    lines: Sequence[str], parts: list[Part], head: Head, headline: tuple[int, ...], title: str | None
) -> None:
    for index in (*head.title, *head.repeats, *(headline if title == join_title(lines, headline) else ())):
        parts[index] = Part.TITLE
    for index in range(head.body):
        if parts[index] is Part.TEXT and is_menu(lines[index]):
            parts[index] = Part.CHROME
    if head.number is not None:
        for index in range(head.number, head.body):
            if is_number_line(lines[index]) and parts[index] is Part.TEXT:
                parts[index] = Part.NUMBER
    for index in head.letterhead:
        parts[index] = Part.ISSUER
    if head.date is not None:
        parts[head.date] = Part.SIGNED
    for index in range(head.body):
        if parts[index] is Part.TEXT and _PROMULGATED.fullmatch(lines[index]):
            parts[index] = Part.PUBLISHED


_PROMULGATED = re.compile(r"[(（]?(?P<date>[\d〇○零一二三四五六七八九十年月日 ]{8,24})\s?(?:发布|公布|发表)[)）]?")
_NOT_ADDRESSED = re.compile(
    r"如下|现将|为了|根据|按照|[，,].{0,6}要|通知[：:]$|公告[：:]$|通告[：:]$|^[(（]?[一二三四五六七八九十\d]{1,3}[、.)）]"
)


def _read_addressee(lines: Sequence[str], parts: list[Part], body: int, end: int) -> tuple[int, str | None]:
    """Mark the addressee, if the text opens with one; give the first line behind it, and the addressee."""
    while body < end and parts[body] is not Part.TEXT:
        body += 1
    if body >= end:
        return body, None
    line = lines[body]
    if line[-1] not in "：:" or len(line) > 400 or "。" in line or _NOT_ADDRESSED.search(line):
        return body, None
    if is_signer(line) or find_dates(line):
        return body, None
    parts[body] = Part.ADDRESSEE
    return body + 1, line.rstrip("：: ")
