"""Seed, content file and page side by side, for people to read: what a reader gets is exactly this.

`pytest tests/test_golden.py --record` writes them anew; the diff is then read before it is committed.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.build import build_site

CASES = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_a_seed_becomes_the_recorded_content_file_and_page(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    case = CASES / name
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/seed.txt").write_bytes((case / "seed.txt").read_bytes())
    build_site(tmp_path)
    (content,) = (tmp_path / "content").iterdir()
    page = (tmp_path / f"output/notices/{content.stem}/index.html").read_text("utf-8")
    article = re.search(r'<article id="text".*?</article>\n', page, re.DOTALL)
    assert article is not None
    made = {"content.md": content.read_text("utf-8"), "text.html": article[0]}
    if request.config.getoption("--record"):
        for file, text in made.items():
            (case / file).write_text(text, encoding="utf-8", newline="\n")
    assert {file: (case / file).read_text("utf-8") for file in made} == made
