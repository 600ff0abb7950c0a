"""A server that logs what it sends: every file with the bytes it takes compressed, and when it was asked for."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
    ".svg": "image/svg+xml",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """One answer of the server."""

    path: str
    at: float
    """When it was asked for, in seconds since 1970."""
    wire: int
    """Bytes of the body: as gzip at level 6 packs it, or as it is where that is no longer."""


@dataclass(slots=True)
class Served:
    """A folder that is served."""

    address: str
    log: list[Request] = field(default_factory=list)

    def settle(self, quiet: float, limit: float = 120.0) -> None:
        """Wait until nothing was asked for during so many seconds."""
        end, last = time.monotonic() + limit, (len(self.log), time.monotonic())
        while time.monotonic() < end and time.monotonic() - last[1] < quiet:
            time.sleep(0.05)
            if len(self.log) != last[0]:
                last = (len(self.log), time.monotonic())


@cache
def packed(file: Path, changed: int) -> tuple[bytes, bool]:
    """Give a file as it goes over the wire, and whether gzip made it smaller; `changed` keeps a rebuilt one apart."""
    data = file.read_bytes()
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    small = packer.compress(data) + packer.flush()
    return (small, True) if len(small) < len(data) else (data, False)


class _Handler(SimpleHTTPRequestHandler):
    """Answers as GitHub Pages does: compressed, kept alive, to be kept by the browser for ten minutes."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else head and body of an answer wait for each other, 40 ms

    def __init__(self, *arguments: Any, log: list[Request], **keywords: Any) -> None:
        self.requests = log
        super().__init__(*arguments, **keywords)

    def do_GET(self) -> None:
        at, path = time.time(), unquote(urlsplit(self.path).path)
        file = Path(self.directory) / path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self._answer(404, "text/plain", b"", is_gzip=False)
            return
        body, is_gzip = packed(file, file.stat().st_mtime_ns)
        self.requests.append(Request(path, at, len(body)))
        self._answer(200, TYPES.get(file.suffix, "application/octet-stream"), body, is_gzip=is_gzip)

    def _answer(self, status: int, kind: str, body: bytes, *, is_gzip: bool) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("cache-control", "max-age=600")
        if is_gzip:
            self.send_header("content-encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a folder on a free port of this machine."""
    log: list[Request] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder), log=log))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}/", log)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
