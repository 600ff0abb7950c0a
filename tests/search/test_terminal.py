"""`sitegen search` prints what it finds, for people and for machines, and says what is wrong where it cannot."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.cli import main
from sitegen.search.query import Phrase
from sitegen.search.ranges import FORMAT, edition_of
from sitegen.search.sentence import parse_page, sentence_with

NOTICES = {
    "2020-02-04-a": ("甲大学", "关于疫情防控的通知", "甲校〔2020〕4号", "通知", "全体师生做好疫情防控。第二句。"),
    "2021-05-20-b": ("乙大学", "关于甲事的函", "乙校〔2021〕1号", "函", "疫情\u3000防控工作；志愿服务。"),
    "2022-05-20-c": ("乙大学", "", "", "通知", "疫情，防控"),
}


@pytest.fixture(scope="module", params=["packed", "plain"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "pyproject.toml").write_text(f'[tool.sitegen]\nsearch = "{request.param}"\n', "utf-8")
    (folder / "content").mkdir()
    for name, (institution, title, number, genre, body) in NOTICES.items():
        facts = {"id": name, "title": title, "institutions": [institution], "document_number": number, "genre": genre,
                 "signed": name[:10]}  # fmt: skip
        head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items() if value)
        (folder / f"content/{name}.md").write_text(f"---\n{head}\n---\n\n{body}\n", "utf-8")
    assert run("build", "-q", "-C", folder).exit_code == 0
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def ask(project: Path, *arguments: object) -> list[str]:
    shown = run("search", "-C", project, "--json", *arguments)
    assert shown.exit_code == 0, shown.output
    return [result["id"][11:] for result in json.loads(shown.output)["results"]]


# --- for people -----------------------------------------------------------------------------------------------------


def test_a_result_shows_date_title_institution_page_and_sentence(project: Path) -> None:
    shown = run("search", "-C", project, "疫情防控", "师生")
    assert shown.output.splitlines() == [
        "2020-02-04  关于疫情防控的通知",
        "            甲大学 · 甲校〔2020〕4号 · 通知",
        f"            {project / 'output/notices/2020-02-04-a/index.html'}",
        "            全体师生做好疫情防控。",
        "",
        "1 notice.",
    ]
    assert (project / "output/notices/2020-02-04-a/index.html").is_file()


def test_more_results_than_are_shown_are_told(project: Path) -> None:
    assert run("search", "-C", project, "疫情", "--limit", 1).output.endswith(
        "\n3 notices, 1 shown; --limit 0 shows all.\n"
    )
    assert run("search", "-C", project, "疫情", "--limit", 0).output.endswith("\n3 notices.\n")
    assert run("search", "-C", project, "没有").output == "0 notices.\n"


def test_a_notice_without_title_shows_the_heading_of_its_page(project: Path) -> None:
    (line,) = (line for line in run("search", "-C", project, "疫情").output.splitlines() if line.startswith("2022"))
    assert "乙大学" in line


def test_what_is_searched_for_instead_is_told(project: Path) -> None:
    shown = run("search", "-C", project, "tongzhi").output
    assert shown.startswith("Nothing holds the words as typed; searched for: 通知\n\n2020-02-04  关于疫情防控的通知\n")
    assert run("search", "-C", project, "tongzhi", "--loose").output.startswith("Also searched for: 通知\n\n2020")


def test_quiet_prints_problems_only(project: Path) -> None:
    assert run("search", "-C", project, "疫情", "--quiet").output == ""


def test_a_query_that_is_cut_is_told(project: Path) -> None:
    shown = run("search", "-C", project, "疫" * 301)
    assert shown.exit_code == 0
    assert shown.stderr == "The query is long: its first 300 characters and 20 words count.\n"


def test_what_a_terminal_acts_on_is_not_printed(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    page = copy / "output/notices/2020-02-04-a/index.html"
    page.write_text(page.read_text("utf-8").replace("做好疫情", "\x1b[31m\u202e\x9b做好疫情"), "utf-8")
    shown = run("search", "-C", copy, "疫情防控", "师生").output
    assert "全体师生\ufffd[31m\ufffd\ufffd做好疫情防控。" in shown
    assert json.loads(run("search", "-C", copy, "\x9b\u202e疫情", "--json").output)["query"] == "\x9b\u202e疫情"


def test_a_result_whose_page_is_gone_is_shown_without_a_sentence(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    shutil.rmtree(copy / "output/notices/2020-02-04-a")
    assert "  关于疫情防控的通知\n" in run("search", "-C", copy, "师生").output


# --- for machines ---------------------------------------------------------------------------------------------------


def test_json_holds_query_count_results_and_facets(project: Path) -> None:
    told = json.loads(run("search", "-C", project, "疫情防控", "--json").output)
    assert list(told) == ["query", "count", "loose", "results", "facets"]
    assert (told["query"], told["count"], told["loose"]) == ("疫情防控", 2, None)
    first, second = told["results"]
    assert first.pop("score") > second["score"] > 0
    assert first == {
        "id": "2020-02-04-a", "title": "关于疫情防控的通知", "institutions": ["甲大学"], "number": "甲校〔2020〕4号",
        "genre": "通知", "date": "2020-02-04", "address": "notices/2020-02-04-a/",
    }  # fmt: skip
    assert told["facets"] == {
        "institution": [
            {"value": "jiadaxue", "name": "甲大学", "count": 1}, {"value": "yidaxue", "name": "乙大学", "count": 1},
        ],
        "genre": [{"value": "通知", "name": "通知", "count": 1}, {"value": "函", "name": "函", "count": 1}],
        "year": [{"value": "2021", "name": "2021", "count": 1}, {"value": "2020", "name": "2020", "count": 1}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["疫情"], ["a", "c", "b"]),
        (["疫情", "--sort", "date"], ["c", "b", "a"]),
        (['"疫情，防控"'], ["c"]),
        (["疫情 -工作"], ["a", "c"]),
        (["疫情", "--institution", "乙大學"], ["c", "b"]),
        (["疫情", "--institution", "jiadaxue"], ["a"]),
        (["疫情", "--genre", "函"], ["b"]),
        (["疫情", "--year", "2022"], ["c"]),
        (["疫情", "--from", "2021"], ["c", "b"]),
        (["疫情", "--from", "2021-05-21"], ["c"]),
        (["疫情", "--to", "2021-05"], ["a", "b"]),
        (["疫情", "--from", "2020-02-04", "--to", "2020-02-04"], ["a"]),
        (["疫情", "--from", "2020-02-04", "--to", "2020"], ["a"]),
        (["疫情", "--from", "2020", "--to", "2020-02-29"], ["a"]),
        (["疫情", "--limit", "2"], ["a", "c"]),
        (["甲校[2020]4号"], ["a"]),
    ],
)
def test_options_narrow_and_order_the_list(project: Path, arguments: list[str], expected: list[str]) -> None:
    assert ask(project, *arguments) == expected


# --- what cannot be done --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--", "-函"], "A query of exclusions alone finds nothing: add a word that has to be there."),
        (["！？"], "The query holds no Chinese character, letter or digit."),
        ([" "], "The query is empty."),
        ([], "Missing argument 'QUERY...'."),
        (["疫情", "--from", "2020-13"], "'2020-13' is no date: write 2020, 2020-02 or 2020-02-04."),
        (["疫情", "--from", "2020-02-31"], "'2020-02-31' is no date: write 2020, 2020-02 or 2020-02-04."),
        (["疫情", "--to", "2021-02-29"], "'2021-02-29' is no date: write 2020, 2020-02 or 2020-02-04."),
        (["疫情", "--from", "2020-03", "--to", "2020-02-29"], "date, 2020-03, is later than the last, 2020-02-29."),
        (["疫情", "--institution", "大学"], "no notice has the institution '大学'. There is 甲大学、乙大学."),
        (["疫情", "--institution", "丙"], "no notice has the institution '丙'.\n"),
        (["疫情", "--genre", "令"], "no notice has the genre '令'. There is 通知、函."),
    ],
)
def test_a_search_that_makes_no_sense_ends_with_status_2_and_a_hint(
    project: Path, arguments: list[str], message: str
) -> None:
    shown = run("search", "-C", project, *arguments)
    assert shown.exit_code == 2
    assert message in shown.stderr


def test_a_project_without_a_site_is_told_to_build(tmp_path: Path) -> None:
    shown = run("search", "-C", tmp_path, "疫情")
    assert shown.exit_code == 1
    assert shown.stderr.splitlines() == [
        "output/search/index.json: broken-index: there is no search index: No such file or directory.",
        "    Run `sitegen build` first.",
        "1 problem in 1 file.",
    ]


@pytest.fixture
def index(project: Path, tmp_path: Path) -> Iterator[Path]:
    """Give a copy of the index that may be damaged."""
    shutil.copytree(project / "output/search", tmp_path / "output/search")
    yield tmp_path / "output/search"


def failing(index: Path, typed: str = "疫情防控 shanghai -函") -> str:
    """Search a damaged index; gives the first line of what is told."""
    shown = run("search", "-C", index.parents[1], typed, "--loose")
    assert isinstance(shown.exception, SystemExit), shown.exception
    assert shown.exit_code == 1
    return shown.stderr.splitlines()[0]


def test_another_format_is_told(index: Path) -> None:
    directory = json.loads((index / "index.json").read_bytes())
    (index / "index.json").write_text(json.dumps({**directory, "format": 1}), "utf-8")
    message = f"the search index is of format 1, not {FORMAT}."
    assert failing(index) == f"output/search/index.json: broken-index: {message}"


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"7", b'{"format": 2}', b"\xff", b"[" * 100_000])
def test_a_directory_that_is_none_is_told(index: Path, data: bytes) -> None:
    (index / "index.json").write_bytes(data)
    assert failing(index).startswith("output/search/index.json: broken-index: ")


def edit_directory(index: Path, edit: Callable[[dict[str, object]], object]) -> None:
    """Change the directory, with the edition that belongs to it."""
    directory = json.loads((index / "index.json").read_bytes())
    del directory["edition"], directory["format"]
    edit(directory)
    whole = {"format": FORMAT, "edition": edition_of(directory), **directory}
    (index / "index.json").write_text(json.dumps(whole, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "other"}, {"notices": -1}, {"notices": "x"}, {"notices": 10**6}, {"fields": None}, {"boosts": [1]},
        {"records": {"size": 0, "names": ""}}, {"files": {}}, {"files": {"facets": "../../etc/passwd"}},
        {"files": {"facets": "facets-0123456789.json"}},
    ],
)  # fmt: skip
def test_a_directory_with_wrong_values_is_told(index: Path, wrong: dict[str, object]) -> None:
    edit_directory(index, lambda directory: directory.update(wrong))
    assert failing(index).startswith("output/search/")


def test_a_file_that_is_missing_is_named(index: Path) -> None:
    for path in index.glob("facets-*.json"):
        path.unlink()
        assert failing(index).startswith(f"output/search/{path.name}: broken-index: the file cannot be read: ")


def test_any_damage_to_any_file_is_told_by_its_name_or_does_not_matter(index: Path) -> None:
    whole = {path: path.read_bytes() for path in sorted(index.rglob("*")) if path.is_file() and path.suffix != ".html"}
    right = run("search", "-C", index.parents[1], "疫情防控 tongzhi -令", "--loose", "--json").output

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.sampled_from(sorted(whole)), st.integers(0), st.binary(max_size=3), st.booleans())
    def law(path: Path, at: int, data: bytes, is_cut: bool) -> None:
        place = at % len(whole[path])
        damaged = whole[path][:place] + data + (b"" if is_cut else whole[path][place + len(data) :])
        path.write_bytes(damaged)
        shown = run("search", "-C", index.parents[1], "疫情防控 tongzhi -令", "--loose", "--json")
        path.write_bytes(whole[path])
        if shown.exit_code == 0:
            assert shown.output == right
        else:
            assert isinstance(shown.exception, SystemExit), (path, shown.exception)
            assert shown.stderr.startswith(f"output/search/{path.relative_to(index).as_posix()}: broken-index: ")

    law()


def test_the_index_is_read_without_what_builds_it(project: Path) -> None:
    code = (
        "import sys; sys.argv = ['sitegen', 'search', '-q', '-C', sys.argv[1], '疫情']; from sitegen.cli import main\n"
        "try: main()\nexcept SystemExit: print([name in sys.modules for name in ('numpy', 'jinja2', 'markdown_it')])"
    )
    shown = subprocess.run([sys.executable, "-c", code, project], capture_output=True, text=True, check=True)
    assert shown.stdout == "[False, False, False]\n"


# --- the sentence ---------------------------------------------------------------------------------------------------


def test_the_lines_of_a_page_are_those_of_its_article() -> None:
    page = parse_page(
        "<h1>题&amp;目</h1><p>外</p><article id='text'><header><p>号</p></header><p>甲<em>乙</em>丙</p>"
        "<td>丁</td><td>戊</td></article><p>外</p>"
    )
    assert (page.heading, page.lines) == ("题&目", ["号", "甲乙丙", "丁", "戊"])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<p>做好疫情<br>防控</p>", ["做好疫情 防控"]),
        ("<div class='signature'><p>某<b>大</b>学<br>2020年</p></div><p>甲<br/>乙</p>", ["某大学", "2020年", "甲 乙"]),
        ("<pre><code>甲\n乙\n</code></pre>\n<p>丙\n丁</p>", ["甲", "乙", "丙 丁"]),
        ("<ul>\n<li>甲<p>乙</p>丙</li></ul><p><br></p>", ["甲", "乙", "丙"]),
    ],
)
def test_a_line_ends_where_it_ends_on_the_page(text: str, lines: list[str]) -> None:
    assert parse_page(f"<article id=text>{text}</article>").lines == lines


def test_the_sentence_of_a_phrase_across_a_hard_break_is_shown() -> None:
    page = parse_page("<article id=text><p>第一。全面做好疫情<br>\n防控工作。</p></article>")
    assert sentence_with(page.lines, [Phrase("疫情防控", False)]) == "全面做好疫情 防控工作。"


@pytest.mark.parametrize(
    ("lines", "phrases", "expected"),
    [
        (["第一。疫情防控！第三。"], ["疫情"], "疫情防控！"),
        (["甲。", "乙。疫 情。"], ["疫情"], "乙。疫 情。"[2:]),
        (["疫情。", "防控。疫情，防控。"], ["疫情", "防控"], "疫情，防控。"),
        (["甲。乙"], ['"。乙"'], "甲。乙"),
        (["没有"], ["疫情"], None),
        ([], ["疫情"], None),
        (["长" * 200 + "疫情" + "长" * 200], ["疫情"], "……" + "长" * 22 + "疫情" + "长" * 56 + "……"),
        (["疫情" + "长" * 200], ["疫情"], "疫情" + "长" * 78 + "……"),
    ],
)
def test_the_sentence_of_a_phrase_is_shown(lines: list[str], phrases: list[str], expected: str | None) -> None:
    some = [Phrase(phrase.strip('"'), phrase.startswith('"')) for phrase in phrases]
    assert sentence_with(lines, some) == expected
