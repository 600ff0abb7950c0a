"""The whole site, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from sitegen.config import SiteConfig
from sitegen.model import Library, OutputFile
from sitegen.render.frame import POLICY, Frame, make_frame
from sitegen.render.listings import render_genres, render_home, render_institutions, render_quality
from sitegen.render.notices import NoticePage, render_notices
from sitegen.render.paths import below_base
from sitegen.render.templates import render
from sitegen.render.timeline import render_timeline


def render_site(
    library: Library, pages: Sequence[NoticePage], config: SiteConfig, folders: Sequence[Path]
) -> Iterator[OutputFile]:
    """Render every page of the site; the order of `pages` does not matter.

    `folders` are the folders of templates, the project's own first. Raises InputError for a broken template.
    """
    frame = make_frame(library, config, folders)
    yield render_home(frame)
    yield from render_notices(frame, {page.notice.id: page for page in pages})
    yield from render_timeline(frame)
    yield from render_institutions(frame)
    yield render_genres(frame)
    yield frame.page("search/", "search.html", "search")
    yield render_quality(frame)
    yield frame.page("about/", "about.html", "about")
    yield _missing(frame)


def _missing(frame: Frame) -> OutputFile:
    """Render the page for missing pages: served at any depth, it has no relative links."""
    site_url = frame.config.site_url
    context = {
        "config": frame.config, "words": frame.words, "policy": POLICY, "page": "404.html", "section": "",
        "canonical": None, "link": partial(below_base, site_url or ""), "is_linked": site_url is not None,
        "layout": "base.html" if site_url else "plain.html",
    }  # fmt: skip
    return OutputFile("404.html", render(frame.environment, "404.html", context))
