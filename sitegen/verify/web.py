"""A published copy of a site: its files asked for one by one, of one host, within limits of time and size."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import IO, Any
from urllib.parse import quote, urlsplit

from sitegen import __version__
from sitegen.errors import OutputError, Problem, UsageError
from sitegen.output import MANIFEST
from sitegen.verify.copies import Digest, Found, Missing, Unreadable
from sitegen.verify.manifest import MOST_BYTES

AT_ONCE = 8
"""Files asked for at the same time, no more than a browser does."""
MOST_SILENCE = 30.0
"""Seconds a server may stay silent."""
MOST_TIME = 300.0
"""Seconds one file may take."""
MOST_FAILURES = 16
"""Files in a row without an answer, after which the others are not asked for."""
_HEADERS = {
    "User-Agent": f"sitegen/{__version__}",
    "Accept-Encoding": "identity",  # the digests are of the files, not of what gzip makes of them
    "Cache-Control": "no-cache",
}
_NOT_FOUND = "404.html"
_PORTS = {"http": 80, "https": 443}


def is_web_address(copy: str) -> bool:
    """Tell whether a copy is named by an address, of whatever scheme, and not by a folder."""
    return "://" in copy


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirection within the host that was asked, or from its http to its https, and no other."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Give the request to follow a redirection with, or raise HTTPError."""
        fp.close()  # else all that comes with the redirection would be read, without limit
        if not is_same_host(req.full_url, newurl):
            raise urllib.error.URLError(f"it is redirected to {newurl[:100]!r}, which is another host or port")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_same_host(address: str, other: str) -> bool:
    """Tell whether a redirection stays on its host and port, or leads from the usual port of http to that of https."""
    old, new = _origin(address), _origin(other)
    return new == old or (old, new) == (("http", old[1], 80), ("https", old[1], 443))


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _opener() -> urllib.request.OpenerDirector:
    """Make what opens http and https alone; the ready-made one opens files, too."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        *(urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler()),
        *(urllib.request.HTTPDefaultErrorHandler(), urllib.request.HTTPErrorProcessor(), _SameHost()),
    ):
        opener.add_handler(handler)
    return opener


@dataclass(frozen=True, slots=True)
class Website:
    """A copy on a web server."""

    base: str
    """Its address, with a slash at the end."""
    remedy: str = "Publish the site again; caches on the way may hold an older state for some minutes."
    opener: urllib.request.OpenerDirector = field(default_factory=_opener, repr=False)

    @classmethod
    def at(cls, address: str) -> Website:
        """Take the address of a site or of its manifest. Raises UsageError where it is neither."""
        try:
            parts = urlsplit(address)
            is_plain = not ("@" in parts.netloc or parts.query or parts.fragment) and parts.port != 0
        except ValueError:
            raise _no_address(address) from None
        if parts.scheme not in _PORTS or not parts.hostname or not is_plain:
            raise _no_address(address)
        path = parts.path.removesuffix(f"/{MANIFEST}").rstrip("/")
        return cls(f"{parts.scheme}://{parts.netloc}{quote(path, safe='/%')}/")

    def shown(self, path: str) -> str:
        """Write the address of a file."""
        return self.base + quote(path)

    def manifest(self) -> bytes:
        """Fetch the manifest. Raises OutputError where there is none."""
        kept: list[bytes] = []
        found = _fetch(self.opener, self.shown(MANIFEST), kept.append)
        if not isinstance(found, Digest):
            reason = "it is not there" if isinstance(found, Missing) else found.reason
            message = f"there is no manifest to compare with: {reason}."
            hint = "Name the address of a site that `sitegen build` made, as far as the folder of its manifest.json."
            raise OutputError(Problem("no-site", self.shown(MANIFEST), message, hint))
        return b"".join(kept)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, Found]]:
        """Yield each of these paths, in their order, with what the server sends; some are asked for at once."""
        failures = 0
        paths = list(paths)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            try:
                for path, found in zip(paths, threads.map(self._ask, paths), strict=True):
                    failures = failures + 1 if isinstance(found, Unreadable) else 0
                    if failures == MOST_FAILURES:
                        raise self._give_up(found)
                    yield path, found
            finally:
                threads.shutdown(cancel_futures=True)

    def others(self, named: Collection[str]) -> Iterable[str]:
        """Give nothing: a server does not tell what else it holds."""
        return ()

    def _ask(self, path: str) -> Found:
        return _fetch(self.opener, self.shown(path), is_error_page=path == _NOT_FOUND)

    def _give_up(self, found: Found) -> OutputError:
        reason = found.reason if isinstance(found, Unreadable) else "no answer"
        message = f"{MOST_FAILURES} files in a row could not be read ({reason}); the others were not asked for."
        return OutputError(Problem("unreachable", self.base, message, "Check the address, and try again later."))


def _no_address(address: str) -> UsageError:
    message, hint = f"{address!r} is no web address of a site.", "Write it like https://example.org/archive/."
    return UsageError(Problem("bad-address", "COPY", message, hint))


# --- one file -------------------------------------------------------------------------------------------------------


def _fetch(
    opener: urllib.request.OpenerDirector,
    address: str,
    take: Callable[[bytes], object] = lambda piece: None,
    *,
    is_error_page: bool = False,
) -> Found:
    """Fetch a file, handing its bytes on piece by piece; an error page may come with the status it stands for."""
    try:
        with opener.open(urllib.request.Request(address, headers=_HEADERS), timeout=MOST_SILENCE) as answer:
            return _digest(answer, take)
    except urllib.error.HTTPError as error:
        with contextlib.closing(error):
            if error.code in (404, 410) and not is_error_page:
                return Missing()
            return _digest(error, take) if error.code == 404 else Unreadable(f"the server answers {error.code}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Unreadable(_reason(error))


def _reason(error: Exception) -> str:
    """Say why there was no answer; what the system said stands inside what urllib says."""
    inner = getattr(error, "reason", error)
    return str(getattr(inner, "strerror", None) or inner) or type(error).__name__


def _digest(answer: Any, take: Callable[[bytes], object]) -> Found:
    encoding = answer.headers.get("Content-Encoding", "identity")
    if encoding.lower() != "identity":
        return Unreadable(f"the server compresses it ({encoding[:20]}), though asked not to")
    digest, size, end = hashlib.sha256(), 0, monotonic() + MOST_TIME
    while piece := answer.read1(2**16):
        size += len(piece)
        if size > MOST_BYTES or monotonic() > end:
            return Unreadable("it is larger than any file of a site" if size > MOST_BYTES else "it takes too long")
        digest.update(piece)
        take(piece)
    if answer.length:
        return Unreadable("the answer is cut off")
    return Digest(digest.hexdigest())
