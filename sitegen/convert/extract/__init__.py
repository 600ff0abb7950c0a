"""From the bytes of a source to its visible text, and what is known of its layout.

`.txt` and `.md` are decoded, so that the text encodes back to the bytes. Of web pages, Word and PDF files the text is
what a reader sees, as the module of that name gives it; where the tables, the bold words and the page's own matter lie
is told beside it, as spans of that text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeAlias

from sitegen.convert.decode import decode
from sitegen.convert.extract.layout import Layout
from sitegen.convert.extract.pipes import find_pipe_tables
from sitegen.errors import InputError, Problem

__all__ = ["SUFFIXES", "Layout", "extract"]

Extractor: TypeAlias = Callable[[bytes, str], Layout]
"""Gives the text and layout of the bytes of a source, whose path is for messages; raises InputError."""


def extract(data: bytes, path: str) -> Layout:
    """Give the visible text of a source with its layout; `path` tells the kind by its ending, and is for messages.

    Raises InputError: unsupported-format, empty-source, and what the extractor of its kind raises.
    """
    suffix = PurePosixPath(path).suffix.lower()
    extractor = _EXTRACTORS.get(suffix)
    if extractor is None:
        raise InputError(Problem(
            "unsupported-format", path, f"files of the kind “{suffix or 'without ending'}” cannot be converted",
            f"Save the text as one of {' '.join(SUFFIXES)}, or list the file under ignore in [tool.sitegen].",
        ))  # fmt: skip
    layout = extractor(data, path)
    if not layout.text.strip("\ufeff \t\r\n\u3000\xa0"):
        raise InputError(Problem("empty-source", path, "the file holds no text", "Remove it, or put the notice in."))
    return layout


# The extractors are imported when one is asked for: the libraries of those for Word and PDF need not be there.


def _plain(data: bytes, path: str) -> Layout:
    decoded = decode(data, path)
    return Layout(decoded.text, decoded.encoding, tables=tuple(find_pipe_tables(decoded.text)))


def _html(data: bytes, path: str) -> Layout:
    from sitegen.convert.extract.html import read_html

    return read_html(data, path)


def _docx(data: bytes, path: str) -> Layout:
    from sitegen.convert.extract.docx import read_docx

    return read_docx(data, path)


def _pdf(data: bytes, path: str) -> Layout:
    from sitegen.convert.extract.pdf import read_pdf

    return read_pdf(data, path)


_EXTRACTORS: dict[str, Extractor] = {
    ".txt": _plain, ".md": _plain, ".html": _html, ".htm": _html, ".docx": _docx, ".pdf": _pdf,
}  # fmt: skip
SUFFIXES = tuple(_EXTRACTORS)
"""Endings of the file names that can be converted."""
