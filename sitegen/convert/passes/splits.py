"""Passes that part what was run together on one line: date and signers, number and title, addressee and text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.convert.ledger import Change
from sitegen.convert.signing import is_signer, whole_date
from sitegen.convert.title import is_number_line
from sitegen.convert.words import GENRE_AT_END, GLUED_NUMBER, NUMERALS, SPACED_NAME, split_bodies

_DATE_AT_END = re.compile(
    rf"[ \u3000]+(?P<date>(?:(?:19|20)\d\d|[〇○零{NUMERALS}]{{4}}) ?年"
    rf"[ \d〇○零{NUMERALS}]{{1,5}}月[ \d〇○零{NUMERALS}]{{1,5}}[日号]?)$"
)
_CLOSING = re.compile(rf"(?<=[。！!])[ \u3000]*(?P<signer>[^ \u3000，。；]{{3,40}}){_DATE_AT_END.pattern}")
"""A signature that was run together with the end of the text: 特此通知。 教务处 2020年3月30日."""
_ADDRESSEE = re.compile(
    r"^(?:各|机关|全体|尊敬的|亲爱的|广大)[^。；：:\n]{0,150}"
    r"(?:单位|部门|学院|处室|机关|居民区|政府|委员会|同学们?|同志们?|党组织|机构|公司|[局厅办校]"
    r"|师生|老师们?|员工|市民|朋友们?|群众)"
    r"[：:](?P<gap>[ \u3000]*)(?=[^\s])",
    re.MULTILINE,
)


def split_dates(text: str) -> Iterator[Change]:
    """Give a date that shares a line with its signers or with the number a line of its own, and each signer one."""
    previous: tuple[int, str] | None = None
    position = 0
    for line in text.split("\n"):
        date = _DATE_AT_END.search(line) if 10 <= len(line) <= 100 else None
        head = line[: date.start()] if date is not None else ""
        if previous is not None and whole_date(line) is not None:
            yield from _split_signers(*previous)
        previous = (position, line) if len(line) <= 100 else None
        if date is not None and (is_signer(head) or is_number_line(head)):
            yield from _split_signers(position, head)
            yield Change(position + date.start(), position + date.start("date"), "\n")
            previous = None
        closing = _CLOSING.search(line, max(len(line) - 100, 0)) if len(line) > 20 else None
        if closing is not None and is_signer(closing["signer"]):
            yield Change(position + closing.start(), position + closing.start("signer"), "\n")
            yield Change(position + closing.end("signer"), position + closing.start("date"), "\n")
            previous = None
        position += len(line) + 1


def _split_signers(position: int, line: str) -> Iterator[Change]:
    bodies = split_bodies(line)
    if len(bodies) > 1 and "、" not in line and all(map(is_signer, bodies)):
        spaced = [run.span() for run in SPACED_NAME.finditer(line)]
        for gap in re.finditer(r"(?<=\S)\s+(?=\S)", line):
            is_inside = any(start < gap.start() < end for start, end in spaced)
            yield Change(position + gap.start(), position + gap.end(), "" if is_inside else "\n")


def split_glued_numbers(text: str) -> Iterator[Change]:
    """Part a document number from the title that it is glued to."""
    for found in GLUED_NUMBER.finditer(text):
        end = text.find("\n", found.end())
        rest = text[found.end() : end if end >= 0 else len(text)]
        if len(rest) <= 120 and GENRE_AT_END.search(rest):
            yield Change(found.end("number"), found.end(), "\n")


def split_addressee(text: str) -> Iterator[Change]:
    """Part the addressee from a text that goes on in the same line; only the first one can be meant."""
    found = _ADDRESSEE.search(text)
    if found is None:
        return
    end = text.find("\n", found.end())
    rest = text[found.end() : end if end >= 0 else len(text)]
    if len(rest) > 20 and "。" in rest:
        yield Change(found.start("gap"), found.end(), "\n")
