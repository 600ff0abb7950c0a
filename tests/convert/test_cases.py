"""Small notices by hand, `cases/NAME.txt`, beside what they shall become, `cases/NAME.md`.

`pytest --record` writes the latter anew; read the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import markup
from sitegen.convert import convert
from sitegen.model import Conversion

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


def written_out(conversion: Conversion) -> str:
    facts = conversion.facts
    lines = [f"{name}: {getattr(facts, name)}" for name in ("title", "document_number", "genre", "addressee", "signed")]
    lines += [f"published: {facts.published}", f"language: {facts.language}"]
    lines += [f"institution: {name}" for name in facts.institutions]
    lines += [f"attachment: {name}" for name in facts.attachments]
    lines += [f"dated: {facts.dated.edtf}, from {facts.dated.basis}"] if facts.dated else []
    lines += [f"flag: {flag.code}: {flag.note}" for flag in facts.flags]
    return "\n".join(lines) + "\n---\n" + markup.write(conversion.blocks)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_notice_becomes_what_stands_beside_it(case: Path, request: pytest.FixtureRequest) -> None:
    expected = case.with_suffix(".md")
    result = written_out(convert(case.read_bytes(), f"seeds/{case.name}"))

    if request.config.getoption("--record"):
        expected.write_text(result, "utf-8", newline="\n")

    assert result == expected.read_text("utf-8")
