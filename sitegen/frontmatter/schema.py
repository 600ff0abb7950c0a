"""The keys of a content file and the form of their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.frontmatter.nodes import Node, SchemaError
from sitegen.frontmatter.readers import (
    Reader,
    day,
    each,
    edtf,
    matching,
    record,
    text,
    texts,
    truth,
    unknown_key,
    wrong,
)
from sitegen.model import Converted, Flag, InferredDate, Source

ID = re.compile(r"[a-z0-9-]{1,80}")


def _digests(node: Node) -> tuple[tuple[str, str], ...]:
    if not isinstance(node.value, dict):
        raise wrong(node, "is no map", "Leave `converted` as the converter wrote it.")
    return tuple((key, _DIGEST(value)) for key, value in node.value.items())


_DIGEST = matching("[0-9a-f]{8}", "8 hexadecimal digits")
_FLAGS = record(
    Flag,
    {"code": matching("[a-z][a-z0-9-]{0,39}", "lower-case-words"), "note": text, "closed": text},
    ("code", "note"),
)
SOURCE_KEYS = ("file", "sha256", "encoding", "url", "captured")
_SOURCE = record(
    Source,
    {
        "file": text,
        "sha256": matching("[0-9a-f]{64}", "64 hexadecimal digits"),
        "encoding": text,
        "url": matching(r"https?://[^\s<>\"]+", "https://…"),
        "captured": edtf,
    },
    ("file", "sha256", "encoding"),
)
_ID = matching(ID.pattern, "a-z, 0-9 and hyphens, at most 80")
READERS: Mapping[str, Reader] = {
    "id": _ID,
    "title": text,
    "institutions": texts,
    "document_number": text,
    "genre": text,
    "addressee": text,
    "signed": edtf,
    "published": edtf,
    "dated": record(InferredDate, {"edtf": edtf, "basis": text}, ("edtf", "basis")),
    "attachments": texts,
    "language": matching(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", "a language tag such as zh-Hans"),
    "flags": each(_FLAGS),
    "tags": texts,
    "draft": truth,
    "aliases": each(_ID),
    "anchors": each(matching("[a-z]-[a-z0-9-]{1,40}", "p-1a2b3c")),
    "added": day,
    "source": _SOURCE,
    "converted": record(
        Converted, {"facts": _digests, "body": _DIGEST, "flags": each(_DIGEST)}, ("facts", "body")
    ),
}


def check(node: Node, values: dict[str, Any]) -> Iterator[SchemaError]:
    """Read every key by its reader into `values`; yield every fault."""
    if not isinstance(node.value, dict):
        yield SchemaError("bad-front-matter", "the front matter is no list of keys.", "Write key: value.", node.line)
        return
    for key, value in node.value.items():
        try:
            if key not in READERS:
                raise unknown_key(key, READERS, value.line)
            values[key] = READERS[key](value)
        except SchemaError as fault:
            if fault.code == "bad-value":
                fault.message = f"{key} {fault.message}."
            yield fault
    if "id" not in node.value:
        yield SchemaError("bad-value", "there is no id.", "Add the id; it is the file's name without .md.", node.line)
