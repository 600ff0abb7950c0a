"""The demo collection: what its seeds become, and that advertising leaves no trace in it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from sitegen.build import build_site
from sitegen.check import check_site
from sitegen.model import MASK
from sitegen.search.reading import read_contexts, read_range
from sitegen.store import read_contents
from sitegen.text import pinyin

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "notices"
OVERWRITTEN = "seeds/001_0300c11b4bb28834.txt"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the seeds into a site, converting each of them anew."""
    project = tmp_path_factory.mktemp("seeds") / "project"
    shutil.copytree(ROOT / "seeds", project / "seeds")
    build_site(project)
    return project


def advertising() -> str:
    """Take the advertising from the seed itself: what stands in the name slot of its signature."""
    match = re.search("\n中共(.+?)委员会\n", (ROOT / OVERWRITTEN).read_text("utf-8"))
    assert match is not None
    return match[1]


def published(project: Path) -> dict[str, str]:
    """Give every file that is committed or published, its name before its text."""
    paths = [path for name in ("content", "output") for path in (project / name).rglob("*") if path.is_file()]
    return {path.name: f"{path.relative_to(project).as_posix()}\n{text_of(path)}" for path in paths}


def text_of(path: Path) -> str:
    """Read a file; of one with lists of the index the terms, and all that stands before and after them in a text."""
    if path.suffix != ".bin":
        return path.read_text("utf-8")
    lists = {term: read_contexts(data) for term, data in read_range(path.read_bytes(), "C").items()}
    return "\n".join(
        before + term + after
        for term, contexts in lists.items()
        for before in contexts.befores
        for after in contexts.afters
    )


def decoded(text: str) -> str:
    """Undo the writings in which a text may hide: JSON, HTML and percent escapes."""
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    return text + "\n" + unquote(html.unescape(unescaped))


def test_the_committed_content_is_what_the_seeds_convert_to(built: Path) -> None:
    made, committed = read_contents(built)[0], read_contents(ROOT)[0]
    assert [(n.id, n.facts, n.body, n.source, n.converted) for n in made] == [
        (n.id, n.facts, n.body, n.source, n.converted) for n in committed
    ]


def test_the_site_of_the_seeds_has_no_problem(built: Path) -> None:
    assert check_site(built).problems == ()


def test_no_three_characters_of_the_advertising_are_published(built: Path) -> None:
    text = advertising()
    runs = [text[start : start + 3] for start in range(len(text) - 2)]
    assert len(runs) >= 8
    for name, page in published(built).items():
        shown = decoded(page)
        assert [run for run in runs if run in shown] == [], name
        assert [run for run in runs if run in re.sub(r"\s|<[^>]*>", "", shown)] == [], name


def test_no_pinyin_of_the_advertising_is_published(built: Path) -> None:
    syllables = pinyin(advertising())
    runs = ["".join(syllables[start : start + 3]) for start in range(len(syllables) - 2)]
    for name, page in published(built).items():
        letters = re.sub("[^a-z]", "", page.lower())
        assert [run for run in runs if run in letters] == [], name


def test_the_mask_stands_where_the_name_stood_and_a_flag_says_so(built: Path) -> None:
    (notice,) = [n for n in read_contents(built)[0] if n.source and OVERWRITTEN.endswith(n.source.file)]
    assert notice.facts.institutions == ()
    assert [flag.code for flag in notice.facts.flags if flag.code == "institution-masked"] == ["institution-masked"]
    assert f"《{MASK}2022年春季学期开学新冠肺炎疫情防控工作方案》" in notice.body
    assert f"中共{MASK}委员会\n" in notice.body


def test_words_of_the_advertising_are_no_terms_of_the_index_but_where_another_notice_says_them(built: Path) -> None:
    (file,) = (built / "output/search").glob("lunr-*.json")
    terms = {term for term, _ in json.loads(file.read_bytes())["invertedIndex"]}
    assert terms
    others = "".join(n.facts.title or "" for n in read_contents(built)[0]) + "".join(
        n.body for n in read_contents(built)[0]
    )
    for start in range(len(advertising()) - 1):
        pair = advertising()[start : start + 2]
        assert pair not in terms or pair in others, pair


def test_a_notice_without_a_date_says_that_it_has_none(built: Path) -> None:
    (notice,) = [n for n in read_contents(built)[0] if n.id.startswith("undated-")]
    assert notice.facts.signed is None
    assert notice.facts.dated is not None or "no-date" in [flag.code for flag in notice.facts.flags]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled notices are not here")
def test_every_label_of_the_seeds_is_met(built: Path) -> None:
    command = [sys.executable, *map(str, (SHARED / "score.py", SHARED / "seeds-gold", built / "content")), "--list"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "mean rate 1.000, invented values 0" in shown
