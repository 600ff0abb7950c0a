"""PDF files with text in them: their lines, page after page; page numbers and wrapped lines are left to the passes."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

from sitegen.convert.decode import PLAUSIBLE, plausibility
from sitegen.convert.extract.layout import Layout
from sitegen.convert.extract.office import broken, check_size, encrypted, load, too_large
from sitegen.convert.extract.pdflines import Line, LineReader, find_wraps
from sitegen.errors import InputError, Problem

MOST_PAGES = 2_000
MOST_OPERATIONS = 3_000_000
"""Most drawing operations on all pages together: parts of a page can be drawn again and again."""
LEAST_TEXT = 20
"""Characters a page, on average, below which the pages are pictures of text."""
_TEXT = re.compile(r"\S")


_LOSSES = ("Exceeded", "Impossible to decode")
"""How the warnings of the library begin that tell of text left out."""


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect the warnings of the library instead of showing them: most are of oddities that cost no text."""
    logger, heard = logging.getLogger("pypdf"), _Listener()
    propagates = logger.propagate
    logger.addHandler(heard)
    logger.propagate = False
    try:
        yield heard.messages
    finally:
        logger.propagate = propagates
        logger.removeHandler(heard)


class _Listener(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.messages.append(record.getMessage())


class _TooManyOperationsError(Exception):
    """Raised from inside the library when a file draws more than any notice."""


def read_pdf(data: bytes, path: str) -> Layout:
    """Read a PDF file with text in it; `path` is for messages.

    Raises InputError: needs-office, broken-file, encrypted-file, too-large, scanned-pdf, unreadable-pdf.
    """
    library = load("pypdf", path)
    check_size(data, path)
    try:
        with _listening() as warnings:
            pages = _read_pages(library, data, path)
    except InputError:
        raise
    except library.errors.DependencyError:  # a kind of lock that needs one more library
        raise encrypted(path) from None
    except Exception as error:  # the library has no one exception for all that can be wrong in a file
        raise broken(path, error) from None
    for warning in warnings:
        if warning.startswith(_LOSSES):
            raise too_large(path, "its pages draw more parts than a notice has")
    text = "\n\n".join(page for page, _ in pages)
    _check_text(text, len(pages), path)
    wraps = tuple(find_wraps(tuple(_placed(pages)), text))
    return Layout(text, "pdf", wraps=wraps)


def _placed(pages: Sequence[tuple[str, Sequence[Line]]]) -> Iterator[list[Line]]:
    """Give the lines of the pages with their places in the whole text."""
    position = 0
    for text, lines in pages:
        yield [replace(line, start=position + line.start, end=position + line.end) for line in lines]
        position += len(text) + 2


def _read_pages(library: Any, data: bytes, path: str) -> list[tuple[str, Sequence[Line]]]:
    reader = library.PdfReader(BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise encrypted(path)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise too_large(path, f"it has {count:,} pages, more than {MOST_PAGES:,}")
    counter = _Counter()
    pages = [_read_page(page, counter) for page in reader.pages]
    if counter.operations > MOST_OPERATIONS:
        raise too_large(path, f"its pages are drawn with more than {MOST_OPERATIONS:,} operations")
    return pages


def _read_page(page: Any, counter: _Counter) -> tuple[str, Sequence[Line]]:
    """Give the text of a page and its lines; none where the library gives another text than its stretches."""
    reader = LineReader()
    text = page.extract_text(visitor_operand_before=counter, visitor_text=reader)
    reader.end_line()
    lines = reader.lines if reader.text == text else ()
    return text.encode("utf-8", "replace").decode(), lines


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
