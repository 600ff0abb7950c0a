"""The elements of a notice, from its parts: what the text supports, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitegen.convert.anatomy import Anatomy, Part
from sitegen.convert.metadata import Table
from sitegen.convert.words import GENRE_AT_END, is_body, split_bodies
from sitegen.dates import bounds, find_dates, label, parse_date
from sitegen.model import MASK, Facts, Flag, InferredDate
from sitegen.text import HAN

_BEFORE_TOPIC = re.compile(
    rf"^(?P<issuers>[{HAN}、 \u3000（）()]{{2,80}}?)(?=关于|關於|印发|转发|批转|对[^外内]|发布|公布)"
)
_APPEAL = re.compile(
    rf"[，。：](?P<bodies>[{HAN}、]{{4,40}}?)(?:现|特)?(?:面向|面對|面对|向)(?:全|广大|廣大)[{HAN}]{{1,10}}"
    "(?:发起|發起|发出|發出)如下倡[议議]"
)
_SPOKEN = ("通告", "公告", "通知", "通报", "令", "命令", "公报", "声明", "倡议书", "复函", "函")
"""Kinds before which a title can name the issuer alone: 石门县…指挥部通告."""
_PROPER = re.compile("大学|大學|学院|學院|[省市县區区縣]|公司|中学|医院")
_CLOSING_GENRES = (
    (re.compile("此函。?|特此函达。?|特此函[告复]。?"), "函"),
    (re.compile("此复。?"), "批复"),
    (re.compile("特此通知[。！!]?"), "通知"),
    (re.compile("特此公告[。！!]?"), "公告"),
    (re.compile("特此通告[。！!]?"), "通告"),
    (re.compile("特此通报[。！!]?"), "通报"),
)
_APPEALS = re.compile("(?:发起|發起|发出|發出)如下倡[议議]")


def read_facts(lines: Sequence[str], anatomy: Anatomy) -> Facts:
    """Give the facts of a notice; flags that the conversion itself raises are added by it."""
    text = [line for line, part in zip(lines, anatomy.parts, strict=True) if part in (Part.TEXT, Part.SIGNATURE)]
    title = anatomy.title or _stated_title(anatomy.table)
    number = _number(anatomy)
    signed, published = _signed(anatomy), _published(lines, anatomy)
    dated = None if signed or published else _inferred(number)
    return Facts(
        title=title,
        institutions=_institutions(title, text, anatomy),
        document_number=number,
        genre=_genre(title, text),
        addressee=anatomy.addressee,
        signed=signed,
        published=published,
        dated=dated,
        attachments=anatomy.attachments,
        language=_language(text),
        flags=tuple(_flags(title, signed, published, dated, anatomy)),
    )


def _stated_title(table: Table) -> str | None:
    return table.get("标题") or table.get("名称") or None


def _number(anatomy: Anatomy) -> str | None:
    """Give the document number: the one in the text, unless the page's table has it more fully."""
    stated = anatomy.table.get("发文字号") or anatomy.table.get("文号") or anatomy.table.get("发布文号") or None
    if anatomy.number and stated and stated.endswith(anatomy.number):
        return stated
    in_title = re.search(r"(?:[(（]|令\s?)(第\s?[\d一二三四五六七八九十]{1,5}号)[)）]?$", anatomy.title or "")
    return anatomy.number or stated or (in_title[1] if in_title is not None else None)


# --- who --------------------------------------------------------------------------------------------------------------


def _institutions(title: str | None, text: Sequence[str], anatomy: Anatomy) -> tuple[str, ...]:
    """Give the issuing bodies: as signed, else as in the title, the page's table, or an appeal's first sentence."""
    signed = tuple(dict.fromkeys(anatomy.signings[0].bodies)) if anatomy.signings else ()
    if any(MASK in body for body in signed):
        return ()
    titled = _titled(title)
    if len(signed) == len(titled) == 1 and titled[0] != signed[0] and titled[0].endswith(signed[0]):
        signed = titled  # 教务处 signs what 临江学院教务处 issues
    found = signed or titled or _tabled(anatomy.table) or _appealing(text)
    return tuple(body for body in found if MASK not in body)


def _titled(title: str | None) -> tuple[str, ...]:
    if title is None:
        return ()
    before = _BEFORE_TOPIC.match(title)
    kind = GENRE_AT_END.search(title)
    named = before["issuers"] if before is not None else ""
    if before is None and kind is not None and kind["genre"] in _SPOKEN:
        named = title[: kind.start()]
    bodies = split_bodies(named)
    return bodies if all(is_body(body) or body in ("国务院", "中共中央") for body in bodies) else ()


def _tabled(table: Table) -> tuple[str, ...]:
    stated = next((table[key] for key in ("发文机关", "制发机关", "发文单位") if table.get(key)), "")
    return split_bodies(stated) if stated and (is_body(stated.replace("、", "")) or stated == "国务院") else ()


def _appealing(text: Sequence[str]) -> tuple[str, ...]:
    for line in text[:6]:
        found = _APPEAL.search(line[:2000])
        if found is not None:
            bodies = split_bodies(found["bodies"])
            return bodies if _PROPER.search(found["bodies"]) and all(map(is_body, bodies)) else ()
    return ()


# --- what -------------------------------------------------------------------------------------------------------------


def _genre(title: str | None, text: Sequence[str]) -> str | None:
    """Give the kind of document as titled; without a title, as its closing formula names it."""
    if title is not None:
        found = GENRE_AT_END.search(title)
        return found["genre"] if found is not None else None
    for line in text[-6:]:
        kind = next((kind for pattern, kind in _CLOSING_GENRES if pattern.fullmatch(line)), None)
        if kind is not None:
            return kind
    return "倡议书" if any(_APPEALS.search(line[:2000]) for line in text[:3]) else None


_ONLY_TRADITIONAL = (
    "國務會學關於發為與對時個來這們應該將經過還後進動員長開無業"
    "產問題從見讓請說語認議設許證護財質費資選達運邊遠連報場東車書"
)
_ONLY_SIMPLIFIED = (
    "国务会学关发为与对时个来这们应该将经过还后进动员长开无业产"
    "问题从见让请说语认议设许证护财质费资选达运边远连报场东车书"
)
_SIGNS_OF_EACH = re.compile(f"(?P<traditional>[{_ONLY_TRADITIONAL}])|[{_ONLY_SIMPLIFIED}]")


def _language(text: Sequence[str]) -> str:
    """Give zh-Hant for a text in traditional characters, zh-Hans for all others."""
    signs = [found.lastgroup for found in _SIGNS_OF_EACH.finditer("".join(text)[:1000])]
    return "zh-Hant" if signs.count("traditional") * 2 > len(signs) else "zh-Hans"


# --- when -------------------------------------------------------------------------------------------------------------

_STATED_SIGNED = ("成文日期", "成文时间", "发文日期")
_STATED_PUBLISHED = ("发布日期", "发布时间", "公开日期", "公布日期", "生成日期", "发文日期")


def _signed(anatomy: Anatomy) -> str | None:
    """Give the date of signing: from the signature, else from under the title, else from the page's table."""
    for signing in anatomy.signings[:1]:
        if signing.date is not None:
            return signing.date.edtf
    if anatomy.head_date is not None:
        return parse_date(anatomy.head_date).edtf
    return _stated(anatomy.table, _STATED_SIGNED[:2])


def _published(lines: Sequence[str], anatomy: Anatomy) -> str | None:
    stated = _stated(anatomy.table, _STATED_PUBLISHED)
    if stated is not None:
        return stated
    for line, part in zip(lines, anatomy.parts, strict=True):
        if part is Part.PUBLISHED:
            return next((date.edtf for date in find_dates(line) if date.edtf), None)
    return None


def _stated(table: Table, labels: Sequence[str]) -> str | None:
    for label_ in labels:
        for date in find_dates(table.get(label_, "")[:40]):
            if date.edtf:
                return date.edtf
    return None


def _inferred(number: str | None) -> InferredDate | None:
    """Infer the year of an undated notice from its own number."""
    year = re.search(r"[〔\[（(【](?P<year>(?:19|20)\d\d)[〕\]）)】]|(?P<plain>(?:19|20)\d\d)年第", number or "")
    if year is None or number is None:
        return None
    return InferredDate(year["year"] or year["plain"], number)


def _flags(
    title: str | None, signed: str | None, published: str | None, dated: InferredDate | None, anatomy: Anatomy
) -> Iterator[Flag]:
    if title is None:
        yield Flag("no-title", "原文没有标题。")
    signing = anatomy.signings[0] if anatomy.signings else None
    if signing is not None and signing.date is not None and signing.date.problem:
        yield Flag("date-unreadable", f"落款日期{signing.date.problem}，未作为成文日期。")
    stated = _stated(anatomy.table, _STATED_SIGNED[:2])
    if signed and stated and signed != stated:
        yield Flag("date-conflict", f"落款日期为{label(signed)}，网页所列成文日期为{label(stated)}；以落款为准。")
    elif signed and published and _after(signed, published):
        yield Flag("date-conflict", f"成文日期{label(signed)}晚于发布日期{label(published)}。")
    if not (signed or published or dated):
        yield Flag("no-date", "原文没有可用的日期。")


def _after(signed: str, published: str) -> bool:
    earliest, latest = bounds(signed)[0], bounds(published)[1]
    return earliest is not None and latest is not None and earliest > latest
