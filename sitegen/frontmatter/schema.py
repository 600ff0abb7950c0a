"""The keys of a content file and the form of their values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from sitegen.dates import is_edtf
from sitegen.frontmatter.nodes import Node, SchemaError
from sitegen.model import Converted, Flag, InferredDate, Source

ID = re.compile(r"[a-z0-9-]{1,80}")

_Reader: TypeAlias = Callable[[Node], Any]


def _text(node: Node) -> str:
    if not isinstance(node.value, str):
        raise _wrong(node, "is no text", 'Write it in double quotes: "…".')
    if not node.value.strip():
        raise _wrong(node, "is empty", "Leave the key out where there is no value.")
    if re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", node.value):
        raise _wrong(node, "holds a line break or a control character", "Write it on one line.")
    return node.value


def _texts(node: Node) -> tuple[str, ...]:
    if not isinstance(node.value, list):
        raise _wrong(node, "is no list", 'Write one item a line: - "…".')
    return tuple(_text(item) for item in node.value)


def _edtf(node: Node) -> str:
    text = _text(node)
    if not is_edtf(text):
        raise _wrong(node, f"is no EDTF date: {text!r}", "Write it like 2020-02-04, 2020-02, 2020 or 2020-02?.")
    return text


def _day(node: Node) -> str:
    text = _text(node)
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError(text)
        date.fromisoformat(text)
    except ValueError:
        raise _wrong(node, f"is no day: {text!r}", "Write it like 2020-02-04.") from None
    return text


def _flag(node: Node) -> bool:
    text = _text(node)
    if text not in ("true", "false"):
        raise _wrong(node, "is neither true nor false", "Write true or false.")
    return text == "true"


def _matching(pattern: str, form: str) -> _Reader:
    expression = re.compile(pattern)

    def read(node: Node) -> str:
        text = _text(node)
        if not expression.fullmatch(text):
            raise _wrong(node, f"is not of the form {form}: {text[:60]!r}", f"Write {form}.")
        return text

    return read


def _each(reader: _Reader) -> _Reader:
    def read(node: Node) -> tuple[Any, ...]:
        if not isinstance(node.value, list):
            raise _wrong(node, "is no list", "Write one item a line, each after a hyphen.")
        return tuple(reader(item) for item in node.value)

    return read


def _record(make: Callable[..., Any], readers: Mapping[str, _Reader], needed: tuple[str, ...]) -> _Reader:
    def read(node: Node) -> Any:
        if not isinstance(node.value, dict):
            raise _wrong(node, "is no map", f"Write {', '.join(readers)} below it, indented.")
        for key, value in node.value.items():
            if key not in readers:
                raise _unknown(key, readers, value.line)
        for key in needed:
            if key not in node.value:
                raise _wrong(node, f"has no {key}", f"Add {key}.")
        return make(**{key: readers[key](value) for key, value in node.value.items()})

    return read


def _digests(node: Node) -> tuple[tuple[str, str], ...]:
    if not isinstance(node.value, dict):
        raise _wrong(node, "is no map", "Leave `converted` as the converter wrote it.")
    return tuple((key, _DIGEST(value)) for key, value in node.value.items())


def _wrong(node: Node, message: str, hint: str) -> SchemaError:
    return SchemaError("bad-value", message, hint, node.line)


def _unknown(key: str, known: Mapping[str, Any], line: int) -> SchemaError:
    near = difflib.get_close_matches(key, known, 1)
    hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(known)}."
    return SchemaError("unknown-key", f"there is no key {key[:60]!r}.", hint, line)


_DIGEST = _matching("[0-9a-f]{8}", "8 hexadecimal digits")
_FLAGS = _record(Flag, {"code": _matching("[a-z][a-z0-9-]{0,39}", "lower-case-words"), "note": _text}, ("code", "note"))
SOURCE_KEYS = ("file", "sha256", "encoding", "url", "captured")
_SOURCE = _record(
    Source,
    {
        "file": _text,
        "sha256": _matching("[0-9a-f]{64}", "64 hexadecimal digits"),
        "encoding": _text,
        "url": _matching(r"https?://[^\s<>\"]+", "https://…"),
        "captured": _edtf,
    },
    ("file", "sha256", "encoding"),
)
_ID = _matching(ID.pattern, "a-z, 0-9 and hyphens, at most 80")
READERS: Mapping[str, _Reader] = {
    "id": _ID,
    "title": _text,
    "institutions": _texts,
    "document_number": _text,
    "genre": _text,
    "addressee": _text,
    "signed": _edtf,
    "published": _edtf,
    "dated": _record(InferredDate, {"edtf": _edtf, "basis": _text}, ("edtf", "basis")),
    "attachments": _texts,
    "language": _matching(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", "a language tag such as zh-Hans"),
    "flags": _each(_FLAGS),
    "tags": _texts,
    "draft": _flag,
    "aliases": _each(_ID),
    "anchors": _each(_matching("[a-z]-[a-z0-9-]{1,40}", "p-1a2b3c")),
    "added": _day,
    "source": _SOURCE,
    "converted": _record(Converted, {"facts": _digests, "body": _DIGEST}, ("facts", "body")),
}


def check(node: Node, values: dict[str, Any]) -> Iterator[SchemaError]:
    """Read every key by its reader into `values`; yield every fault."""
    if not isinstance(node.value, dict):
        yield SchemaError("bad-front-matter", "the front matter is no list of keys.", "Write key: value.", node.line)
        return
    for key, value in node.value.items():
        try:
            if key not in READERS:
                raise _unknown(key, READERS, value.line)
            values[key] = READERS[key](value)
        except SchemaError as fault:
            if fault.code == "bad-value":
                fault.message = f"{key} {fault.message}."
            yield fault
    if "id" not in node.value:
        yield SchemaError("bad-value", "there is no id.", "Add the id; it is the file's name without .md.", node.line)
