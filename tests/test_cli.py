"""The command line says what it did, what is wrong and what to do, and its exit status says which."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen import __version__
from sitegen.cli import main

COMMANDS = ("build", "check", "convert", "institutions", "new", "search", "serve", "status", "verify")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text(
        "关于甲的通知\n\n各单位：\n\n正文一段。\n\n某某局\n\n2021年5月20日\n", "utf-8"
    )
    return tmp_path


def test_the_version_is_told_without_loading_what_builds_a_site() -> None:
    code = "import sys; sys.argv = ['sitegen', '--version']; from sitegen.cli import main\n" \
           "try: main()\nexcept SystemExit: print('jinja2' in sys.modules, 'lunr' in sys.modules)"  # fmt: skip
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown == f"sitegen {__version__}\nFalse False\n"


def test_it_runs_as_a_module() -> None:
    shown = subprocess.run([sys.executable, "-m", "sitegen", "--version"], capture_output=True, text=True, check=True)
    assert shown.stdout == f"sitegen {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_examples(command: str) -> None:
    shown = run(command, "--help")
    assert shown.exit_code == 0
    assert f"Examples:\n    sitegen {command}" in shown.output


def test_the_help_names_every_command() -> None:
    assert set(main.commands) == set(COMMANDS)
    assert all(f"  {command} " in run("--help").output for command in COMMANDS)


def test_a_build_names_each_new_content_file(project: Path) -> None:
    shown = run("build", "-C", project)
    assert shown.exit_code == 0
    (content,) = (project / "content").iterdir()
    assert f"new: content/{content.name}\n" in shown.output
    assert "Built 1 notice, " in shown.output


def test_stages_are_plain_lines_where_there_is_no_terminal(project: Path) -> None:
    shown = run("build", "-C", project)
    assert shown.stderr.splitlines() == ["Converting …", "Rendering …"]


def test_quiet_prints_nothing_where_all_is_well(project: Path) -> None:
    for command in ("convert", "build", "check"):
        shown = run(command, "--quiet", "-C", project)
        assert (shown.exit_code, shown.output) == (0, "")


def test_a_fault_of_the_input_ends_with_status_1_its_place_and_a_hint(project: Path) -> None:
    (project / "content").mkdir()
    (project / "content/x.md").write_text("---\nid: x\nsigned: 昨天\n---\n", "utf-8")
    shown = run("build", "-C", project)
    assert shown.exit_code == 1
    assert "content/x.md:3: bad-value: signed is no EDTF date: '昨天'.\n    Write it like 2020-02-04" in shown.stderr
    assert shown.stderr.endswith("1 problem in 1 file.\n")


def test_convert_goes_on_with_the_other_sources_and_ends_with_status_1(project: Path) -> None:
    (project / "seeds/bad.txt").write_bytes(b"\xff")
    shown = run("convert", "-C", project)
    assert shown.exit_code == 1
    assert "new: content/" in shown.stdout
    assert shown.stderr.splitlines()[1].startswith("seeds/bad.txt")


def test_what_a_person_keeps_from_the_converter_is_named(project: Path) -> None:
    run("convert", "-C", project)
    (content,) = (project / "content").iterdir()
    content.write_text(content.read_text("utf-8").replace("关于甲的通知", "关于乙的通知"), "utf-8")
    assert f"kept as edited: content/{content.name}: title\n" in run("convert", "-C", project).stdout


@pytest.mark.parametrize(
    "arguments",
    [["--nonsense"], ["nonsense"], ["build", "-C", "no-such-folder"], ["serve", "--port", "x"], ["new"]],
)
def test_wrong_usage_ends_with_status_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_site_url_that_is_none_is_wrong_usage(project: Path) -> None:
    shown = run("build", "-C", project, "--site-url", "example")
    assert (shown.exit_code, "bad-site-url" in shown.stderr) == (2, True)


@pytest.mark.parametrize("command", ["build", "convert", "serve"])
def test_a_folder_that_is_no_collection_is_wrong_usage(tmp_path: Path, command: str) -> None:
    shown = run(command, "-C", tmp_path)
    assert (shown.exit_code, "sitegen new FOLDER" in shown.stderr) == (2, True)


def test_a_new_collection_builds_and_checks(tmp_path: Path) -> None:
    folder = tmp_path / "my-archive"
    assert run("new", folder).exit_code == 0
    assert run("build", "-C", folder).exit_code == 0
    shown = run("check", "-C", folder)
    assert (shown.exit_code, "no problem" in shown.output) == (0, True)
