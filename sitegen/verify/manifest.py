"""Reading a manifest that anybody may have written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.errors import OutputError, Problem
from sitegen.files import check_relative
from sitegen.output import MANIFEST

MOST_BYTES = 256 * 2**20
"""Of a manifest; some 450 bytes are needed for a notice."""
_FORMAT = 1
_SHA256 = re.compile("[0-9a-f]{64}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says."""

    sha256: str
    """Digest of the manifest itself."""
    outputs: Mapping[str, str]
    """SHA-256 of each file of the site by its path, which stays below the site."""
    inputs: Mapping[str, str]
    """SHA-256 of each file the site was made from by its path, which nothing is known of."""


def parse_manifest(data: bytes, shown: str) -> Manifest:
    """Read a manifest; `shown` is its place for messages. Raises OutputError where it is none that sitegen wrote."""
    try:
        record = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _refuse(shown, "it is no JSON") from None
    if not isinstance(record, dict):
        raise _refuse(shown, "it is no JSON object")
    if record.get("format") != _FORMAT:
        raise _refuse(shown, f"its format is not {_FORMAT}, the one this sitegen reads")
    outputs, inputs = _digests(record, "outputs", shown), _digests(record, "inputs", shown)
    for path in outputs:
        if not _is_address(path):
            raise _refuse(shown, f"it names a file outside the site, or one that cannot be: {printable(path)[:80]!r}")
    return Manifest(hashlib.sha256(data).hexdigest(), outputs, inputs)


def printable(path: str) -> str:
    """Replace characters of a path that could disturb a terminal."""
    return _UNPRINTABLE.sub("\ufffd", path)


def _digests(record: Mapping[str, Any], key: str, shown: str) -> dict[str, str]:
    digests = record.get(key)
    if not isinstance(digests, dict):
        raise _refuse(shown, f"it has no object {key!r}")
    if not all(isinstance(digest, str) and _SHA256.fullmatch(digest) for digest in digests.values()):
        raise _refuse(shown, f"a value in {key!r} is no SHA-256")
    return digests


def _is_address(path: str) -> bool:
    """Tell whether a path is one that the build can have written."""
    try:
        check_relative(path).as_posix().encode("utf-8")
    except ValueError:  # UnicodeEncodeError is one
        return False
    return path != MANIFEST


def _refuse(shown: str, reason: str) -> OutputError:
    hint = "Compare with a manifest.json as `sitegen build` wrote it."
    return OutputError(Problem("bad-manifest", shown, f"{reason}.", hint))
