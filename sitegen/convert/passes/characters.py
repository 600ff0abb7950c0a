"""Passes over single characters and short marks: line ends, controls, residue of converters, Markdown of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.convert.ledger import Change
from sitegen.model import Span
from sitegen.text import HAN

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]+"
)
_PAGE_NUMBER = re.compile(
    r"^[ \t\u3000\xa0]{0,40}(?:[-—–－―]{1,2} ?\d{1,4} ?[-—–－―]{1,2}|第 ?\d{1,4} ?页(?:[ ,，/]{0,3}共 ?\d{1,4} ?页)?)"
    r"[ \t\u3000\xa0]{0,40}$",
    re.MULTILINE,
)

# --- what converters leave --------------------------------------------------------------------------------------------

_RESIDUE = re.compile(
    r"<!--[^\n<>]{0,200}-->|<br ?/?>|&(?:#(?P<decimal>\d{1,5})|(?P<entity>[a-z]{2,6}));", re.IGNORECASE
)
_ENTITIES = {
    "nbsp": " ", "ensp": " ", "emsp": "\u3000", "thinsp": " ", "sp": " ", "ldquo": "“", "rdquo": "”", "lsquo": "‘",
    "rsquo": "’", "middot": "·", "hellip": "…", "mdash": "—", "ndash": "–", "times": "×", "quot": '"', "bull": "•",
}  # fmt: skip
"""Entities of spaces and punctuation, `&sp;` (a broken `&nbsp;`) among them; those of markup stay text."""


def unify_line_ends(text: str) -> Iterator[Change]:
    """Write every line end as a line feed."""
    return (Change(found.start(), found.end(), "\n") for found in _LINE_END.finditer(text))


def drop_controls(text: str) -> Iterator[Change]:
    """Take out control characters, byte order marks and invisible format characters."""
    return (Change(found.start(), found.end(), "") for found in _CONTROL.finditer(text))


def drop_residue(text: str) -> Iterator[Change]:
    """Take out HTML comments and write entities of spaces and punctuation as the characters they stand for."""
    for found in _RESIDUE.finditer(text):
        if found["decimal"]:
            number = int(found["decimal"])
            if 0xA0 <= number < 0xD800:
                yield Change(found.start(), found.end(), chr(number))
        elif found["entity"]:
            character = _ENTITIES.get(found["entity"].lower())
            if character is not None:
                yield Change(found.start(), found.end(), character)
        else:
            yield Change(found.start(), found.end(), "\n" if found[0][1] in "bB" else "")


_BROWSER_MARGIN = re.compile(
    r"^[ \t]*(?:(?:file|https?)://[^\s]{1,300}[ \t]+\d{1,4}/\d{1,4}"
    r"|\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}(?:[ \u202f][AP]M)?|\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2})[ \t]*$",
    re.MULTILINE,
)
"""What a browser prints at the edges of a page: the moment of printing, the address, the number of the page."""


def drop_page_numbers(text: str) -> Iterator[Change]:
    """Take out lines that hold a page number alone: — 3 —, 第 3 页 共 7 页; and what browsers print beside them."""
    spans = sorted(found.span() for pattern in (_PAGE_NUMBER, _BROWSER_MARGIN) for found in pattern.finditer(text))
    return (Change(start, end, "") for start, end in spans)


# --- Markdown of the source -------------------------------------------------------------------------------------------

_HEADING_MARK = re.compile(r"^[ \t\u3000\xa0]{0,8}#{1,6}[ \xa0]+", re.MULTILINE)
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)(?P<inner>[^*\n]+)\*\*(?!\*)")


def drop_heading_marks(text: str) -> Iterator[Change]:
    """Take out `#` before a heading of the source: levels are read from the text."""
    return (Change(found.start(), found.end(), "") for found in _HEADING_MARK.finditer(text))


def drop_bold_marks(text: str) -> Iterator[Change]:
    """Take out the asterisks of bold stretches; which of them are leads is decided over the clean text."""
    for start, end in bold_stretches(text):
        yield Change(start - 2, start, "")
        yield Change(end, end + 2, "")


def bold_stretches(text: str) -> Iterator[Span]:
    """Find the stretches of a line that stand between two pairs of asterisks."""
    return (found.span("inner") for found in _BOLD.finditer(text))


# --- glosses ----------------------------------------------------------------------------------------------------------

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(f"(?<=[{HAN}])[(（] ?(?P<reading>[a-zü{_TONES}]{{1,7}}) ?[)）]")
_TONED = re.compile(f"[{_TONES}]")


def drop_glosses(text: str) -> Iterator[Change]:
    """Take out pinyin in brackets, 學(xué), where a text is strewn with it to hinder copying."""
    if _TONED.search(text) is None:
        return
    found = list(_GLOSS.finditer(text))
    if sum(_TONED.search(gloss["reading"]) is not None for gloss in found) >= 3:
        yield from (Change(gloss.start(), gloss.end(), "") for gloss in found)
