"""YAML without its surprises: every scalar a string with its line; what curators do not need is refused.

Aliases, anchors, tags, merge keys, several documents and deep nesting are refused from the parser's events, before
anything is constructed: a few hundred bytes of them can keep `yaml.safe_load` busy for minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

Value: TypeAlias = "str | list[Node] | dict[str, Node]"


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value with the line it stands on, before the schema has seen it."""

    value: Value
    line: int


class SchemaError(Exception):
    """Something the schema refuses."""

    def __init__(self, code: str, message: str, hint: str, line: int) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.line = code, message, hint, line


def load(front: str, first_line: int) -> Node:
    """Read YAML text as nodes; `first_line` is the line of the file on which it begins.

    Raises SchemaError for everything that is no plain YAML.
    """
    try:
        return _construct(_Events(front, first_line))
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        line = first_line + (mark.line if mark else 0)
        message = f"it is no YAML: {error.problem}."
        raise SchemaError("bad-front-matter", message, "Put the value in double quotes.", line) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        message = f"it is no YAML: {reason}."
        raise SchemaError("bad-front-matter", message, "Write one key and its value a line.", first_line) from None


class _Events:
    """The parser's events one by one, those that YAML should not have refused."""

    def __init__(self, front: str, first_line: int) -> None:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        self._events: Iterator[yaml.Event] = yaml.parse(front, Loader=loader)
        self._first_line = first_line

    def next(self) -> tuple[yaml.Event, int]:
        event = next(self._events)
        line = self._first_line + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise SchemaError(
                "bad-front-matter", "anchors and aliases are not read.", "Put the value in double quotes.", line
            )
        if getattr(event, "tag", None):
            raise SchemaError("bad-front-matter", "tags (!…) are not read.", "Put the value in double quotes.", line)
        return event, line


def _construct(events: _Events) -> Node:
    events.next()
    event, line = events.next()
    if isinstance(event, yaml.StreamEndEvent):
        raise SchemaError("bad-front-matter", "there is nothing in it.", "Write at least the id.", line)
    event, line = events.next()
    root = _value(events, event, line, depth=0)
    events.next()
    event, line = events.next()
    if not isinstance(event, yaml.StreamEndEvent):
        raise SchemaError("bad-front-matter", "it is more than one YAML document.", "Keep one.", line)
    return root


def _value(events: _Events, event: yaml.Event, line: int, depth: int) -> Node:
    if depth > 4:
        raise SchemaError(
            "bad-front-matter", "the value is nested too deep.", "See the README for the form of each key.", line
        )
    if isinstance(event, yaml.ScalarEvent):
        if re.search("[\ud800-\udfff]", event.value):
            raise SchemaError(
                "bad-front-matter", "the value holds half a character.", "Write the character itself.", line
            )
        return Node(event.value, line)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance((item := events.next())[0], yaml.SequenceEndEvent):
            items.append(_value(events, *item, depth + 1))
        return Node(items, line)
    table: dict[str, Node] = {}
    while not isinstance((item := events.next())[0], yaml.MappingEndEvent):
        key = _value(events, *item, depth + 1)
        if not isinstance(key.value, str) or key.value == "<<":
            raise SchemaError("bad-front-matter", "a key is no plain word.", "Write key: value.", key.line)
        if key.value in table:
            raise SchemaError("duplicate-key", f"{key.value} stands twice.", "Keep one of the two.", key.line)
        table[key.value] = _value(events, *events.next(), depth + 1)
    return Node(table, line)
