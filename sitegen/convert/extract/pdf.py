"""PDF files with text in them: their lines, page after page; page numbers and wrapped lines are left to the passes."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import Any

from sitegen.convert.decode import PLAUSIBLE, plausibility
from sitegen.convert.extract.layout import Layout
from sitegen.convert.extract.office import broken, check_size, encrypted, load, too_large
from sitegen.errors import InputError, Problem

MOST_PAGES = 2_000
MOST_OPERATIONS = 3_000_000
"""Most drawing operations on all pages together: parts of a page can be drawn again and again."""
LEAST_TEXT = 20
"""Characters a page, on average, below which the pages are pictures of text."""
_TEXT = re.compile(r"\S")


class _TooManyOperationsError(Exception):
    """Raised from inside the library when a file draws more than any notice."""


def read_pdf(data: bytes, path: str) -> Layout:
    """Read a PDF file with text in it; `path` is for messages.

    Raises InputError: needs-office, broken-file, encrypted-file, too-large, scanned-pdf, unreadable-pdf.
    """
    library = load("pypdf", path)
    check_size(data, path)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity of a file that nobody here made
    try:
        pages = _read_pages(library, data, path)
    except InputError:
        raise
    except Exception as error:  # the library has no one exception for all that can be wrong in a file
        raise broken(path, error) from None
    text = "\n\n".join(page.rstrip() for page in pages).encode("utf-8", "replace").decode()
    _check_text(text, len(pages), path)
    return Layout(text, "pdf")


def _read_pages(library: Any, data: bytes, path: str) -> list[str]:
    reader = library.PdfReader(BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise encrypted(path)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise too_large(path, f"it has {count:,} pages, more than {MOST_PAGES:,}")
    counter = _Counter()
    pages = [page.extract_text(visitor_operand_before=counter) for page in reader.pages]
    if counter.operations > MOST_OPERATIONS:
        raise too_large(path, f"its pages are drawn with more than {MOST_OPERATIONS:,} operations")
    return pages


def _opens(reader: Any) -> bool:
    """Tell whether a locked file can be read without a password, as many that only forbid changes can."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # a kind of lock that the library cannot open
        return False


class _Counter:
    """Counts drawing operations; stops the library, which otherwise draws what refers to itself without an end."""

    def __init__(self) -> None:
        self.operations = 0

    def __call__(self, *_: object) -> None:
        self.operations += 1
        if self.operations > MOST_OPERATIONS:
            raise _TooManyOperationsError


def _check_text(text: str, pages: int, path: str) -> None:
    characters = len(_TEXT.findall(text))
    if characters < LEAST_TEXT * max(pages, 1):
        message = f"its {pages} pages hold {characters} characters of text: it is a scan, pictures of pages"
        hint = (
            "Recognise its text with an OCR program, proofread it, and save it as .txt; the PDF can lie in the folder "
            "of that file's name and .files beside it."
        )  # fmt: skip
        raise InputError(Problem("scanned-pdf", path, message, hint))
    foreign = sum(character > "\x7f" for character in text)
    if foreign * 2 > characters and plausibility(text) < PLAUSIBLE / 2:
        message = f"its fonts do not tell which characters they show ({plausibility(text):.2f} plausible)"
        raise InputError(Problem("unreadable-pdf", path, message, "Save the text of the notice as .txt."))
