"""The curators' authority file is read with all its faults named, and what is suggested for it reads back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import store
from sitegen.frontmatter.authority import format_authority, parse_authority
from sitegen.model import AuthorityRecord

WRITTEN = """# 规范记录
- name: 新名大学
  slug: xinming
  aliases: [新大]
  former:
  - 旧名学院
  parent: 教育部
  region: 湖南长沙
  kind: 高等学校
- name: 教育部
"""


def faults(written: str) -> list[tuple[str, int | None]]:
    parsed = parse_authority(written, "content/institutions.yaml")
    assert (parsed.records == ()) or not parsed.problems
    return [(problem.code, problem.line) for problem in parsed.problems]


def test_a_record_tells_all_that_curators_know() -> None:
    assert parse_authority(WRITTEN, "x").records == (
        AuthorityRecord("新名大学", "xinming", ("新大",), ("旧名学院",), "教育部", "湖南长沙", "高等学校"),
        AuthorityRecord("教育部"),
    )


@pytest.mark.parametrize("written", ["", "\n", "# 还没有记录\n", "\ufeff# 空\r\n", "[]"])
def test_a_file_without_records_is_no_fault(written: str) -> None:
    assert parse_authority(written, "x").problems == ()


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("name: 甲", ("bad-authority", 1)),
        ("- 甲", ("bad-value", 1)),
        ("- slug: a", ("bad-value", 1)),
        ("- name: 甲\n- name: ]\n", ("bad-authority", 2)),
        ("- &a {name: 甲}\n- *a", ("bad-authority", 1)),
        ("- name: 甲\n  nmae: 乙", ("unknown-key", 2)),
        ("- name: 甲\n  slug: 甲", ("bad-value", 2)),
        ("- name: 甲\n  slug: unknown", ("bad-value", 2)),
        ("- name: 中共□□□□委员会", ("bad-value", 1)),
        ("- name: 甲\n  aliases: [乙, □□□□]", ("bad-value", 2)),
        ("- name: ' 甲'", ("bad-value", 1)),
        ("- name: 甲\n- name: 甲", ("duplicate-name", 2)),
        ("- name: 甲\n- name: 乙\n  aliases:\n  - 丙\n  - 甲", ("duplicate-name", 5)),
        ("- name: 甲\n- name: 乙\n  former: [甲]", ("duplicate-name", 3)),
        ("- name: 甲\n  slug: a\n- name: 乙\n  slug: a", ("duplicate-slug", 4)),
        ("- name: 甲\n  parent: 乙", ("unknown-parent", 2)),
        ("- name: 甲\n  aliases: [丙]\n- name: 乙\n  parent: 丙", ("unknown-parent", 4)),
        ("- name: 甲\n  parent: 甲", ("circular-parent", 2)),
        ("- name: 甲\n  parent: 乙\n- name: 乙\n  parent: 甲", ("circular-parent", 4)),
    ],
)
def test_a_fault_is_named_with_its_line(written: str, fault: tuple[str, int]) -> None:
    assert fault in faults(written)


def test_every_fault_is_told_at_once() -> None:
    assert faults("- name: 甲\n  slug: A\n- name: 乙\n  parent: 丁\n- name: 乙") == [
        ("bad-value", 2),
        ("duplicate-name", 5),
        ("unknown-parent", 4),
    ]


def test_those_below_a_circle_are_no_fault_of_their_own() -> None:
    written = "- name: 甲\n  parent: 乙\n- name: 乙\n  parent: 甲\n- name: 丙\n  parent: 甲"
    assert faults(written) == [("circular-parent", 2), ("circular-parent", 4)]


NAME = st.text("甲乙丙丁: #-'\"[]{}&*!|>%@`no0", min_size=1, max_size=6).filter(lambda name: name == name.strip())


@given(st.lists(NAME, min_size=1, max_size=8, unique=True), st.data())
def test_what_is_written_reads_back(names: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(names)))
    first = AuthorityRecord(names[0], "a-1", tuple(names[1:cut]), region="湖南")
    records = (first, *(AuthorityRecord(name, former=(), parent=names[0]) for name in names[cut:]))
    assert parse_authority(format_authority(records), "x").records == records


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(written: str) -> None:
    parse_authority(written, "x")


def test_the_file_is_no_notice_and_its_faults_are_the_collections(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / store.AUTHORITY).write_text("- name: 甲\n- name: 甲\n", "utf-8")
    assert store.read_contents(tmp_path) == ((), ())
    records, problems = store.read_authority(tmp_path)
    assert (records, [(one.path, one.code) for one in problems]) == ((), [(store.AUTHORITY, "duplicate-name")])


def test_a_collection_needs_no_such_file(tmp_path: Path) -> None:
    assert store.read_authority(tmp_path) == ((), ())


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / store.AUTHORITY).write_bytes("# 甲\n- name: \xff".encode("latin-1", "replace"))
    assert [(one.code, one.line) for one in store.read_authority(tmp_path)[1]] == [("bad-encoding", 2)]
