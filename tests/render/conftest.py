"""What tests of pages need: a notice from a few facts, and the pages of a small collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from sitegen import markup
from sitegen.config import SiteConfig
from sitegen.library import build_library
from sitegen.model import Block, Conversion, Edit, Facts, Notice, Paragraph, Source
from sitegen.render import NoticePage, render_site

TEMPLATES = Path(__file__).parents[2] / "templates"

MakePage = Callable[..., NoticePage]
Render = Callable[..., dict[str, str]]


@pytest.fixture
def templates() -> Path:
    return TEMPLATES


@pytest.fixture
def make_page() -> MakePage:
    """Make a notice with its page: keyword arguments are facts; `raw` gives it a source."""

    def make(
        notice_id: str,
        *,
        blocks: Sequence[Block] = (Paragraph("各部门要认真落实。"),),
        raw: str | None = None,
        edits: tuple[Edit, ...] = (),
        masked: tuple[tuple[int, int], ...] = (),
        file: str = "notice.txt",
        url: str | None = None,
        aliases: tuple[str, ...] = (),
        added: str | None = None,
        **facts: Any,
    ) -> NoticePage:
        body = markup.write(blocks)
        source = None if raw is None else Source(file, "0" * 64, "utf-8", url)
        notice = Notice(notice_id, Facts(**facts), body, aliases=aliases, added=added, source=source)
        conversion = None
        if raw is not None:
            conversion = Conversion(raw, "utf-8", edits, masked, notice.facts, tuple(blocks))
        return NoticePage(notice, markup.render(body), conversion, edits)

    return make


@pytest.fixture
def render() -> Render:
    """Render a collection: path below `output/` to the text of the page."""

    def run(pages: Iterable[NoticePage], folders: Sequence[Path] = (TEMPLATES,), **settings: Any) -> dict[str, str]:
        pages = tuple(pages)
        config = SiteConfig(**{"title": "公文汇编", **settings})
        library = build_library([page.notice for page in pages])
        files = list(render_site(library, pages, config, folders))
        assert len({file.path for file in files}) == len(files), "a page is written twice"
        return {file.path: file.data.decode() for file in files}

    return run
