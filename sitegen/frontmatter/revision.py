"""Writing new values into a content file that people edit: what says the same keeps its wording, comments stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from sitegen.frontmatter import dump_plain, format_content, front_matter, parse_content, split_content
from sitegen.frontmatter.schema import READERS
from sitegen.model import Notice

_KEY = re.compile(r"""(["']?)(\w+)\1\s*:(?:\s|$)""")
_COMMENT = re.compile(r"""(?:^|\s)(#[^"']*)$""")
_ORDER = tuple(READERS)


@dataclass(frozen=True, slots=True)
class _Section:
    """The lines of one key, and the comments before it."""

    key: str
    lines: tuple[str, ...]

    def comments(self) -> Iterator[str]:
        for line in self.lines:
            found = _COMMENT.search(line)
            if found:
                yield found[1]

    def written(self, value: object) -> Iterator[str]:
        """Write another value, or None for no value, in the place of the one that stands here."""
        yield from self.comments()
        if value is not None:
            yield from _lines(dump_plain({self.key: value}))


def revise_content(text: str, notice: Notice) -> str:
    """Write a notice into the text of its content file, touching the keys that change and the body if it changes.

    The result reads back as the notice. A text whose form does not allow that is written anew, as is one that is no
    content file.
    """
    was = parse_content(text, "").notice
    if was is None:
        return format_content(notice)
    front, body, _ = split_content(text)
    lines = [*_revised(_lines(front), front_matter(was), front_matter(notice))]
    written = notice.body if notice.body != was.body else body
    revised = "".join(f"{line}\n" for line in ("---", *lines, "---")) + (f"\n{written}" if written else "")
    return revised if parse_content(revised, "").notice == notice else format_content(notice)


def _revised(lines: Sequence[str], before: dict[str, object], after: dict[str, object]) -> Iterator[str]:
    head, sections = _sections(lines)
    yield from head
    there = {section.key for section in sections}
    added = [key for key in _ORDER if key not in there and key in after and after[key] != before.get(key)]
    for section in sections:
        while added and _rank(added[0]) < _rank(section.key):
            yield from _lines(dump_plain({added[0]: after[added.pop(0)]}))
        value = after.get(section.key)
        yield from section.lines if value == before.get(section.key) else section.written(value)
    for key in added:
        yield from _lines(dump_plain({key: after[key]}))


def _rank(key: str) -> int:
    return _ORDER.index(key) if key in _ORDER else len(_ORDER)


def _sections(lines: Sequence[str]) -> tuple[tuple[str, ...], list[_Section]]:
    """Cut front matter at its keys; a comment of its own lines belongs to the key below it."""
    starts = [number for number, line in enumerate(lines) if _KEY.match(line)]
    starts = [number - _comments_above(lines[:number]) for number in starts]
    if not starts:
        return tuple(lines), []
    sections = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        key = next(found[2] for line in lines[start:end] if (found := _KEY.match(line)))
        sections.append(_Section(key, tuple(lines[start:end])))
    return tuple(lines[: starts[0]]), sections


def _comments_above(lines: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda line: line.startswith("#"), reversed(lines)))


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")
