"""The curators' authority file for institutions: text to records, and what must agree between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sitegen.errors import Problem
from sitegen.frontmatter import dump_plain
from sitegen.frontmatter.nodes import Node, SchemaError, load
from sitegen.frontmatter.readers import matching, record, text, wrong
from sitegen.frontmatter.schema import ID
from sitegen.model import MASK, AuthorityRecord

RESERVED_SLUGS = ("unknown",)
"""Addresses that stand for no institution."""

_Entry: TypeAlias = tuple[AuthorityRecord, dict[str, Node]]


@dataclass(frozen=True, slots=True)
class ParsedAuthority:
    """An authority file as read: its records, or the problems that keep it from being used."""

    records: tuple[AuthorityRecord, ...]
    problems: tuple[Problem, ...]


def parse_authority(written: str, path: str) -> ParsedAuthority:
    """Read an authority file; all its faults are told at once, each with its line. Never raises."""
    entries: list[_Entry] = []
    faults = [*_read(written.removeprefix("\ufeff").replace("\r\n", "\n"), entries), *_disagreements(entries)]
    if faults:
        problems = tuple(Problem(one.code, path, one.message, one.hint, one.line) for one in faults)
        return ParsedAuthority((), problems)
    return ParsedAuthority(tuple(made for made, _ in entries), ())


# --- one record -----------------------------------------------------------------------------------------------------


def _name(node: Node) -> str:
    name = text(node)
    if MASK[0] in name:
        raise wrong(node, f"holds {MASK[0]}, which stands for a name that is lost", "Leave the name out.")
    if name != name.strip():
        raise wrong(node, "begins or ends with a blank", "Take the blank away.")
    return name


def _names(node: Node) -> tuple[str, ...]:
    if not isinstance(node.value, list):
        raise wrong(node, "is no list", 'Write one name a line: - "…".')
    return tuple(_name(item) for item in node.value)


_RECORD = record(
    AuthorityRecord,
    {
        "name": _name,
        "slug": matching(ID.pattern, "a-z, 0-9 and hyphens, at most 80"),
        "aliases": _names,
        "former": _names,
        "parent": _name,
        "region": text,
        "kind": text,
    },
    ("name",),
)


def _read(written: str, entries: list[_Entry]) -> Iterator[SchemaError]:
    """Read every record into `entries`; yield every fault."""
    if not any(line.strip() and not line.lstrip().startswith("#") for line in written.split("\n")):
        return
    try:
        node = load(written, 1)
    except SchemaError as fault:
        yield SchemaError("bad-authority", fault.args[0], fault.hint, fault.line)
        return
    if not isinstance(node.value, list):
        yield SchemaError("bad-authority", "it is no list of institutions.", 'Write "- name: …" for each.', node.line)
        return
    for item in node.value:
        try:
            made = _RECORD(item)
        except SchemaError as fault:
            message = f"a value {fault.args[0]}." if fault.code == "bad-value" else fault.args[0]
            yield SchemaError(fault.code, message, fault.hint, fault.line)
        else:
            assert isinstance(item.value, dict)
            entries.append((made, item.value))


# --- all records together -------------------------------------------------------------------------------------------


def _disagreements(entries: Sequence[_Entry]) -> Iterator[SchemaError]:
    yield from _twice("name", ((name, line) for entry in entries for name, line in _names_with_lines(entry)))
    yield from _twice("slug", ((made.slug, nodes["slug"].line) for made, nodes in entries if made.slug))
    for made, nodes in entries:
        if made.slug in RESERVED_SLUGS:
            message = f"{made.slug} is the address of the page for institutions nobody knows."
            yield SchemaError("bad-value", message, "Choose another slug.", nodes["slug"].line)
    yield from _bad_parents(entries)


def _names_with_lines(entry: _Entry) -> Iterator[tuple[str, int]]:
    made, nodes = entry
    yield made.name, nodes["name"].line
    for key in ("aliases", "former"):
        items = nodes[key].value if key in nodes else []
        for item in items:
            if isinstance(item, Node):
                yield str(item.value), item.line


def _twice(what: str, values: Iterable[tuple[str, int]]) -> Iterator[SchemaError]:
    first: dict[str, int] = {}
    for value, line in values:
        if value in first:
            message = f"the {what} {value!r} stands in line {first[value]} already."
            yield SchemaError(f"duplicate-{what}", message, "Keep it in one record.", line)
        first.setdefault(value, line)


def _bad_parents(entries: Sequence[_Entry]) -> Iterator[SchemaError]:
    parents = {made.name: made.parent for made, _ in entries}
    for made, nodes in entries:
        if made.parent is None:
            continue
        line = nodes["parent"].line
        if made.parent not in parents:
            message = f"no record has the name {made.parent!r}."
            yield SchemaError("unknown-parent", message, "Add a record for the parent, or correct its name.", line)
        elif made.name in _above(made.name, parents):
            message = f"{made.name} stands above itself."
            yield SchemaError("circular-parent", message, "Take one of the parents of the circle away.", line)


def _above(name: str, parents: dict[str, str | None]) -> list[str]:
    """Give the names above an institution, as far as they do not repeat."""
    above: list[str] = []
    parent = parents.get(name)
    while parent is not None and parent not in above:
        above.append(parent)
        parent = parents.get(parent)
    return above


# --- writing --------------------------------------------------------------------------------------------------------


def format_authority(records: Iterable[AuthorityRecord]) -> str:
    """Write records as an authority file; `parse_authority` reads them back. Absent values are left out."""
    plain = [{key: value for key, value in _plain(one).items() if value not in (None, [])} for one in records]
    return dump_plain(plain) if plain else ""


def _plain(one: AuthorityRecord) -> dict[str, str | list[str] | None]:
    return {
        "name": one.name,
        "slug": one.slug,
        "aliases": list(one.aliases),
        "former": list(one.former),
        "parent": one.parent,
        "region": one.region,
        "kind": one.kind,
    }
