"""Convert a large set of real documents: how fast, how economically, and whether the ledger's laws hold for each.

    python tests/bench/convert.py DOCUMENTS.tar.xz [--documents N]

Prints one table. Ends with 1 where a document is lost to an exception, a law is broken, or more than half a percent
of all Han characters is deleted. Speed is processor time of one core, beside a fixed loop of plain Python as yardstick.
"""

from __future__ import annotations

import argparse
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sitegen import markup
from sitegen.convert import convert, ledger
from sitegen.errors import InputError
from sitegen.model import Conversion, block_lines
from sitegen.text import HAN

HAN_CHARACTER = re.compile(f"[{HAN}]")
MOST_DELETED = 0.005
"""Share of all Han characters."""
NOTABLE = 0.05
"""Share of one document's Han characters."""


@dataclass(slots=True)
class Tally:
    """What was seen so far."""

    documents: int = 0
    characters: int = 0
    seconds: float = 0.0
    han: int = 0
    deleted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    losers: list[tuple[float, str, str]] = field(default_factory=list)
    """Share deleted, name, and what the passes took."""


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--documents", type=int, default=None, help="stop after so many")
    arguments = parser.parse_args()
    tally = Tally()
    for name, data in documents(arguments.archive):
        if tally.documents == arguments.documents:
            break
        examine(name, data, tally)
    print_report(tally, yardstick())
    return 1 if tally.broken or tally.deleted > MOST_DELETED * tally.han else 0


def documents(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each text in an archive, in its order."""
    with tarfile.open(archive) as opened:
        for member in opened:
            stream = opened.extractfile(member) if member.name.endswith((".txt", ".md")) else None
            if stream is not None:
                yield member.name, stream.read()


def examine(name: str, data: bytes, tally: Tally) -> None:
    """Convert one document and hold it to the laws."""
    tally.documents += 1
    start = time.process_time()
    try:
        conversion = convert(data, name)
    except InputError as error:
        tally.refused[error.problems[0].code] += 1
        return
    except Exception as error:  # the bench is to name whatever gets through, and go on
        tally.broken.append(f"{name}: {type(error).__name__}: {error}")
        return
    tally.seconds += time.process_time() - start
    tally.characters += len(conversion.raw)
    tally.broken += [f"{name}: {law}" for law in broken_laws(conversion, data)]
    weigh(name, conversion, tally)


def broken_laws(conversion: Conversion, data: bytes) -> Iterator[str]:
    """Yield the laws that a conversion breaks."""
    clean = "\n".join(line for block in conversion.blocks for line in block_lines(block))
    if ledger.apply(conversion.raw, conversion.edits) != clean:
        yield "the raw text with the ledger applied is not the clean text"
    if ledger.undo(clean, conversion.edits) != conversion.raw:
        yield "the clean text with the ledger undone is not the raw text"
    if conversion.raw.encode(conversion.encoding) != data:
        yield "the decoded text does not encode to the bytes of the source"
    if markup.parse(markup.write(conversion.blocks)) != conversion.blocks:
        yield "the blocks written as Markdown do not read back"


def weigh(name: str, conversion: Conversion, tally: Tally) -> None:
    """Count the Han characters that are deleted; a fact taken out is not lost, and not counted."""
    han = len(HAN_CHARACTER.findall(conversion.raw))
    deleted: Counter[str] = Counter()
    for edit in conversion.edits:
        if edit.key is None:
            lost = len(HAN_CHARACTER.findall(edit.before)) - len(HAN_CHARACTER.findall(edit.after))
            deleted["+".join(edit.passes)] += max(0, lost)
    total = sum(deleted.values())
    tally.han, tally.deleted = tally.han + han, tally.deleted + total
    if total > NOTABLE * han:
        took = ", ".join(f"{count} by {passes}" for passes, count in deleted.most_common(2))
        tally.losers.append((total / han, name, took))


def yardstick() -> float:
    """Time a fixed loop, so that two machines, or two hours of one, can be compared."""
    start, value = time.process_time(), 0
    for number in range(4_000_000):
        value = (value * 1103515245 + number) & 0x7FFFFFFF
    return time.process_time() - start


def print_report(tally: Tally, loop: float) -> None:
    """Print what was measured."""
    converted = tally.documents - sum(tally.refused.values())
    rate = tally.characters / 2000 / tally.seconds if tally.seconds else 0.0
    print(f"documents            {tally.documents}, converted {converted}, refused {dict(tally.refused)}")
    print(f"speed                {rate:.0f} notices of 2,000 characters a second on one core")
    print(f"  in yardstick loops {rate * loop:.0f} notices in the time of one ({loop:.2f} s)")
    print(f"Han deleted          {tally.deleted} of {tally.han}, {tally.deleted / max(1, tally.han):.3%}")
    print(f"over {NOTABLE:.0%} of their own {len(tally.losers)}")
    for share, name, took in sorted(tally.losers, reverse=True):
        print(f"  {share:6.1%}  {name}: {took}")
    print(f"laws broken          {len(tally.broken)}")
    for line in tally.broken:
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
