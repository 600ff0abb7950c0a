"""Settings are read from pyproject.toml, and a wrong one is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config import Ignored, SiteConfig, read_config
from sitegen.errors import InputError


def config_of(folder: Path, settings: str) -> SiteConfig:
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    return read_config(folder)


def test_every_setting_may_be_left_out(tmp_path: Path) -> None:
    assert read_config(tmp_path) == SiteConfig()
    assert config_of(tmp_path, "[project]\nname = 'x'\n") == SiteConfig()


def test_settings_are_read(tmp_path: Path) -> None:
    settings = (
        '[tool.sitegen]\ntitle = "甲"\nsite_url = "https://example.org/a"\n[tool.sitegen.ignore]\n"x.txt" = "空白"\n'
    )
    assert config_of(tmp_path, settings) == SiteConfig(
        title="甲", site_url="https://example.org/a/", ignore=(Ignored("x.txt", "空白"),)
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('titel = "甲"', "Did you mean title"),
        ("title = 3", "title is not a text"),
        ('language = "fr"', "no interface in 'fr'"),
        ('site_url = "example.org"', "no web address"),
        ('site_url = "javascript:alert(1)"', "no web address"),
        ('search = "fast"', "no search index of the kind"),
        ('ignore = ["x.txt"]', "does not give a reason"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        config_of(tmp_path, f"[tool.sitegen]\n\n{line}\n")
    assert error.value.problems[0].line == 3


def test_every_wrong_setting_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        config_of(tmp_path, "[tool.sitegen]\ntitle = 1\nlanguage = 2\n")
    assert len(error.value.problems) == 2


@pytest.mark.parametrize("text", ["[tool.sitegen", "[tool]\nsitegen = 3\n", "tool = 3\n"])
def test_a_file_that_is_no_table_of_settings_is_a_problem(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="bad-settings"):
        config_of(tmp_path, text)


def test_settings_that_are_not_utf8_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.sitegen]\ntitle = '\xd6\xd0'\n")
    with pytest.raises(InputError, match="bad-settings"):
        read_config(tmp_path)
