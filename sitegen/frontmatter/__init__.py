"""Content file to record and back: YAML front matter without YAML's surprises, then the body.

Every value is read as the string that stands there (`nodes`); the schema, not YAML, decides its type (`schema`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from sitegen.errors import Problem
from sitegen.frontmatter.nodes import SchemaError, load
from sitegen.frontmatter.schema import ID, SOURCE_KEYS, check
from sitegen.model import Facts, Notice

__all__ = [
    "FACT_KEYS",
    "ID",
    "ParsedContent",
    "dump_plain",
    "facts_as_plain",
    "format_content",
    "front_matter",
    "parse_content",
    "split_content",
]

FACT_KEYS = (
    "title",
    "institutions",
    "document_number",
    "genre",
    "addressee",
    "signed",
    "published",
    "dated",
    "attachments",
    "language",
    "flags",
)
MAX_FRONT_MATTER = 256 * 1024
"""Characters; more is refused unread."""


# --- writing --------------------------------------------------------------------------------------------------------


def format_content(notice: Notice) -> str:
    """Write a notice as its content file; `parse_content` reads it back to an equal record."""
    front = dump_plain(front_matter(notice))
    return f"---\n{front}---\n\n{notice.body}" if notice.body else f"---\n{front}---\n"


def dump_plain(record: object) -> str:
    """Write strings, lists and maps as YAML, a key a line or more."""
    # Double quotes throughout: the only YAML style in which every string comes back as it was (U+0085, U+2028, "no").
    written: str = yaml.dump(
        record, Dumper=_Dumper, allow_unicode=True, default_flow_style=False, sort_keys=False, width=10**6
    )
    return written


def front_matter(notice: Notice) -> dict[str, Any]:
    """Give the front matter of a notice: keys in the order of the file, absent facts left out, values plain."""
    record: dict[str, Any] = {"id": notice.id, **facts_as_plain(notice.facts)}
    record |= {"tags": list(notice.tags), "draft": notice.draft, "aliases": list(notice.aliases)}
    record |= {"anchors": list(notice.anchors), "added": notice.added}
    if notice.source:
        record["source"] = {name: getattr(notice.source, name) for name in SOURCE_KEYS}
    if notice.converted:
        digests = {"facts": dict(notice.converted.facts), "body": notice.converted.body}
        record["converted"] = digests | ({"flags": list(notice.converted.flags)} if notice.converted.flags else {})
    return _without_absent(record)


def facts_as_plain(facts: Facts) -> dict[str, Any]:
    """Give the facts as strings, lists and maps, in the order of the keys, absent ones left out."""
    plain: dict[str, Any] = {key: getattr(facts, key) for key in FACT_KEYS}
    if facts.dated:
        plain["dated"] = {"edtf": facts.dated.edtf, "basis": facts.dated.basis}
    plain["flags"] = [_without_absent({"code": f.code, "note": f.note, "closed": f.closed}) for f in facts.flags]
    return _without_absent({key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()})


def _without_absent(record: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in record.items() if value not in (None, [], (), False)}
    return {key: _without_absent(value) if key == "source" else value for key, value in kept.items()}


class _Dumper(yaml.SafeDumper):
    """Writes keys plain and every string value in double quotes."""

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        node = super().represent_mapping(tag, mapping, flow_style)
        for key, _ in node.value:
            key.style = None
        return node

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


# --- reading --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ParsedContent:
    """A content file as read: the notice, or the problems that keep it from being one."""

    notice: Notice | None
    problems: tuple[Problem, ...]


def parse_content(text: str, path: str) -> ParsedContent:
    """Read a content file; all its faults are told at once, each with its line. Never raises."""
    try:
        front, body, body_line = split_content(text)
        node = load(front, 2)
    except SchemaError as fault:
        return ParsedContent(None, (_problem(fault, path),))
    values: dict[str, Any] = {}
    faults = list(check(node, values))
    faults += [
        SchemaError("bad-character", "the body holds a control character.", "Remove it.", line)
        for line in _control_lines(body, body_line)
    ]
    if faults:
        return ParsedContent(None, tuple(_problem(fault, path) for fault in faults))
    return ParsedContent(_notice(values, body), ())


def _problem(fault: SchemaError, path: str) -> Problem:
    return Problem(fault.code, path, fault.message, fault.hint, fault.line)


def split_content(text: str) -> tuple[str, str, int]:
    """Cut a file into front matter, body and the line on which the body begins. Raises SchemaError where it cannot."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != "---":
        raise SchemaError(
            "no-front-matter", "the file does not begin with a line ---.", "Begin it with ---, id and facts.", 1
        )
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() == "---"), None)
    if end is None:
        raise SchemaError(
            "no-front-matter", "the front matter has no end.", "Close it with a line --- before the text.", 1
        )
    front = "".join(line + "\n" for line in lines[1:end])
    if len(front) > MAX_FRONT_MATTER:
        raise SchemaError("bad-front-matter", "the front matter is too long to be one.", "Keep the text below ---.", 1)
    start = next((number for number in range(end + 1, len(lines)) if lines[number]), len(lines))
    return front, "\n".join(lines[start:]), start + 1


def _control_lines(body: str, first_line: int) -> Iterator[int]:
    for number, line in enumerate(body.split("\n"), start=first_line):
        if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", line):
            yield number


def _notice(values: dict[str, Any], body: str) -> Notice:
    facts = Facts(**{key: values.pop(key) for key in FACT_KEYS if key in values})
    return Notice(facts=facts, body=body, **values)
