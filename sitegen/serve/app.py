"""Answers the browser: the files of the site as they are, each page with the script that listens for news.

Everything the preview adds lies below `/.sitegen/`, of the same origin, so the policy of the pages allows it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sitegen.serve.news import Board

HOST = "127.0.0.1"

MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""Written out, because Python's own table depends on the machine."""

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_NO_SITE_YET = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Preview</title>
<body><p>There is no site yet. This page shows it as soon as it has been built.</p></body></html>
"""


def preview_app(output: Path, board: Board) -> Starlette:
    """Make the application that answers the browser: the files of the site, and the news."""
    resources = files("sitegen.serve")

    async def events(request: Request) -> Response:
        lines = (f"data: {json.dumps(asdict(news))}\n\n" async for news in board.follow())
        return StreamingResponse(lines, media_type="text/event-stream", headers=_HEADERS)

    def resource(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ("preview.js", "preview.css"):
            return Response(status_code=404, headers=_HEADERS)
        return _answer(Path(name), (resources / name).read_bytes())

    def page(request: Request) -> Response:
        return _page(output, request.scope["path"], board.news.site)

    # Only requests that name this machine: a page elsewhere whose host name is bent to 127.0.0.1 reads nothing.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost", "[::1]"], www_redirect=False)
    routes = [Route("/.sitegen/events", events), Route("/.sitegen/{name}", resource), Route("/{path:path}", page)]
    return Starlette(routes=routes, middleware=[hosts])


def _page(output: Path, address: str, site: str) -> Response:
    """Answer with the file that an address means, an index page, a redirection, or the site's own 404."""
    try:
        place = locate(output, address)
        if place.is_dir() and not address.endswith("/"):
            parts = [quote(part) for part in address.split("/") if part]
            return RedirectResponse("/" + "/".join(parts) + "/", headers=_HEADERS)
        if place.is_dir():
            place = place / "index.html"
        return _answer(place, place.read_bytes(), site)
    except (OSError, ValueError):
        return _missing(output, site)


def locate(output: Path, address: str) -> Path:
    """Give the place in the site that an address, already decoded, means; it need not exist.

    Raises ValueError where it leads out of the site, by its words or through a link.
    """
    parts = [part for part in address.split("/") if part]
    place = output.joinpath(*parts).resolve()
    if any(part in (".", "..") or "\\" in part for part in parts) or not place.is_relative_to(output.resolve()):
        raise ValueError(f"{address!r} leads out of the site")
    return place


def _missing(output: Path, site: str) -> Response:
    if not (output / "index.html").exists():
        # With no digest, whatever site comes is news to this page.
        return _answer(Path("index.html"), _NO_SITE_YET, "", status=503)
    try:
        return _answer(Path("404.html"), (output / "404.html").read_bytes(), site, status=404)
    except OSError:
        return Response("Not found.", 404, _HEADERS, "text/plain; charset=utf-8")


def _answer(place: Path, data: bytes, site: str = "", *, status: int = 200) -> Response:
    if place.suffix == ".html":
        data = _with_script(data, site)
    media_type = MEDIA_TYPES.get(place.suffix.lower(), "application/octet-stream")
    return Response(data, status, _HEADERS, media_type)


def _with_script(html: bytes, site: str) -> bytes:
    """Put the script that listens for news at the end of a page."""
    script = f'<script src="/.sitegen/preview.js" data-site="{site}" defer></script>'.encode("ascii")
    before, end, after = html.rpartition(b"</body>")
    return before + script + end + after if end else html + script
