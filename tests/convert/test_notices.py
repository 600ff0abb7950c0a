"""Made-up notices in the dress of real ones, with the labels a careful archivist would give, for each kind of mess.

`notices/<name>.txt` is a notice; `notices/<name>.label.yaml` holds what it says. A key that is absent is a fact the
text does not state, and giving one is an invention; `accept` lists other right answers.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import markup
from sitegen.convert import convert
from sitegen.model import Conversion, Heading

NOTICES = Path(__file__).parent / "notices"
NAMES = sorted(path.stem for path in NOTICES.glob("*.txt"))
LABELS = ("title", "institution", "doc_number", "doc_type", "addressee", "signed_date", "published_date", "attachments")


def folded(value: object) -> object:
    """Leave out what is no difference: white space, width, the form of brackets and quotation marks."""
    if isinstance(value, (list, tuple)):
        return [folded(one) for one in value]
    text = re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", str(value)))
    return text.translate(str.maketrans("“”‘’【】〔〕", "\"\"''[][]")).rstrip(":")


def shape(value: object) -> object:
    """Give one value and a list of one value the same shape; what is absent is an empty list."""
    return folded(value if isinstance(value, (list, tuple)) else [value] if value else [])


def read(name: str) -> tuple[dict[str, Any], Conversion]:
    label = yaml.safe_load((NOTICES / f"{name}.label.yaml").read_text("utf-8"))
    return label, convert((NOTICES / f"{name}.txt").read_bytes(), f"seeds/{name}.txt")


def said(conversion: Conversion) -> dict[str, object]:
    facts = conversion.facts
    values = (facts.title, facts.institutions, facts.document_number, facts.genre, facts.addressee)
    return dict(zip(LABELS, (*values, facts.signed, facts.published, facts.attachments), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_are_those_of_the_label_and_no_others(name: str) -> None:
    label, conversion = read(name)
    for key, value in said(conversion).items():
        right = [label.get(key) or [], *label.get("accept", {}).get(key, [])]
        assert shape(value) in [shape(one) for one in right], key


@pytest.mark.parametrize("name", NAMES)
def test_the_headings_are_those_of_the_label(name: str) -> None:
    label, conversion = read(name)
    found = [block.text for block in conversion.blocks if isinstance(block, Heading) and block.level == 2]
    assert folded(found) == folded(label.get("section_headings") or [])


@pytest.mark.parametrize("name", NAMES)
def test_the_text_holds_what_it_must_and_not_what_it_must_not(name: str) -> None:
    label, conversion = read(name)
    body = unicodedata.normalize("NFKC", markup.write(conversion.blocks).replace("\\", ""))
    said_of_itself = unicodedata.normalize("NFKC", repr(said(conversion)))
    assert [p for p in label.get("must_hold", []) if unicodedata.normalize("NFKC", p) not in body] == []
    assert [p for p in label.get("must_not_hold", []) if p in body + said_of_itself] == []
