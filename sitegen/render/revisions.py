"""Facts that a person has changed: shown as such, never as stated by the original."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.frontmatter import facts_as_plain
from sitegen.model import Conversion, Facts, Notice
from sitegen.render.templates import Words


@dataclass(frozen=True, slots=True)
class FactRevision:
    """An element of the document as the converter read it and as a person has written it; "" where it is absent."""

    element: str
    before: str
    after: str


def find_revisions(notice: Notice, conversion: Conversion | None, words: Words) -> Mapping[str, FactRevision]:
    """Find the facts that differ from what the original says, by their keys; flags are a curator's own matter."""
    if conversion is None:
        return {}
    before, after = _values(conversion.facts, words), _values(notice.facts, words)
    return {
        key: FactRevision(words["elements"].get(key, key), before.get(key, ""), after.get(key, ""))
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    }


def knowledge(key: str, revisions: Mapping[str, FactRevision], conversion: Conversion | None, words: Words) -> str:
    """Say how an element is known: stated by the original, revised by a person, or written without an original."""
    dates: Mapping[str, str] = words["dates"]
    return dates["recorded" if conversion is None else "revised" if key in revisions else "stated"]


def _values(facts: Facts, words: Words) -> dict[str, str]:
    plain = {key: value for key, value in facts_as_plain(facts).items() if key != "flags"}
    return {key: _written(value, words["labels"]["list_separator"]) for key, value in plain.items()}


def _written(value: Any, separator: str) -> str:
    if isinstance(value, Mapping):
        return separator.join(value.values())
    return separator.join(value) if isinstance(value, list) else str(value)
