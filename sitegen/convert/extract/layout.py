"""What an extractor gives: the visible text, and what is known of its layout, as spans of that text."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.convert.ledger import Change
from sitegen.convert.tables import Grid
from sitegen.model import Span


@dataclass(frozen=True, slots=True)
class Layout:
    """The visible text of a source with its layout; all spans are of `text`, sorted, and apart from each other."""

    text: str
    encoding: str
    """How the text was read; see `model.Source.encoding`."""
    chrome: tuple[Span, ...] = ()
    """What belongs to the page and not to the document on it."""
    pairs: tuple[Change, ...] = ()
    """Changes that bring a label and its value, which stand in two cells, to one line."""
    wraps: tuple[Change, ...] = ()
    """Changes that join lines which only the width of the page has parted."""
    tables: tuple[Grid, ...] = ()
    bold: tuple[Span, ...] = ()
    """Stretches printed bold, none longer than its line."""
