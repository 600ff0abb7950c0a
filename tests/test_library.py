"""Notices stand in one order, and bodies under their institution."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.library import build_library, find_collisions, institution_of, suggest_records
from sitegen.model import AuthorityRecord, Facts, InferredDate, Notice


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
        # committees of the party and the youth league
        ("中共财政部党组", "财政部"),
        ("财政部党组", "财政部"),
        ("中共国家税务总局委员会", "国家税务总局"),
        ("中共最高人民法院党组", "最高人民法院"),
        ("国家税务总局机关党委", "国家税务总局"),
        ("中共上海交通大学医学院附属瑞金医院委员会", "上海交通大学医学院附属瑞金医院"),
        ("中共示例钢铁集团有限公司委员会", "示例钢铁集团有限公司"),
        ("示例钢铁集团有限公司党委办公室", "示例钢铁集团有限公司"),
        ("共青团示例市人民医院委员会", "示例市人民医院"),
        ("中共湖南城市学院纪律检查委员会", "湖南城市学院"),
        ("湖南城市学院纪委", "湖南城市学院"),
        ("湖南城市学院团委", "湖南城市学院"),
        ("湖南城市学院党委办公室", "湖南城市学院"),
        ("中共湖南城市学院土木工程学院总支部委员会", "湖南城市学院"),
        # committees of a place are institutions themselves
        ("中共湖南省纪律检查委员会", "中共湖南省纪律检查委员会"),
        ("湖南省纪委", "湖南省纪委"),
        ("中央纪委办公厅", "中央纪委"),
        ("共青团中央", "共青团中央"),
        ("共青团中央办公厅", "共青团中央"),
        ("共青团湖南省委员会", "共青团湖南省委员会"),
        ("中共湖南省委办公厅", "中共湖南省委"),
        ("中共湖南省委机关委员会", "中共湖南省委"),
        ("中共中央宣传部办公厅", "中共中央宣传部"),
        ("中共中央宣传部机关党委", "中共中央宣传部"),
        ("中共示例街道工作委员会", "中共示例街道工作委员会"),
        ("湖南省总工会", "湖南省总工会"),
        # general offices, departments
        ("湖南省人民政府办公厅", "湖南省人民政府"),
        ("国家发展改革委办公厅", "国家发展改革委"),
        ("全国人大常委会办公厅", "全国人大常委会"),
        ("湖南省政协办公厅", "湖南省政协"),
        ("最高人民检察院办公厅", "最高人民检察院"),
        ("教育部高等教育司", "教育部"),
        ("教育部办公厅秘书处", "教育部"),
        ("上海市教育委员会政策法规处", "上海市教育委员会"),
        ("国家基本建设委员会", "国家基本建设委员会"),
        ("国家互联网信息办公室", "国家互联网信息办公室"),
        ("国务院港澳事务办公室", "国务院港澳事务办公室"),
        ("湖南省人民政府外事办公室", "湖南省人民政府外事办公室"),
        ("示例市财政局驻北京办事处", "示例市财政局驻北京办事处"),
        ("北京市公安局交通管理局", "北京市公安局交通管理局"),
        # groups for a task
        ("国务院扶贫开发领导小组办公室", "国务院扶贫开发领导小组"),
        ("湖南省新型冠状病毒感染的肺炎疫情防控指挥部办公室", "湖南省新型冠状病毒感染的肺炎疫情防控指挥部"),
        ("湖南省安全生产委员会办公室", "湖南省安全生产委员会"),
        ("长安大学新型冠状病毒感染的肺炎疫情防控工作领导小组办公室", "长安大学"),
        ("", ""),
    ],
)
def test_a_body_stands_under_its_institution(body: str, institution: str) -> None:
    assert institution_of(body) == institution


@given(st.text("中共青团委大学院部局厅司处会党组纪办公室领导小湖南省a", max_size=16))
def test_the_institution_of_a_body_is_its_own_institution(body: str) -> None:
    assert institution_of(institution_of(body)) == institution_of(body)


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


# --- the curators' records ------------------------------------------------------------------------------------------

RECORD = AuthorityRecord("新名大学", "xinming", ("新大",), ("旧名学院",), region="湖南长沙", kind="高等学校")


def grouped(*bodies: str, authority: tuple[AuthorityRecord, ...] = (RECORD,)) -> dict[str, tuple[str, ...]]:
    library = build_library([notice(f"n{n}", institutions=(body,)) for n, body in enumerate(bodies)], authority)
    return {one.name: one.bodies for one in library.institutions}


@pytest.mark.parametrize("body", ["新名大学", "新大", "旧名学院", "旧名学院教务处", "中共旧名学院委员会", "新大办公室"])
def test_other_and_former_names_and_their_bodies_stand_under_the_record(body: str) -> None:
    assert grouped(body) == {"新名大学": (body,)}


def test_a_record_parts_a_body_from_the_institution_the_rule_gives_it() -> None:
    record = AuthorityRecord("湖南城市学院出版中心", "chuban")
    assert set(grouped("湖南城市学院出版中心", "湖南城市学院教务处", authority=(record,))) == {
        "湖南城市学院出版中心",
        "湖南城市学院",
    }


def test_the_address_of_a_record_is_kept_and_a_name_that_reads_like_it_gives_way() -> None:
    record = AuthorityRecord("山西大学", "shaanxidaxue"), AuthorityRecord("长沙大学", "shanxidaxue")
    notices = [notice("a", institutions=("山西大学", "陕西大学", "长沙大学"))]
    slugs = {one.name: one.slug for one in build_library(notices, record).institutions}
    assert (slugs["山西大学"], slugs["长沙大学"]) == ("shaanxidaxue", "shanxidaxue")
    assert slugs["陕西大学"].startswith("shanxidaxue-")


def test_an_institution_carries_its_record() -> None:
    (institution,) = build_library([notice("a", institutions=("旧名学院",))], (RECORD,)).institutions
    assert (institution.name, institution.slug, institution.authority) == ("新名大学", "xinming", RECORD)


def test_records_are_suggested_for_names_that_none_holds_in_the_order_of_their_pinyin() -> None:
    notices = [notice("a", institutions=("湖南城市学院教务处", "财政部", "湖南城市学院", "新大教务处"))]
    assert suggest_records(notices, (RECORD,)) == (
        AuthorityRecord("财政部", "caizhengbu"),
        AuthorityRecord("湖南城市学院", "hunanchengshixueyuan", ("湖南城市学院教务处",)),
    )


def test_a_name_that_holds_a_mask_is_never_suggested() -> None:
    assert suggest_records([notice("a", institutions=("中共□□□□委员会",))], ()) == ()
