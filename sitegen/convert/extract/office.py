"""What the extractors for Word and PDF share: the libraries that need not be there, and limits on what they open."""

from __future__ import annotations

import zipfile
import zlib
from importlib import import_module
from io import BytesIO
from types import ModuleType

from sitegen.errors import InputError, Problem

LARGEST = 100_000_000
"""Most bytes of a file."""
LARGEST_UNPACKED = 300_000_000
LARGEST_PART = 30_000_000
MOST_PARTS = 5_000
"""Limits of a packed file: bytes of all its parts, of one part in XML, and the number of parts."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def load(module: str, path: str) -> ModuleType:
    """Import a module of the extra `office`; `path` is the file that needs it.

    Raises InputError: needs-office.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        message = f"files of this kind need the package {error.name}, which is not installed"
        hint = (
            "Install sitegen with its extra “office”: pip install --editable \".[office]\" in a checkout, or "
            "pip install \"sitegen[office] @ file:///…/sitegen-….whl\" from a wheel."
        )  # fmt: skip
        raise InputError(Problem("needs-office", path, message, hint)) from None


def check_size(data: bytes, path: str) -> None:
    """Refuse a file that is too large to be a notice. Raises InputError: too-large."""
    if len(data) > LARGEST:
        raise too_large(path, f"the file has {len(data):,} bytes, more than {LARGEST:,}")


def check_package(data: bytes, path: str) -> None:
    """Refuse a packed file that is broken, locked, or far larger than it looks, before any part of it is unpacked.

    Raises InputError: broken-file, encrypted-file, too-large.
    """
    if data.startswith(_OLE):
        raise encrypted(path)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise too_large(path, f"its {len(parts):,} parts are too many or too large when unpacked")
            for part in parts:
                if part.flag_bits & 1:
                    raise encrypted(path)
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(package, part, path)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, zlib.error) as error:
        raise broken(path, error) from None


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, path: str) -> None:
    """Refuse a part in XML that is too large, or that declares entities: no program for documents writes that."""
    if part.file_size > LARGEST_PART:
        raise too_large(path, f"its part {part.filename!r} has {part.file_size:,} bytes when unpacked")
    text = package.read(part)
    if b"<!DOCTYPE" in (text.replace(b"\0", b"") if b"\0" in text[:100] else text).upper():
        message = f"its part {part.filename!r} has a document type declaration"
        raise InputError(Problem("broken-file", path, message, _SAVE_ANEW))


_SAVE_ANEW = "Open it in an office program and save it anew, or save its text as .txt."


def broken(path: str, error: Exception) -> InputError:
    """Make the fault of a file that its library cannot read."""
    reason = " ".join(str(error).split())[:120] or type(error).__name__
    return InputError(Problem("broken-file", path, f"the file cannot be read: {reason}", _SAVE_ANEW))


def encrypted(path: str) -> InputError:
    """Make the fault of a file that needs a password."""
    message = "the file is locked with a password, or is of an older kind"
    hint = "Save it without a password in the present format, or save its text as .txt."
    return InputError(Problem("encrypted-file", path, message, hint))


def too_large(path: str, message: str) -> InputError:
    """Make the fault of a file that is larger than any notice."""
    return InputError(Problem("too-large", path, message, "Save the text of the notice as .txt."))
