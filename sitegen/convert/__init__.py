"""From the bytes of a seed to a notice: facts, clean text, and a ledger of everything that was changed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sitegen.convert import ledger
from sitegen.convert.anatomy import Anatomy, Part, dissect
from sitegen.convert.clean import Draft
from sitegen.convert.contamination import Advertising, find_advertising, mask
from sitegen.convert.extract import SUFFIXES, Layout, extract
from sitegen.convert.facts import read_facts
from sitegen.convert.ledger import Change
from sitegen.convert.passes import TO_CLEAN, TO_LINES, TO_PLAIN
from sitegen.convert.passes.characters import bold_stretches
from sitegen.convert.suspicions import find_suspicions
from sitegen.convert.tables import CleanTable, clean_table, fold, mask_table, unfold, written_out
from sitegen.convert.words import ITEM_MARK
from sitegen.model import Block, Conversion, Heading, Paragraph, Signature, Span

__all__ = ["SUFFIXES", "convert"]


def convert(data: bytes, path: str) -> Conversion:
    """Convert the bytes of one seed; `path` gives its kind by its ending, and its name for messages.

    Raises InputError: what the extractor of its kind raises, see `sitegen.convert.extract`.
    """
    return convert_layout(extract(data, path))


def convert_layout(layout: Layout) -> Conversion:
    """Convert the text of a seed. Never raises: a text that makes no sense is one of paragraphs."""
    raw, folded = layout.text, fold(layout.text, layout.tables)
    tables = {edit.after: clean_table(raw, grid) for edit, grid in zip(folded.edits, layout.tables, strict=False)}
    joined = folded.changed(_carried(folded, layout.pairs), "pairs")
    plain = joined.changed(_carried(joined, layout.wraps), "hard-wraps").run(TO_PLAIN)
    clean = plain.run(TO_CLEAN)
    parted, found, masked = _without_advertising(clean, layout, tables)
    parted = parted.run(TO_LINES)
    tables = {line: mask_table(table, found) for line, table in tables.items()}
    lines = parted.text.split("\n") if parted.text else []
    anatomy = dissect(lines)
    final = parted.changed(_taken_out(lines, anatomy.parts), "anatomy")
    facts = read_facts(lines, anatomy)
    bold = sorted({*ledger.to_raw(plain.edits, bold_stretches(plain.text)), *layout.bold})
    leads = tuple(ledger.to_clean(final.edits, bold))
    return Conversion(
        raw=raw,
        encoding=layout.encoding,
        edits=tuple(unfold(final.edits, tables)),
        masked=tuple(sorted({*masked, *(span for table in tables.values() for span in table.masked)})),
        facts=replace(facts, flags=(*find_suspicions(final.text, found), *facts.flags)),
        blocks=tuple(_blocks(lines, anatomy, leads, tables)),
    )


def _carried(draft: Draft, changes: Iterable[Change]) -> Iterator[Change]:
    """Carry changes of the raw text to the text of a draft."""
    wanted = tuple(changes)
    spans = ledger.to_clean(draft.edits, ((change.start, change.end) for change in wanted))
    return (replace(change, start=start, end=end) for change, (start, end) in zip(wanted, spans, strict=True))


def _without_advertising(
    clean: Draft, layout: Layout, tables: Mapping[str, CleanTable]
) -> tuple[Draft, Advertising, tuple[Span, ...]]:
    """Mask advertising and take the page's own matter out; give what was found with its spans in the raw text.

    It is looked for in the whole page, whose footer names its owner, and once more in the document alone, where other
    lines are the first and the last.
    """
    found, draft = Advertising((), (), False), clean
    masked: set[Span] = set()
    for chrome in ((), layout.chrome) if layout.chrome else ((),):
        draft = draft.changed(_carried(draft, (Change(start, end, "") for start, end in chrome)), "page")
        here = find_advertising(draft.text)
        found = _united(found, find_advertising(written_out(draft.text, tables)) if tables else here)
        masks = tuple(mask(draft.text, replace(found, banners=here.banners)))
        masked.update(ledger.to_raw(draft.edits, ((change.start, change.end) for change in masks)))
        draft = draft.changed(masks, "advertising")
    return draft, found, tuple(masked)


def _united(one: Advertising, other: Advertising) -> Advertising:
    names = sorted({*one.names, *other.names}, key=lambda name: (-len(name), name))
    return Advertising(tuple(names), (*one.banners, *other.banners), one.in_slot or other.in_slot)


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


def _blocks(
    lines: Sequence[str], anatomy: Anatomy, leads: Sequence[Span], tables: Mapping[str, CleanTable]
) -> Iterator[Block]:
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
        elif line in tables:
            yield tables[line].block
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
