"""Pages of the site: records in, files out; Jinja2 with autoescape and strict names."""

from __future__ import annotations

from sitegen.render.notices import NoticePage
from sitegen.render.site import render_site
from sitegen.render.templates import static_files

__all__ = ["NoticePage", "render_site", "static_files"]
