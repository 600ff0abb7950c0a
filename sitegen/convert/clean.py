"""Running passes over a text, with the ledger of what they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.convert import ledger
from sitegen.convert.ledger import Change
from sitegen.convert.passes import Pass
from sitegen.model import Edit


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way from raw to clean."""

    text: str
    edits: tuple[Edit, ...] = ()
    """The ledger so far, over the raw text."""

    def changed(self, changes: Iterable[Change], name: str) -> Draft:
        """Give the draft with the changes of the pass `name` made and recorded."""
        edits = ledger.record(self.text, changes, name)
        if not edits:
            return self
        return Draft(ledger.apply(self.text, edits), ledger.compose(self.edits, edits))

    def run(self, passes: Iterable[tuple[str, Pass]]) -> Draft:
        """Give the draft after a table of passes, in its order."""
        draft = self
        for name, step in passes:
            draft = draft.changed(step(draft.text), name)
        return draft
