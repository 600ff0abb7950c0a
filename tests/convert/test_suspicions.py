"""What no rule may change is flagged, and what is sound is not."""

from __future__ import annotations

from sitegen.convert import convert

NOTICE = "关于举办比赛的通知\n\n各学院：\n\n{text}\n\n请各学院组织师生参加。\n\n教务处\n\n2021年5月5日\n"


def flags(text: str) -> list[str]:
    return [flag.code for flag in convert(NOTICE.format(text=text).encode(), "seeds/a.txt").facts.flags]


def test_a_sentence_that_advertises_is_flagged_and_stays() -> None:
    text = "现举办演讲比赛。真人百家乐官网平台注册送钱。报名截止5月10日。"
    conversion = convert(NOTICE.format(text=text).encode(), "seeds/a.txt")
    assert "advertising-suspected" in [flag.code for flag in conversion.facts.flags]
    assert all("百家乐" not in flag.note for flag in conversion.facts.flags)


def test_a_notice_against_what_is_advertised_is_not_flagged() -> None:
    assert flags("要严禁参与百家乐等网络赌博，不下载、不注册此类软件，防范诈骗。") == []


def test_a_table_that_lies_one_cell_a_line_is_flagged() -> None:
    assert flags("\n\n".join("序号 项目名称 负责人 1 智能巡检 张三 2 水质监测 李四".split())) == ["flattened-table"]


def test_a_roster_is_no_table() -> None:
    assert flags("\n\n".join("张三 李四 王五 赵六 孙七 周八 吴九 郑十 冯一 陈二".split())) == []
