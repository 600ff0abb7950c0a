"""`sitegen new`: what a new collection starts with."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

from sitegen.config import read_config
from sitegen.errors import OutputError, UsageError
from sitegen.scaffold import create_project

ROOT = Path(__file__).parents[1]


def test_a_new_collection_holds_the_files_it_reports(tmp_path: Path) -> None:
    made = create_project(tmp_path / "archive")

    written = {path.relative_to(tmp_path / "archive").as_posix() for path in (tmp_path / "archive").rglob("*.*")}
    assert made == (
        ".gitattributes",
        ".github/workflows/pages.yml",
        ".gitignore",
        "README.md",
        "pyproject.toml",
        "requirements.txt",
        "seeds/example.txt",
    )
    assert set(made) <= written


TITLES = ["市档案馆公文", 'Say "yes" \\ no', "[tool] # ] = {", "@STRING@ @TITLE@", "ünïcödé 𠀀"]


@pytest.mark.parametrize("title", TITLES)
def test_the_title_reaches_the_settings_as_it_was_given(tmp_path: Path, title: str) -> None:
    create_project(tmp_path / "archive", title)

    assert read_config(tmp_path / "archive").title == title


@pytest.mark.parametrize("title", [None, "", " \t"])
def test_without_a_title_there_is_a_plain_one(tmp_path: Path, title: str | None) -> None:
    create_project(tmp_path / "archive", title)

    assert read_config(tmp_path / "archive").title == "我的公文汇编"


@pytest.mark.parametrize("title", ["a\x00b", "a\u2028b\x7f", "\ud800"])
def test_a_title_that_is_no_text_is_refused_before_anything_is_written(tmp_path: Path, title: str) -> None:
    with pytest.raises(UsageError, match="bad-title"):
        create_project(tmp_path / "archive", title)

    assert not (tmp_path / "archive").exists()


def test_every_setting_that_is_commented_out_is_a_real_one(tmp_path: Path) -> None:
    create_project(tmp_path)
    settings = tmp_path / "pyproject.toml"
    marks = ("# site_url", "# contact", "# [tool", '# "')
    lines = [line[2:] if line.startswith(marks) else line for line in settings.read_text(encoding="utf-8").splitlines()]
    settings.write_text("\n".join(lines), encoding="utf-8")

    config = read_config(tmp_path)

    assert config.site_url == "https://example.org/archive/"
    assert config.contact == "archive@example.org"
    assert [item.file for item in config.ignore] == ["scan.txt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert "pyproject.toml" in create_project(tmp_path)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(OutputError, match="folder-not-empty"):
        create_project(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file")

    with pytest.raises(OutputError, match="folder-not-empty"):
        create_project(tmp_path / "archive")


def test_git_keeps_the_bytes_of_seeds_and_the_line_ends_of_content(tmp_path: Path) -> None:
    create_project(tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    asked = ["git", "check-attr", "text", "eol", "--", "seeds/a/b.txt", "content/x.md"]

    told = subprocess.run(asked, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.splitlines()

    assert told == [
        "seeds/a/b.txt: text: unset",
        "seeds/a/b.txt: eol: unspecified",
        "content/x.md: text: set",
        "content/x.md: eol: lf",
    ]
    assert (tmp_path / ".gitattributes").read_bytes() == (ROOT / ".gitattributes").read_bytes()


def test_the_workflow_never_installs_the_other_program_of_this_name(tmp_path: Path) -> None:
    create_project(tmp_path)

    lines = (tmp_path / "requirements.txt").read_text(encoding="utf-8").splitlines()
    workflow = (tmp_path / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")

    assert all(line.startswith("#") for line in lines)
    assert "pip install sitegen" not in workflow


def test_the_settings_file_is_no_package_of_its_own(tmp_path: Path) -> None:
    create_project(tmp_path)

    assert set(tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))) == {"tool"}
