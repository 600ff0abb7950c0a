"""Readers of values: each gives the typed value of a YAML node, or says what is wrong with it and on which line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from sitegen.dates import is_edtf
from sitegen.frontmatter.nodes import Node, SchemaError

Reader: TypeAlias = Callable[[Node], Any]
"""Gives the value of a node; raises SchemaError."""


def text(node: Node) -> str:
    """Read one line of text."""
    if not isinstance(node.value, str):
        raise wrong(node, "is no text", 'Write it in double quotes: "…".')
    if not node.value.strip():
        raise wrong(node, "is empty", "Leave the key out where there is no value.")
    if re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", node.value):
        raise wrong(node, "holds a line break or a control character", "Write it on one line.")
    return node.value


def texts(node: Node) -> tuple[str, ...]:
    """Read a list of texts."""
    if not isinstance(node.value, list):
        raise wrong(node, "is no list", 'Write one item a line: - "…".')
    return tuple(text(item) for item in node.value)


def edtf(node: Node) -> str:
    """Read a date in EDTF."""
    written = text(node)
    if not is_edtf(written):
        raise wrong(node, f"is no EDTF date: {written!r}", "Write it like 2020-02-04, 2020-02, 2020 or 2020-02?.")
    return written


def day(node: Node) -> str:
    """Read a day of the calendar."""
    written = text(node)
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII):
            raise ValueError(written)
        date.fromisoformat(written)
    except ValueError:
        raise wrong(node, f"is no day: {written!r}", "Write it like 2020-02-04.") from None
    return written


def truth(node: Node) -> bool:
    """Read true or false."""
    written = text(node)
    if written not in ("true", "false"):
        raise wrong(node, "is neither true nor false", "Write true or false.")
    return written == "true"


def matching(pattern: str, form: str) -> Reader:
    """Make a reader of texts of one form; `form` tells it to people."""
    expression = re.compile(pattern)

    def read(node: Node) -> str:
        written = text(node)
        if not expression.fullmatch(written):
            raise wrong(node, f"is not of the form {form}: {written[:60]!r}", f"Write {form}.")
        return written

    return read


def each(reader: Reader) -> Reader:
    """Make a reader of lists from the reader of an item."""

    def read(node: Node) -> tuple[Any, ...]:
        if not isinstance(node.value, list):
            raise wrong(node, "is no list", "Write one item a line, each after a hyphen.")
        return tuple(reader(item) for item in node.value)

    return read


def record(make: Callable[..., Any], readers: Mapping[str, Reader], needed: tuple[str, ...]) -> Reader:
    """Make a reader of maps from the readers of their keys; `needed` keys must be there."""

    def read(node: Node) -> Any:
        if not isinstance(node.value, dict):
            raise wrong(node, "is no map", f"Write {', '.join(readers)} below it, indented.")
        for key, value in node.value.items():
            if key not in readers:
                raise unknown_key(key, readers, value.line)
        for key in needed:
            if key not in node.value:
                raise wrong(node, f"has no {key}", f"Add {key}.")
        return make(**{key: readers[key](value) for key, value in node.value.items()})

    return read


def wrong(node: Node, message: str, hint: str) -> SchemaError:
    """Make the error for a value that is not of its form."""
    return SchemaError("bad-value", message, hint, node.line)


def unknown_key(key: str, known: Mapping[str, Any], line: int) -> SchemaError:
    """Make the error for a key that nobody knows, with a suggestion."""
    near = difflib.get_close_matches(key, known, 1)
    hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(known)}."
    return SchemaError("unknown-key", f"there is no key {key[:60]!r}.", hint, line)
