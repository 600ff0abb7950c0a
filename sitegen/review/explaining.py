"""Why a text is no longer what its source was: every change with the rule that asked for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path

from sitegen import markup, store
from sitegen.build import template_folders
from sitegen.config import SiteConfig
from sitegen.convert.ledger import with_curator
from sitegen.model import Conversion, Edit
from sitegen.render.redaction import Redacted, compare, hide_runs, hide_words, redact
from sitegen.render.templates import Words, read_words
from sitegen.review.differences import value_lines
from sitegen.review.selection import convert_named
from sitegen.review.shown import quote, quote_text

_LINE_END = re.compile("\r\n|\n|\r")


def explain_conversion(project: Path, config: SiteConfig, name: str) -> Iterator[str]:
    """Explain the conversion of a seed, named itself or by its content file: a line or two a change, then the facts.

    Advertising is shown as its mask. Raises UsageError and InputError for a name that cannot be converted.
    """
    (update,) = convert_named(project, config, (name,))
    words = read_words(template_folders(project), "en")
    redacted = redact(update.conversion)
    edits = with_curator(update.conversion, markup.parse(update.notice.body))
    yield from _head(update, redacted, edits)
    yield from _changes(update.conversion, redacted, edits, words)
    yield from _facts(update, redacted)


def _head(update: store.Update, redacted: Redacted, edits: tuple[Edit, ...]) -> Iterator[str]:
    made, source = update.conversion, update.notice.source
    target = store.content_path(update.notice.id)
    name = hide_runs(source.path, redacted.stretches) if source else ""
    yield f"{name} -> {target}{'' if update.before else ' (not written yet)'}"
    yield f"{made.encoding}, {len(made.raw)} characters, {len(edits)} changes"


def _changes(made: Conversion, redacted: Redacted, edits: tuple[Edit, ...], words: Words) -> Iterator[str]:
    passes: Mapping[str, str] = words["passes"]
    lines = [0, *(match.end() for match in _LINE_END.finditer(made.raw))]
    for piece in compare(redacted, edits):
        if piece.edit is None:
            continue
        rules = "; ".join(f"{passes.get(name, name)} [{name}]" for name in piece.edit.passes)
        taken = f", taken out as {piece.edit.key}" if piece.edit.key else ""
        yield ""
        yield f"line {bisect_right(lines, piece.edit.start)}: {rules}{taken}"
        yield f"    {quote(piece.before)} -> {quote(piece.after)}"


def _facts(update: store.Update, redacted: Redacted) -> Iterator[str]:
    yield ""
    yield "Facts:"
    keys = [key for key in store.KEYS if key not in ("source", "body")]
    for key in keys:
        ours, theirs = value_lines(key, update.notice), value_lines(key, update.offered)
        if not ours and not theirs:
            continue
        remark = f" (edited by a curator; the converter reads {_quote_all(theirs, redacted)})" if ours != theirs else ""
        yield f"  {key}: {_quote_all(ours, redacted)}{remark}"


def _quote_all(values: list[str], redacted: Redacted) -> str:
    return ", ".join(quote_text(hide_words(value, redacted.stretches)) for value in values) or "nothing"
