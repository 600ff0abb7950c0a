"""From the bytes of a seed to a notice: facts, clean text, and a ledger of everything that was changed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from sitegen.convert import ledger
from sitegen.convert.anatomy import Anatomy, Part, dissect
from sitegen.convert.clean import Draft
from sitegen.convert.contamination import Advertising, find_advertising, mask
from sitegen.convert.decode import decode
from sitegen.convert.facts import read_facts
from sitegen.convert.ledger import Change
from sitegen.convert.passes import TO_CLEAN, TO_LINES, TO_PLAIN
from sitegen.convert.passes.characters import bold_stretches
from sitegen.convert.words import ITEM_MARK
from sitegen.errors import InputError, Problem
from sitegen.model import Block, Conversion, Flag, Heading, Paragraph, Signature, Span
from sitegen.text import HAN

__all__ = ["SUFFIXES", "convert"]

SUFFIXES = (".txt", ".md")
"""Endings of the file names that can be converted."""


def convert(data: bytes, path: str) -> Conversion:
    """Convert the bytes of one seed; `path` gives its kind by its ending, and its name for messages.

    Raises InputError: unsupported-format, empty-source, undecodable, ambiguous-encoding.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(Problem(
            "unsupported-format", path, f"files of the kind “{suffix or 'without ending'}” cannot be converted",
            "Save the text as .txt or .md, or list the file under ignore in [tool.sitegen].",
        ))  # fmt: skip
    decoded = decode(data, path)
    return convert_text(decoded.text, decoded.encoding)


def convert_text(raw: str, encoding: str) -> Conversion:
    """Convert the decoded text of a seed. Never raises: a text that makes no sense is one of paragraphs."""
    plain = Draft(raw).run(TO_PLAIN)
    bold = tuple(ledger.to_raw(plain.edits, bold_stretches(plain.text)))
    clean = plain.run(TO_CLEAN)
    found = find_advertising(clean.text)
    masks = tuple(mask(clean.text, found))
    masked = tuple(ledger.to_raw(clean.edits, ((change.start, change.end) for change in masks)))
    parted = clean.changed(masks, "advertising").run(TO_LINES)
    lines = parted.text.split("\n") if parted.text else []
    anatomy = dissect(lines)
    final = parted.changed(_taken_out(lines, anatomy.parts), "anatomy")
    facts = read_facts(lines, anatomy)
    flags = (*_text_flags(final.text, found), *facts.flags)
    leads = tuple(ledger.to_clean(final.edits, bold))
    blocks = tuple(_blocks(lines, anatomy, leads))
    return Conversion(raw, encoding, final.edits, masked, replace(facts, flags=flags), blocks)


def _taken_out(lines: Sequence[str], parts: Sequence[Part]) -> Iterator[Change]:
    """Take the lines that are no text out, each with the line feed that parts it from what stays."""
    kept = [index for index, part in enumerate(parts) if part in (Part.TEXT, Part.SIGNATURE)]
    last = kept[-1] if kept else -1
    position = 0
    for index, (line, part) in enumerate(zip(lines, parts, strict=True)):
        if part not in (Part.TEXT, Part.SIGNATURE):
            lead, tail = (0, 1) if index < last else (min(index, 1), 0)
            key = None if part is Part.CHROME else part.value
            yield Change(position - lead, position + len(line) + tail, "", key)
        position += len(line) + 1


def _blocks(lines: Sequence[str], anatomy: Anatomy, leads: Sequence[Span]) -> Iterator[Block]:
    """Class the lines that stay; `leads` are bold stretches of the clean text, sorted."""
    position, lead = 0, 0
    signing: list[str] = []
    first_lines = {block.start for block in anatomy.signings}
    for index, (line, part) in enumerate(zip(lines, anatomy.parts, strict=True)):
        if signing and (part is not Part.SIGNATURE or index in first_lines):
            yield Signature(tuple(signing))
            signing.clear()
        if part is Part.SIGNATURE:
            signing.append(line)
        elif part is not Part.TEXT:
            continue
        elif index in anatomy.headings:
            yield Heading(anatomy.headings[index], line)
        else:
            while lead < len(leads) and leads[lead][0] < position:
                lead += 1
            yield Paragraph(line, _strong(line, position, leads[lead : lead + 1]))
        position += len(line) + 1
    if signing:
        yield Signature(tuple(signing))


def _strong(line: str, position: int, leads: Sequence[Span]) -> tuple[Span, ...]:
    """Keep a bold stretch that leads a paragraph: from its start, or its number, to its end or that of a sentence."""
    for start, end in leads:
        first, last = start - position, end - position
        leading = first == 0 or (0 < first <= 8 and _ITEM_MARK.fullmatch(line[:first]) is not None)
        if leading and first < last <= len(line) and (last == len(line) or line[last - 1] in "。！？：；"):
            return ((first, last),)
    return ()


_ITEM_MARK = re.compile(rf"(?:{ITEM_MARK}) ?")
_STRAY_WORD = re.compile(rf"(?<=[{HAN}]) (?P<word>and|or|the|of|to|in) (?=[{HAN}])")


def _text_flags(text: str, found: Advertising) -> Iterator[Flag]:
    """Give the flags about the text itself; none of them quotes advertising."""
    if found.in_slot:
        yield Flag("institution-masked", "机构名称被广告文字覆盖，以“□□□□”代替；原名不详。")
    elif found.names or found.banners:
        yield Flag("advertising-removed", "网页中夹有广告文字，已去除。")
    stray = _STRAY_WORD.search(text)
    if stray is not None:
        yield Flag("damaged-text", f"正文中夹有英文“{stray['word']}”，疑为转换所致，未作改动。")
    if "\ufffd" in text:
        yield Flag("damaged-text", "正文中有无法辨认的字符，未作改动。")
