"""What the README tells users agrees with the program."""

from __future__ import annotations

import dataclasses
import re
import shlex
from pathlib import Path

import click
import pytest

from sitegen.cli import main
from sitegen.config import SiteConfig

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = re.findall(r"^ {4}(.+)$", README, re.MULTILINE) + re.findall(r"`([^`\n]+)`", README)
COMMANDS = sorted({found[0] for line in CODE if (found := re.match(r"(?:\.venv/bin/)?sitegen [^#]+", line))})
MAKE = sorted({found[1] for line in CODE if (found := re.match(r"make (\w+)", line))})


def test_it_opens_with_the_two_commands() -> None:
    opening = [line.split("#")[0].strip() for line in README.splitlines() if line.strip()][1:3]

    assert opening == ["make site", "make test"]


def test_it_explains_every_setting_and_no_other() -> None:
    table = README.split("## Settings")[1].split("##")[0]

    told = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert told == [field.name for field in dataclasses.fields(SiteConfig)]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_it_shows_exists_with_its_options(line: str) -> None:
    words = shlex.split(line)[1:]
    if words == ["--help"]:
        return
    command = main.commands[words[0]]

    known = {name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts}
    assert {word for word in words[1:] if word.startswith("-")} <= known


def test_it_shows_every_command() -> None:
    assert {shlex.split(line)[1] for line in COMMANDS} >= set(main.commands)


@pytest.mark.parametrize("target", MAKE)
def test_every_target_it_shows_is_in_the_makefile(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
