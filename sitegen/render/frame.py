"""What every page shares: settings, words, rows, addresses; and the one place where a template becomes a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment

from sitegen import text
from sitegen.config import SiteConfig
from sitegen.model import Library, Notice, OutputFile
from sitegen.render.paths import absolute, page_path, relative
from sitegen.render.rows import Row, make_row
from sitegen.render.templates import Words, load_templates, read_words, render

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
"""Content-Security-Policy of every page: nothing from elsewhere, nothing inline."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The common ground of all pages of one build."""

    library: Library
    config: SiteConfig
    words: Words
    environment: Environment
    rows_by_id: Mapping[str, Row]

    def row(self, notice: Notice) -> Row:
        """Give the row of a notice."""
        return self.rows_by_id[notice.id]

    def rows(self, notices: Iterable[Notice]) -> tuple[Row, ...]:
        """Give the rows of notices, in their order."""
        return tuple(map(self.row, notices))

    def full_address(self, address: str) -> str | None:
        """Give the absolute address of a page; None where the site does not know where it will stand."""
        return absolute(self.config.site_url, address) if self.config.site_url else None

    def page(self, address: str, template: str, section: str = "", /, **context: object) -> OutputFile:
        """Render the page of an address; `section` names the place of the menu it belongs to."""
        path = page_path(address)
        shared = {
            "config": self.config, "words": self.words, "policy": POLICY, "page": path, "section": section,
            "link": partial(relative, path), "canonical": self.full_address(address),
        }  # fmt: skip
        return OutputFile(path, render(self.environment, template, shared | context))


def make_frame(library: Library, config: SiteConfig, folders: Sequence[Path]) -> Frame:
    """Read words and templates, and make the row of every notice.

    Raises InputError where a file of words cannot be read.
    """
    words = read_words(folders, config.language)
    rows = {notice.id: make_row(notice, words, config.language) for notice in library.notices}
    return Frame(library, config, words, load_templates(folders), rows)


def anchors(prefix: str, names: Iterable[str | None]) -> Iterator[str]:
    """Make a fragment for each name, from its pinyin; names that read alike are numbered."""
    taken: dict[str, int] = {}
    for name in names:
        anchor = f"{prefix}-{text.slug(name or '', 40) or 'none'}"
        taken[anchor] = taken.get(anchor, 0) + 1
        yield anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
