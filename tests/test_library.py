"""Notices stand in one order, and bodies under their institution."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.library import build_library, find_collisions, institution_of
from sitegen.model import Facts, InferredDate, Notice


def notice(name: str, **facts: object) -> Notice:
    return Notice(id=name, facts=Facts(**facts), body="甲\n")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "institution"),
    [
        ("中共上海电机学院委员会", "上海电机学院"),
        ("中共西安海棠职业学院委员会办公室", "西安海棠职业学院"),
        ("湖南城市学院教务处", "湖南城市学院"),
        ("共青团长安大学委员会", "长安大学"),
        ("清华大学经济管理学院", "清华大学"),
        ("中国科学院大学", "中国科学院大学"),
        ("上海交通大学医学院附属瑞金医院", "上海交通大学医学院附属瑞金医院"),
        ("中国大学生体育协会", "中国大学生体育协会"),
        ("国务院办公厅", "国务院"),
        ("中共中央办公厅", "中共中央"),
        ("教育部办公厅", "教育部"),
        ("财政部", "财政部"),
        ("中共湖南省委员会", "中共湖南省委员会"),
        ("办公室", "办公室"),
        ("", ""),
    ],
)
def test_a_body_stands_under_its_institution(body: str, institution: str) -> None:
    assert institution_of(body) == institution


def test_notices_stand_newest_first_and_undated_last() -> None:
    library = build_library(
        [
            notice("undated"),
            notice("signed", signed="2020-02-04"),
            notice("published", published="2021"),
            notice("inferred", dated=InferredDate("2020-03?", "〔2020〕")),
            notice("b", signed="2020-02-04"),
        ]
    )
    assert [entry.id for entry in library.notices] == ["published", "inferred", "b", "signed", "undated"]


def test_a_draft_is_left_out() -> None:
    assert build_library([Notice("a", Facts(institutions=("甲大学",)), "甲\n", draft=True)]) == build_library([])


def test_a_joint_notice_stands_under_each_institution_once() -> None:
    library = build_library([notice("a", institutions=("财政部", "甲乙大学", "甲乙大学教务处"))])
    assert [(entry.name, entry.bodies) for entry in library.institutions] == [
        ("财政部", ("财政部",)),
        ("甲乙大学", ("甲乙大学", "甲乙大学教务处")),
    ]
    assert all(len(entry.notices) == 1 for entry in library.institutions)


def test_a_notice_without_institution_is_unattributed() -> None:
    assert [entry.id for entry in build_library([notice("a"), notice("b", institutions=("财政部",))]).unattributed] == [
        "a"
    ]


def test_names_that_read_alike_have_addresses_of_their_own() -> None:
    library = build_library([notice("a", institutions=("山西大学", "陕西大学")), notice("b", institutions=("☆", "★"))])
    slugs = [entry.slug for entry in library.institutions]
    assert len(set(slugs)) == 4
    assert all(slug and slug.isascii() for slug in slugs)


@given(
    st.permutations(
        [notice(f"n{n}", signed=f"20{n % 3:02}", institutions=(f"{'甲乙丙'[n % 3]}大学",)) for n in range(9)]
    )
)
def test_the_order_of_the_files_does_not_matter(shuffled: list[Notice]) -> None:
    assert build_library(shuffled) == build_library(sorted(shuffled, key=lambda entry: entry.id))


def test_a_former_id_that_is_in_use_is_a_problem_that_names_both_files() -> None:
    notices = [notice("a"), Notice("b", Facts(), "", aliases=("a", "c"))]
    problems = list(find_collisions(notices, {"a": "content/a.md", "b": "content/b.md"}))
    assert [(problem.path, "content/a.md" in problem.message) for problem in problems] == [("content/b.md", True)]
