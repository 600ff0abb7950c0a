"""Saved web pages against the text files of the same notices: the same facts, and no word of the text missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from sitegen import markup
from sitegen.convert import convert
from sitegen.model import Conversion
from sitegen.text import HAN

NOTICES = Path(__file__).parents[3] / "shared" / "notices"
PAGES = sorted((NOTICES / "dev").glob("*.html"))
pytestmark = pytest.mark.skipif(not PAGES, reason="the labelled notices are not beside the project")


def read(page: Path, ending: str) -> Conversion:
    return convert(page.with_suffix(ending).read_bytes(), f"seeds/{page.stem}{ending}")


def score(folder: Path, ending: str) -> tuple[float, int, str]:
    """Convert all pages, or the texts beside them; give their mean rate, the invented values, and the scorer's list."""
    content, labels = folder / "content", folder / "labels"
    content.mkdir(parents=True)
    labels.mkdir()
    for page in PAGES:
        shutil.copy(page.with_suffix(".gold.yaml"), labels)
        made = read(page, ending)
        facts = {name: getattr(made.facts, name) for name in made.facts.__dataclass_fields__}
        front = {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()}
        front |= {"dated": None, "flags": [], "source": {"file": page.stem + ending}}
        written = f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n{markup.write(made.blocks)}"
        (content / f"{page.stem}.md").write_text(written, "utf-8")
    command = [sys.executable, str(NOTICES / "score.py"), str(labels), str(content), "--list"]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    found = re.search(r"mean rate ([\d.]+), invented values (\d+)", told)
    assert found is not None, told
    return float(found[1]), int(found[2]), told


def test_the_facts_of_a_page_are_those_of_its_text(tmp_path: Path) -> None:
    text_mean, _, _ = score(tmp_path / "txt", ".txt")

    page_mean, invented, told = score(tmp_path / "html", ".html")

    assert abs(text_mean - page_mean) <= 0.02, told
    assert invented == 0, told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_chinese_character_of_the_text_is_in_that_of_the_page(page: Path) -> None:
    counted = [
        Counter(re.findall(f"[{HAN}]", markup.write(read(page, ending).blocks)))
        for ending in (".txt", ".html")
    ]

    assert counted[0] - counted[1] == Counter()
