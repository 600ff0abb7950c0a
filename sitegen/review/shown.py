"""Texts as a terminal may show them: what has no shape by its name, advertising as its mask."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.model import MASK
from sitegen.render.redaction import Run, runs


def quote(shown: Iterable[Run]) -> str:
    """Write runs of a text between quotation marks; "nothing" where there are none."""
    written = "".join(map(_write, shown))
    return f"“{written}”" if written else "nothing"


def quote_text(text: str) -> str:
    """Write a text between quotation marks."""
    return quote(runs(text))


def plain(text: str) -> str:
    """Write a text so that it cannot move the cursor, hide or turn what stands beside it."""
    return "".join(map(_write, runs(text)))


def _write(run: Run) -> str:
    if run.kind == "mask":
        return MASK
    if run.kind == "line":
        return run.code or ""
    if run.kind == "space":
        return "".join(one if one in " \u3000" else f"<U+{ord(one):04X}>" for one in run.text)
    if run.kind == "sign":
        return run.code if run.code == "→" else f"<{run.code}>"
    return run.text
