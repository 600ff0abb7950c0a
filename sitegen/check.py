"""The finished site to problems: links and anchors, the form of every page, and that no word of a notice is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from sitegen import markup, store
from sitegen.errors import InputError, OutputError, Problem
from sitegen.model import Notice, block_lines
from sitegen.output import MANIFEST, OUTPUT, find_foreign

_ADDRESSES = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action", "iframe": "src"}
_OTHER_SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check of a finished site found."""

    pages: int
    links: int
    problems: tuple[Problem, ...]


def check_site(project: Path) -> CheckReport:
    """Check the site in `output/` of a project; every fault is told.

    Raises OutputError where there is no site, InputError where `content/` cannot be read.
    """
    output = project / OUTPUT
    if not (output / MANIFEST).is_file():
        raise OutputError(Problem("no-site", OUTPUT, "there is no finished site.", "Run `sitegen build` first."))
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    pages = {path: _parse(output / path) for path in sorted(files) if path.endswith(".html")}
    problems = [*_foreign(output), *_form_problems(pages), *_link_problems(pages, files)]
    notices, faults = store.read_contents(project)
    if faults:
        raise InputError(faults)
    problems += _lost_text(notices, pages)
    return CheckReport(len(pages), sum(len(page.links) for page in pages.values()), tuple(problems))


# --- reading a page -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Page:
    """What a check needs to know of one page."""

    links: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, element and address."""
    ids: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    inline: list[tuple[int, str]] = field(default_factory=list)
    """Line and name of inline scripts, styles and event handlers."""
    language: str | None = None
    has_policy: bool = False
    article: list[str] = field(default_factory=list)
    """Texts inside `<article id="text">`."""


class _PageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = _Page()
        self._in_article = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        page, line = self.page, self.getpos()[0]
        page.tags[tag] += 1
        if "id" in attributes:
            page.ids[attributes["id"]] += 1
        if tag == "html":
            page.language = attributes.get("lang")
        if attributes.get("http-equiv", "").lower() == "content-security-policy":
            page.has_policy = True
        if tag in _ADDRESSES and _ADDRESSES[tag] in attributes:
            page.links.append((line, tag, attributes[_ADDRESSES[tag]]))
        if tag == "style" or (tag == "script" and "src" not in attributes):
            page.inline.append((line, tag))
        page.inline += [(line, name) for name in attributes if name == "style" or name.startswith("on")]
        self._in_article = self._in_article or (tag == "article" and attributes.get("id") == "text")

    def handle_endtag(self, tag: str) -> None:
        self._in_article = self._in_article and tag != "article"

    def handle_data(self, data: str) -> None:
        if self._in_article:
            self.page.article.append(data)


def _parse(path: Path) -> _Page:
    parser = _PageParser()
    parser.feed(path.read_bytes().decode("utf-8", "replace"))
    parser.close()
    return parser.page


# --- problems -------------------------------------------------------------------------------------------------------

_REBUILD = "Build again; if it stays, mend the template that makes the page."


def _foreign(output: Path) -> Iterator[Problem]:
    for path in find_foreign(output):
        yield Problem("foreign-file", f"{OUTPUT}/{path}", "the manifest does not name it.", "Remove it or build again.")


def _form_problems(pages: Mapping[str, _Page]) -> Iterator[Problem]:
    for path, page in pages.items():
        for message, line in _form_faults(page):
            yield Problem("bad-page", f"{OUTPUT}/{path}", message, _REBUILD, line)


def _form_faults(page: _Page) -> Iterator[tuple[str, int | None]]:
    if not page.language:
        yield "the page does not name its language.", None
    if not page.has_policy:
        yield "the page has no Content-Security-Policy.", None
    if page.tags["title"] != 1:
        yield "the page needs one title.", None
    if page.tags["h1"] > 1:
        yield "the page has more than one h1.", None
    for name, count in page.ids.items():
        if count > 1:
            yield f"the id {name!r} stands {count} times.", None
    for line, name in page.inline:
        yield f"inline {name} stands against the Content-Security-Policy.", line


def _link_problems(pages: Mapping[str, _Page], files: Iterable[str]) -> Iterator[Problem]:
    files = frozenset(files)
    for path, page in pages.items():
        if path == "404.html":
            continue  # served at any depth: its links are absolute to the address of the site, unknown here
        for line, tag, address in page.links:
            message = _link_fault(path, tag, address, pages, files)
            if message:
                yield Problem("broken-link", f"{OUTPUT}/{path}", message, _link_hint(path), line)


def _link_hint(path: str) -> str:
    notice = re.fullmatch(r"notices/([^/]+)/index\.html", path)
    return (
        f"If the link stands in {store.content_path(notice[1])}, correct it there. {_REBUILD}" if notice else _REBUILD
    )


def _link_fault(path: str, tag: str, address: str, pages: Mapping[str, _Page], files: frozenset[str]) -> str | None:
    if (tag, address) == ("link", "data:,"):  # no icon, said so that browsers do not ask for one
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"{tag} holds no address: {address}."
    if parts.scheme or parts.netloc:
        is_harmless = parts.scheme in _OTHER_SCHEMES and tag in ("a", "link")
        return None if is_harmless else f"{tag} leads to another host: {address}."
    if parts.path.startswith("/"):
        return f"the link is not relative: {address}."
    target = unquote(urlsplit(urljoin(f"http://site/{path}", address.partition("#")[0])).path).lstrip("/")
    target = path if not parts.path else f"{target}index.html" if target.endswith("/") or not target else target
    if target not in files:
        return f"the link leads nowhere: {address}."
    fragment = unquote(parts.fragment)
    if fragment and target in pages and fragment not in pages[target].ids:
        return f"the page has no such place: {address}."
    return None


def _lost_text(notices: Iterable[Notice], pages: Mapping[str, _Page]) -> Iterator[Problem]:
    """Yield a problem for each notice whose page does not hold its title and every line of its body, in order."""
    for notice in notices:
        path = f"notices/{notice.id}/index.html"
        if notice.draft:
            if path in pages:
                yield Problem("published-draft", f"{OUTPUT}/{path}", "the notice is a draft.", "Build again.")
            continue
        content = store.content_path(notice.id)
        for alias in notice.aliases:
            if f"notices/{alias}/index.html" not in pages:
                yield Problem("lost-notice", content, f"the site has no page at its former id {alias}.", "Build again.")
        if path not in pages:
            yield Problem("lost-notice", content, "the site has no page of this notice.", "Build again.")
        elif (lost := _first_lost(notice, "".join(pages[path].article))) is not None:
            message = f"the page lacks a line of {store.content_path(notice.id)}: {lost[:40]!r}."
            yield Problem("lost-text", f"{OUTPUT}/{path}", message, _REBUILD)


def _first_lost(notice: Notice, shown: str) -> str | None:
    shown, place = _solid(shown), 0
    lines = [notice.facts.title or "", *(line for block in markup.parse(notice.body) for line in block_lines(block))]
    for line in lines:
        found = shown.find(_solid(line), place)
        if found < 0:
            return line
        place = found + len(_solid(line))
    return None


def _solid(text: str) -> str:
    """Take white space out, and what HTML cannot hold the way the pages do."""
    return re.sub(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", "".join(text.split())
    )
