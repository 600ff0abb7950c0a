"""Curators are shown why a text changed, what would change and what waits for them; only --accept writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen import store
from sitegen.cli import main
from sitegen.frontmatter.authority import parse_authority
from sitegen.model import AuthorityRecord, Notice

SEED = "关于甲的通知\n\n各单位：\n\n正文第一段,共十人。\n\n正文第二段。\n\n示例大学教务处\n\n2021年5月20日\n"
SPAM = (
    "中共澳门百家乐在线官网委员会关于防汛工作的号召\n\n各级党组织：\n\n请认真落实。\n\n"
    "中共澳门百家乐在线官网委员会\n\n2022年3月14日\n"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text(SEED, "utf-8")
    assert run("convert", "-C", tmp_path).exit_code == 0
    monkeypatch.chdir(tmp_path)
    return tmp_path


def only(project: Path) -> Path:
    (path,) = (project / "content").glob("*.md")
    return path


def edit(project: Path, old: str, new: str) -> str:
    path = only(project)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return f"content/{path.name}"


def notice(project: Path) -> Notice:
    (found,), problems = store.read_contents(project)
    assert problems == ()
    return found


# --- explain --------------------------------------------------------------------------------------------------------


def test_every_change_is_explained_with_its_rule_its_line_and_what_stood_there(project: Path) -> None:
    shown = run("convert", "--explain", "seeds/a.txt").stdout
    assert shown.startswith(f"seeds/a.txt -> content/{only(project).name}\nutf-8, {len(SEED)} characters, ")
    assert "line 1: blank lines dropped [blank-lines]; elements taken out, page furniture dropped [anatomy], " in shown
    assert "taken out as title\n    “关于甲的通知↵↵” -> nothing\n" in shown
    assert "line 5: punctuation made full width [punctuation]\n    “,” -> “，”\n" in shown


def test_an_explanation_ends_with_facts_and_flags(project: Path) -> None:
    shown = run("convert", "--explain", "seeds/a.txt").stdout.split("\nFacts:\n")[1]
    assert "  title: “关于甲的通知”\n  institutions: “示例大学教务处”\n" in shown
    (project / "seeds/a.txt").write_text("一段文字。\n", "utf-8")
    assert "  flags: “no-title: " in run("convert", "--explain", "seeds/a.txt").stdout


def test_a_content_file_is_explained_like_its_seed(project: Path) -> None:
    assert run("convert", "--explain", only(project)).stdout == run("convert", "--explain", "seeds/a.txt").stdout


def test_what_a_curator_changed_is_explained_as_such(project: Path) -> None:
    path = edit(project, "正文第二段", "正文末段")
    edit(project, 'title: "关于甲的通知"', 'title: "关于乙的通知"')
    shown = run("convert", "--explain", path).stdout
    assert "edited by a curator [curator]\n    “第二” -> “末”\n" in shown
    assert "  title: “关于乙的通知” (edited by a curator; the converter reads “关于甲的通知”)\n" in shown


def test_advertising_is_never_printed(project: Path) -> None:
    (project / "seeds/spam.txt").write_text(SPAM, "utf-8")
    for command in (("convert", "--explain", "seeds/spam.txt"), ("convert", "--diff"), ("status",), ("convert",)):
        shown = run(*command).output
        assert not any("澳门百家乐在线官网"[at : at + 3] in shown for at in range(7)), command
    assert "□□□□" in run("convert", "--explain", "seeds/spam.txt").output
    assert "□" not in run("institutions").output


def test_what_could_move_the_cursor_is_shown_by_its_name(project: Path) -> None:
    (project / "seeds/a.txt").write_text(SEED.replace("正文第一段", "正文\x1b[2J\u202e第一段"), "utf-8")
    shown = run("convert", "--explain", "seeds/a.txt").stdout
    assert "<U+001B>" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


# --- diff -----------------------------------------------------------------------------------------------------------


def test_a_difference_names_facts_by_key_and_the_body_by_block(project: Path) -> None:
    (project / "seeds/a.txt").write_text(SEED.replace("甲", "乙").replace("第二段", "末段"), "utf-8")
    shown = run("convert", "--diff")
    assert (shown.exit_code, shown.stdout.splitlines()[:2]) == (
        0,
        [f"--- content/{only(project).name}", f"+++ content/{only(project).name} (from seeds/a.txt)"],
    )
    assert "@@ title @@\n-关于甲的通知\n+关于乙的通知\n" in shown.stdout
    assert "@@ body, block 2 @@\n-正文第二段。\n+正文末段。\n" in shown.stdout
    assert "第一段" not in shown.stdout


def test_a_difference_names_what_is_kept_as_a_person_edited_it(project: Path) -> None:
    path = edit(project, 'title: "关于甲的通知"', 'title: "关于乙的通知"')
    assert "@@ title (kept as edited; ~ is the converter's) @@\n=关于乙的通知\n~关于甲的通知\n" in run(
        "convert", "--diff", path
    ).stdout


def test_a_new_seed_is_shown_whole(project: Path) -> None:
    (project / "seeds/b.txt").write_text(SEED.replace("甲", "丙"), "utf-8")
    shown = run("convert", "--diff", "seeds/b.txt").stdout
    assert shown.startswith("--- nothing\n+++ content/")
    assert "@@ title @@\n+关于丙的通知\n" in shown


def test_where_nothing_would_change_a_difference_says_so(project: Path) -> None:
    assert run("convert", "--diff").stdout == "A conversion would change nothing.\n"


def test_nothing_is_written_but_by_convert_and_accept(project: Path) -> None:
    edit(project, "正文第二段", "正文末段")
    (project / "seeds/b.txt").write_text(SEED.replace("甲", "丙"), "utf-8")
    before = tree(project)
    for command in (
        ("convert", "--explain", "seeds/b.txt"), ("convert", "--diff"), ("convert", "--diff", "seeds/b.txt"),
        ("status",), ("status", "--json"), ("institutions",),
    ):  # fmt: skip
        assert run(*command).exit_code == 0
    assert tree(project) == before


# --- accept ---------------------------------------------------------------------------------------------------------


def test_accepting_takes_the_converters_words_after_showing_the_persons(project: Path) -> None:
    first = notice(project)
    edit(project, "正文第二段", "正文末段")
    edit(project, 'genre: "通知"\n', "")
    path = edit(project, 'added: "', 'tags: ["防汛"]\ndraft: true\naliases: ["old"]\nanchors: ["p-123456"]\nadded: "')
    shown = run("convert", "--accept", path)
    assert (shown.exit_code, f"updated: {path}\n" in shown.stdout) == (0, True)
    assert "@@ body, block 2 @@\n-正文末段。\n+正文第二段。\n" in shown.stdout
    after = notice(project)
    assert (after.facts, after.body, after.converted) == (first.facts, first.body, first.converted)
    assert (after.id, after.tags, after.draft, after.added) == (first.id, ("防汛",), True, first.added)
    assert (after.aliases, after.anchors) == (("old",), ("p-123456",))


def test_one_key_is_accepted_alone(project: Path) -> None:
    edit(project, "正文第二段", "正文末段")
    path = edit(project, 'title: "关于甲的通知"', 'title: "关于乙的通知"')
    assert run("convert", "--accept", path, "--key", "title").exit_code == 0
    assert (notice(project).facts.title, "正文末段" in notice(project).body) == ("关于甲的通知", True)
    assert run("convert", "--accept", path, "--key", "body").exit_code == 0
    assert "正文第二段" in notice(project).body


def test_what_was_accepted_follows_the_converter_again(project: Path) -> None:
    path = edit(project, 'title: "关于甲的通知"', 'title: "关于乙的通知"')
    run("convert", "--accept", path)
    (project / "seeds/a.txt").write_text(SEED.replace("甲", "丙"), "utf-8")
    run("convert")
    assert notice(project).facts.title == "关于丙的通知"


def test_a_closed_flag_that_is_raised_again_stays_closed_when_all_is_accepted(project: Path) -> None:
    (project / "seeds/a.txt").write_text("关于甲的通知\n\n正文。\n\n示例大学\n", "utf-8")
    run("convert")
    path = edit(project, "\nadded:", '\n  closed: "查无日期"\nadded:')
    run("convert", "--accept", path)
    assert [flag.closed for flag in notice(project).facts.flags] == ["查无日期"]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--explain"], 2, "needs the name of a file"),
        (["--accept"], 2, "needs the name of a file"),
        (["--explain", "--diff", "seeds/a.txt"], 2, "exclude each other"),
        (["seeds/a.txt"], 2, "takes all that is new"),
        (["--key", "title"], 2, "belongs to --accept"),
        (["--accept", "seeds/a.txt", "--key", "id"], 2, "is none of"),
        (["--explain", "seeds/nothing.txt"], 2, "no-such-file"),
        (["--explain", "../elsewhere.txt"], 2, "no-such-file"),
        (["--explain", "pyproject.toml"], 2, "no-such-file"),
        (["--explain", "seeds/bad.txt"], 1, "undecodable"),
        (["--explain", "content/hand.md"], 1, "no-source"),
        (["--accept", "content/gone.md"], 1, "source-missing"),
        (["--diff", "content/faulty.md"], 1, "unknown-key"),
        (["--diff", "seeds/left-out.txt"], 1, "illegible"),
    ],
)
def test_a_file_that_cannot_be_converted_is_told_with_the_reason(
    project: Path, arguments: list[str], status: int, words: str
) -> None:
    (project / "pyproject.toml").write_text('[tool.sitegen]\nignore = {"left-out.txt" = "illegible"}\n', "utf-8")
    (project / "seeds/left-out.txt").write_text("1", "utf-8")
    (project / "seeds/bad.txt").write_bytes(b"\x81\xff\xff")
    (project / "content/hand.md").write_text("---\nid: hand\n---\n", "utf-8")
    gone = f"---\nid: gone\nsource: {{file: gone.txt, sha256: {'0' * 64}, encoding: utf-8}}\n---\n"
    (project / "content/gone.md").write_text(gone, "utf-8")
    (project / "content/faulty.md").write_text("---\nid: faulty\ntitel: 甲\n---\n", "utf-8")
    shown = run("convert", *arguments)
    assert (shown.exit_code, words in shown.output) == (status, True), shown.output


# --- status ---------------------------------------------------------------------------------------------------------


def test_status_tells_every_group_with_its_files(project: Path) -> None:
    name = edit(project, 'title: "关于甲的通知"', 'title: "关于乙的通知"')
    (project / "seeds/a.txt").write_text(SEED.replace("通知", "通报"), "utf-8")
    (project / "seeds/new.txt").write_text(SEED.replace("甲", "丙"), "utf-8")
    (project / "seeds/left-out.txt").write_text("1", "utf-8")
    (project / "pyproject.toml").write_text('[tool.sitegen]\nignore = {"left-out.txt" = "重复"}\n', "utf-8")
    gone = "---\nid: gone\nflags: [{code: no-date, note: 无}, {code: no-title, note: 无, closed: 查过}]\n"
    gone += f"source: {{file: gone.txt, sha256: {'0' * 64}, encoding: utf-8}}\n---\n"
    (project / "content/gone.md").write_text(gone, "utf-8")
    shown = run("status")
    assert shown.exit_code == 0
    assert shown.stdout == "\n".join((
        "2 content files.",
        "",
        "New sources, not converted: 1",
        "  seeds/new.txt",
        "",
        "Sources whose bytes have changed: 1",
        f"  seeds/a.txt (of {name})",
        "",
        "Sources that are gone; their text stays: 1",
        "  seeds/gone.txt (of content/gone.md)",
        "",
        "A conversion would change: 1",
        f"  {name}: genre, source",
        "",
        "Edited by people: 1",
        f"  {name}: title",
        "",
        "Edits from which the converter differs: 1",
        f"  {name}: title",
        "",
        "Edits for which the converter or the source has changed since; `sitegen convert --diff` shows how: 1",
        f"  {name}: title",
        "",
        "Open flag no-date: 1",
        "  content/gone.md",
        "",
        "Sources left out by the settings: 1",
        "  left-out.txt: 重复",
        "",
        "Institutions without a record; `sitegen institutions` writes one for each: 1",
        "  示例大学 (示例大学教务处): shilidaxue",
        "",
    ))  # fmt: skip


def test_status_for_machines_has_the_same_keys_whatever_the_state(project: Path, tmp_path: Path) -> None:
    state = json.loads(run("status", "--json").stdout)
    assert list(state) == [
        "notices", "new", "waiting", "changed", "renamed", "missing", "pending", "edited", "differs", "outdated",
        "flags", "ignored", "institutions", "problems",
    ]  # fmt: skip
    (project / "seeds/a.txt").rename(project / "seeds/b.txt")
    state = json.loads(run("status", "--json").stdout)
    assert state["renamed"] == [{"content": f"content/{only(project).name}", "source": "seeds/b.txt"}]
    assert state["missing"] == state["new"] == []


def test_a_faulty_file_is_told_and_ends_with_status_1(project: Path) -> None:
    name = edit(project, "title:", "titel:")
    (project / "seeds/b.txt").write_text(SEED.replace("甲", "丙"), "utf-8")
    shown = run("status", "--json")
    assert (shown.exit_code, f"{name}:3: unknown-key" in shown.stderr) == (1, True)
    state = json.loads(shown.stdout)
    assert [(one["path"], one["line"]) for one in state["problems"]] == [(name, 3)]
    assert state["waiting"] == ["seeds/a.txt", "seeds/b.txt"]


def test_a_conversion_after_status_leaves_nothing_pending(project: Path) -> None:
    (project / "seeds/a.txt").write_text(SEED.replace("甲", "丙"), "utf-8")
    (project / "seeds/new.txt").write_text(SEED.replace("甲", "丁"), "utf-8")
    run("convert")
    state = json.loads(run("status", "--json").stdout)
    assert [state[key] for key in ("new", "changed", "pending", "edited", "problems")] == [[], [], [], [], []]


# --- institutions ---------------------------------------------------------------------------------------------------


def test_suggested_records_can_be_pasted_and_are_then_suggested_no_more(project: Path) -> None:
    shown = run("institutions").stdout
    assert parse_authority(shown, "x").records == (AuthorityRecord("示例大学", "shilidaxue", ("示例大学教务处",)),)
    (project / store.AUTHORITY).write_text(shown, "utf-8")
    assert run("institutions").stdout == ""
    assert json.loads(run("status", "--json").stdout)["institutions"] == []


def test_a_fault_of_the_authority_file_stops_the_build_and_not_the_conversion(project: Path) -> None:
    (project / store.AUTHORITY).write_text("- name: 甲\n- name: 甲\n", "utf-8")
    (project / "seeds/b.txt").write_text(SEED.replace("甲", "丙"), "utf-8")
    shown = run("convert")
    assert (shown.exit_code, "content/institutions.yaml:2: duplicate-name" in shown.stderr) == (1, True)
    assert "new: content/" in shown.stdout
    assert run("build").exit_code == 1
    assert not (project / "output").exists()


def test_a_record_decides_name_and_address_of_an_institutions_page(project: Path) -> None:
    (project / store.AUTHORITY).write_text(
        "- {name: 新名大学, slug: xinming, former: [示例大学], region: 湖南长沙, kind: 高等学校}\n", "utf-8"
    )
    assert run("build").exit_code == 0
    page = (project / "output/institutions/xinming/index.html").read_text("utf-8")
    assert all(f"<dd>{value}</dd>" in page for value in ("湖南长沙", "高等学校", "示例大学"))
    assert run("check").exit_code == 0


def test_the_pages_of_a_parent_and_of_those_below_it_lead_to_each_other(project: Path) -> None:
    (project / "seeds/b.txt").write_text(SEED.replace("示例大学教务处", "示例省教育厅").replace("甲", "丙"), "utf-8")
    (project / store.AUTHORITY).write_text(
        "- {name: 示例省教育厅, slug: jiaoyuting, parent: 示例省}\n- {name: 示例省}\n"
        "- {name: 示例大学, slug: daxue, parent: 示例省教育厅}\n",
        "utf-8",
    )
    assert run("build").exit_code == 0
    folder = project / "output/institutions"
    pages = {name: (folder / name / "index.html").read_text("utf-8") for name in ("jiaoyuting", "daxue")}
    assert '<dd><a href="../jiaoyuting/">示例省教育厅</a></dd>' in pages["daxue"]
    assert '<dd><a href="../daxue/">示例大学</a></dd>' in pages["jiaoyuting"]
    assert "<dd>示例省</dd>" in pages["jiaoyuting"]
    assert run("check").exit_code == 0
