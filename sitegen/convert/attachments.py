"""The list of attachments in a text, 附件说明."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIRST = re.compile(
    r"附(?:件|表|录)?(?:下载|列表|清单)?\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})?\s?(?P<mark>[：:.．、]|\s)\s?(?P<rest>[^\n]*)"
)
_NUMBERED = re.compile(r"(?:附(?:件|表)?\s?)?(?P<number>\d{1,2})\s?[.．、：:](?!\d)\s?(?P<name>\S[^\n]*)")
_SPACED = re.compile(r"附(?:件|表)\s?(?P<number>\d{1,2})\s(?P<name>\S[^\n]*)")
_INNER = re.compile(r"(?<=[^\d])\s?(?=\d{1,2}[.．、](?!\d))")
_TRAILING = re.compile(r"(?<![\s。；;，,])[\s。；;，,]+$")
_SENTENCE = re.compile("[。；！？]")
LONGEST = 120


def read_attachments(lines: Sequence[str], start: int, end: int, *, only_here: bool = False) -> tuple[str, ...]:
    """Give the names in the first list of attachments among the lines `start:end`; empty where there is none.

    Reads 附件：name, 附件：1.name with further numbered lines below, 附件1.name, 附件1：name. With `only_here` the list
    must begin at `start`.
    """
    for index in range(start, min(start + 1, end) if only_here else end):
        found = _FIRST.match(lines[index]) if len(lines[index]) <= 400 else None
        if found is None or not _is_list(found):
            continue
        names = list(_names(found))
        spaced = found["mark"].isspace()
        if spaced and (index + 1 >= end or not _SPACED.match(lines[index + 1])):
            continue  # 附件1 above an attachment itself
        for line in lines[index + 1 : end]:
            follows = (_SPACED if spaced else _NUMBERED).match(line) if len(line) <= LONGEST else None
            if follows is None or int(follows["number"]) != len(names) + 1:
                break
            if names and not _numbered(found) and not line.startswith("附"):
                break
            names.append(_TRAILING.sub("", follows["name"]))
        if names:
            return tuple(names)
    return ()


def _is_list(found: re.Match[str]) -> bool:
    rest = _TRAILING.sub("", found["rest"])
    if _SENTENCE.search(rest) or len(rest) > LONGEST * 3 or (not rest and found["mark"] not in "：:"):
        return False
    if found["mark"] in "：:" or (found["number"] is not None and found["mark"] in ".．、"):
        return True
    return found["number"] == "1" and found["mark"].isspace() and bool(rest)


def _numbered(found: re.Match[str]) -> bool:
    return found["number"] is not None or not found["rest"] or _NUMBERED.match(found["rest"]) is not None


def _names(found: re.Match[str]) -> list[str]:
    """Give the names on the first line: one, or several numbered ones that were run together."""
    if not found["rest"].strip():
        return []
    if found["number"] is not None:
        return [_TRAILING.sub("", found["rest"])]
    names: list[str] = []
    for part in _INNER.split(found["rest"]):
        numbered = _NUMBERED.match(part)
        if numbered is not None and int(numbered["number"]) == len(names) + 1:
            names.append(_TRAILING.sub("", numbered["name"]))
        elif names:
            names[-1] += part
        else:
            return [_TRAILING.sub("", found["rest"])]
    return names
