"""The head of a notice: its title in one or more lines, its number, the letterhead, dates printed under the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.convert.chrome import is_menu
from sitegen.convert.words import BODY_AT_END, GENRE_AT_END, ITEM_MARK, NUMBER, is_body
from sitegen.dates import find_dates
from sitegen.model import MASK
from sitegen.text import HAN

_HAN = re.compile(f"[{HAN}]")
_SPACE = re.compile(r"\s+")
_LETTERHEAD = re.compile(rf"(?!.*(?:关于|印发|转发|规范性))[{HAN}{MASK[0]} \u3000、（）()]{{2,60}}文件")
_OPENS_TITLE = re.compile(r"(?:关于|關於|致|印发|转发|批转|对|給|给)")
_OPENS_BODY = re.compile(rf"(?:{ITEM_MARK})")
_CONTINUES = re.compile(r"的|和|与|及|等|、|（试行）|\(试行\)|[(（]第|第[\d一二三四五六七八九十]{1,4}号")
_BARE_NUMBER = re.compile(rf"第\s?[\d{'一二三四五六七八九十百'}]{{1,5}}\s?号")
_TAG = re.compile(r"^[\[【][^\[\]【】]{1,20}[\]】]\s?")
_NOTE = re.compile(r"[(（]?(?:(?:19|20)\d\d年|[一二][〇○零一二三四五六七八九]{3}年)")
_COLON_END = re.compile(r"[:：]$")

_AFTER_ISSUER = re.compile(rf"[{HAN}]{{2,20}}?(?:关于|印发|转发|$)")

LONGEST = 120
"""Most characters of a title line."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines above the text of a notice are, as indexes of lines."""

    body: int
    """The first line of the text."""
    title: tuple[int, ...] = ()
    repeats: tuple[int, ...] = ()
    """Lines that print the title, or a part of it, once more."""
    number: int | None = None
    letterhead: tuple[int, ...] = ()
    date: int | None = None
    """The line that is a date in brackets under the title, or beside the number."""


def read_head(lines: Sequence[str], start: int) -> Head:
    """Read the head of a notice, from `start` on to the first line of its text."""
    body = _body_start(lines, start)
    numbers = [
        index
        for index in range(start, body)
        if is_number_line(lines[index]) and not _is_whole_order(lines, start, index)
    ]
    letterhead = [index for index in range(start, body) if _LETTERHEAD.fullmatch(lines[index])]
    groups = _groups(lines, start, body, {*numbers, *letterhead})
    chosen = _choose(lines, groups)
    if chosen and chosen[-1] + 1 in numbers and _is_order(lines, chosen):
        chosen = (*chosen, chosen[-1] + 1)
    title = join_title(lines, chosen)
    repeats = tuple(
        index for group in groups if group != chosen and _repeats(title, join_title(lines, group)) for index in group
    )
    marks = [group for group in groups if group != chosen and set(group).isdisjoint(repeats)]
    letterhead += [
        index for group in marks for index in group
        if is_body(lines[index]) and any(index < number for number in numbers)
    ]  # fmt: skip
    return Head(
        body=body,
        title=chosen,
        repeats=repeats,
        number=numbers[0] if numbers else None,
        letterhead=tuple(sorted(letterhead)),
        date=_date_line(lines, range(start, body), numbers),
    )


def _body_start(lines: Sequence[str], start: int) -> int:
    """Find the first line of the text: an addressee, a sentence, an item, or what follows fourteen lines of head."""
    for index in range(start, min(len(lines), start + 14)):
        line = lines[index]
        if is_number_line(line) or _is_note(line):
            continue
        if len(line) > LONGEST or _COLON_END.search(line) or line.endswith(("。", "；", "！", ".", ";", "!")):
            return index
        if _OPENS_BODY.match(line) and not GENRE_AT_END.search(line):
            return index
        if _inline_addressee(line):
            return index
    return min(len(lines), start + 14)


def _inline_addressee(line: str) -> bool:
    """Tell whether a line is a label or an addressee with text behind it."""
    found = re.match(r"(?P<label>[^。:：]{2,60})[:：]\s?\S", line)
    return found is not None and (len(found["label"]) <= 8 or GENRE_AT_END.search(line) is None)


def _is_note(line: str) -> bool:
    """Tell whether a line is a remark on adoption, promulgation or date under the title."""
    if len(line) > 300 or _NOTE.match(line) is None:
        return False
    return line[0] in "(（" or GENRE_AT_END.search(line) is None


def is_number_line(line: str) -> bool:
    """Tell whether a line is a document number and nothing else, brackets around it allowed."""
    if len(line) > 60:
        return False
    return NUMBER.fullmatch(bare_number(line)) is not None


def bare_number(line: str) -> str:
    """Give a number line without the brackets around it and without spaces beside its parts."""
    stripped = line.strip()
    if stripped[:1] in "(（" and stripped[-1:] in ")）" and len(stripped) > 2:
        stripped = stripped[1:-1]
    return re.sub(r"(?<=[〔〕\[\]号])\s+|\s+(?=[〔〕\[\]号\d])", "", stripped)


def _groups(lines: Sequence[str], start: int, body: int, apart: set[int]) -> list[tuple[int, ...]]:
    """Gather the lines of a head into titles: each runs on until a kind of document ends it."""
    groups: list[tuple[int, ...]] = []
    group: list[int] = []

    def close() -> None:
        if group:
            groups.append(tuple(group))
            group.clear()

    for index in range(start, body):
        line = lines[index]
        if index in apart or _is_note(line) or is_menu(line):
            close()
            continue
        if group and _opens_title(line, lines[group[-1]]):
            close()
        group.append(index)
        whole = "".join(lines[at] for at in group)
        if GENRE_AT_END.search(whole) and not (index + 1 < body and _goes_on(whole, lines[index + 1])):
            close()
    close()
    return groups


def _is_whole_order(lines: Sequence[str], start: int, index: int) -> bool:
    """Tell whether a line is the title of an order and its number in one, no other title above: 国务院令第707号."""
    issuer = re.match(rf"(?P<body>[{HAN}]{{3,30}})令\s?第", lines[index])
    if issuer is None or not is_body(issuer["body"]):
        return False
    return not any(GENRE_AT_END.search(line) for line in lines[start:index])


def _goes_on(title: str, line: str) -> bool:
    """Tell whether a title that could end here goes on in the next line: …审核制度 / 试点工作方案的通知."""
    if _CONTINUES.match(line):
        return True
    plain, following = _SPACE.sub("", title), _SPACE.sub("", line)
    if following in plain or plain in following or len(plain + following) > LONGEST:
        return False
    if GENRE_AT_END.search(line) is None:
        return False
    return not (_opens_title(line, "") or _is_issuers(line) or is_number_line(line))


def _opens_title(line: str, above: str) -> bool:
    """Tell whether a line opens a title of its own instead of going on with the line above."""
    issuer = re.match(rf"[{HAN}{MASK[0]}、 ]{{3,60}}?(?=关于|關於|印发|转发|批转)", line)
    if issuer is not None and BODY_AT_END.search(issuer[0].strip()):
        return True
    kind = GENRE_AT_END.search(line)
    if kind is not None and kind["genre"].endswith("令") and is_body(line[: kind.start()]):
        return True
    return _OPENS_TITLE.match(line) is not None and GENRE_AT_END.search(line) is not None and not _is_issuers(above)


def _is_issuers(line: str) -> bool:
    return BODY_AT_END.search(line) is not None or line.endswith(("中央", "国务院"))


def _choose(lines: Sequence[str], groups: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Choose the title: the last group that ends with a kind of document, else the first that can be a title."""
    complete = [group for group in groups if GENRE_AT_END.search(join_title(lines, group))]
    if complete:
        last = join_title(lines, complete[-1])
        named = [group for group in complete[:-1] if is_body(join_title(lines, group).removesuffix(last))]
        return named[-1] if named else complete[-1]
    return next((group for group in groups if len(group) == 1 and _may_be_title(lines[group[0]])), ())


def _may_be_title(line: str) -> bool:
    """Tell whether a line that names no kind of document can be a title: 中华人民共和国湿地保护法."""
    return 6 <= len(line) <= LONGEST and not is_body(line) and len(_HAN.findall(line)) * 2 > len(line)


def _is_order(lines: Sequence[str], group: tuple[int, ...]) -> bool:
    """Tell whether a title's number belongs to it: 中华人民共和国国务院令 / 第707号."""
    return lines[group[-1]].endswith(("令", "公告", "通告")) and bool(_BARE_NUMBER.fullmatch(lines[group[-1] + 1]))


def _repeats(title: str, other: str) -> bool:
    plain, again = _SPACE.sub("", title), _SPACE.sub("", other)
    return len(again) >= 4 and (again in plain or plain in again)


def join_title(lines: Sequence[str], group: Sequence[int]) -> str:
    """Join the lines of a title; gaps stay between issuers and before a number, others close up."""
    joined = ""
    for index in group:
        line = _TAG.sub("", lines[index]) if not joined else lines[index]
        gap = " " if joined and (_BARE_NUMBER.fullmatch(line) or _both_bodies(joined, line)) else ""
        joined += gap + _close_up(line)
    return joined


def _both_bodies(before: str, after: str) -> bool:
    return is_body(before) and is_body(after)


def _close_up(line: str) -> str:
    """Take spaces out of a title, but for those between two issuers."""
    parts = [part for part in _SPACE.split(line) if part]
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        issuers = _is_issuers(joined) and len(joined) <= 60 and _AFTER_ISSUER.match(part)
        words = joined[-1].isascii() and part[0].isascii()
        joined += (" " if (issuers and len(part) > 2) or words else "") + part
    return joined


def _date_line(lines: Sequence[str], head: range, numbers: Sequence[int]) -> int | None:
    """Find the date of signing in a head: alone in brackets, or the line after the number that shared its line."""
    for index in head:
        line = lines[index]
        if len(line) <= 24 and (line[0] in "(（" or index - 1 in numbers):
            bare = line.strip("()（） ")
            if any((date.start, date.end) == (0, len(bare)) for date in find_dates(bare)):
                return index
    return None
