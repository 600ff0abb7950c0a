"""The pages of a built site, read independently of the site's own scripts: the lines a phrase can stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html

from sitegen.text import fold

_ARTICLE = re.compile(r'<article id="text".*?</article>', re.DOTALL)
_INLINE = (
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
).split()


def read_lines(site: Path) -> dict[str, list[str]]:
    """Give the lines of every notice's page, by id."""
    pages = sorted((site / "notices").glob("*/index.html"))
    return {page.parent.name: lines_of(page.read_text(encoding="utf-8")) for page in pages}


def lines_of(page: str) -> list[str]:
    """Give the lines of a page's text, blank ones left out."""
    found = _ARTICLE.search(page)
    if found is None:
        return []
    lines = [""]
    for piece in _pieces(html.fromstring(found[0]), is_signature=False, is_pre=False):
        if piece is None:
            lines.append("")
        else:
            lines[-1] += piece
    return [line for line in lines if line.strip()]


def folded(lines: dict[str, list[str]]) -> dict[str, str]:
    """Fold the lines of each notice, one below the other."""
    return {name: "\n".join(map(fold, written)) for name, written in lines.items()}


def _pieces(node: Any, *, is_signature: bool, is_pre: bool) -> Iterator[str | None]:
    """Yield the text of an element in pieces, None wherever a line of its own begins."""
    is_signature = is_signature or "signature" in (node.get("class") or "").split()
    is_pre = is_pre or node.tag == "pre"
    if node.tag == "br":
        yield None if is_signature else " "
        return
    is_inline = node.tag in _INLINE
    if not is_inline:
        yield None
    yield from _text(node.text, is_pre=is_pre)
    for child in node:
        if isinstance(child.tag, str):
            yield from _pieces(child, is_signature=is_signature, is_pre=is_pre)
        yield from _text(child.tail, is_pre=is_pre)
    if not is_inline:
        yield None


def _text(text: str | None, *, is_pre: bool) -> Iterator[str | None]:
    for at, line in enumerate((text or "").split("\n") if is_pre else [text or ""]):
        if at:
            yield None
        yield line
