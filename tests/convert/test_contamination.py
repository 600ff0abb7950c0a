from __future__ import annotations

import pytest

from sitegen.convert import convert
from sitegen.convert.contamination import is_advertising
from sitegen.convert.ledger import apply
from sitegen.model import Conversion, block_lines


def converted(text: str) -> Conversion:
    return convert(text.encode(), "seeds/a.txt")


@pytest.mark.parametrize("name", [
    "国内永久免费在线视频", "亚博体育官网入口", "日韩免费高清在线观看",
    "澳门葡京娱乐平台", "真人棋牌游戏下载", "bet365手机版登录",
])  # fmt: skip
def test_advertising_is_known_by_its_words(name: str) -> None:
    assert is_advertising(name)


@pytest.mark.parametrize("name", [
    "北京体育大学", "国家体育总局体育彩票管理中心", "中国福利彩票发行管理中心", "中央广播电视总台",
    "中国电影资料馆", "国家电影局", "江苏省广播电视总台", "中国国际电视台", "国家数字文化网",
    "深圳国际仲裁院", "中国互联网络信息中心", "成人教育学院", "中国直播电商协会",
    "全国免费师范生招生办公室", "上海国际电影节组委会", "福利企业管理处", "打击网络赌博专项行动领导小组",
])  # fmt: skip
def test_an_institution_is_never_taken_for_advertising(name: str) -> None:
    assert not is_advertising(name)


NOTICE = """中共国产永久免费在线视频委员会关于加强防控的通知

各支部：

现将《国产永久免费在线视频2022年工作方案》印发，国产永久免费在线视频师生须遵照执行。

中共国产永久免费在线视频委员会

2022年3月14日
"""


def test_the_name_alone_is_masked_wherever_it_stands() -> None:
    conversion = converted(NOTICE)

    assert conversion.facts.title == "中共□□□□委员会关于加强防控的通知"
    assert apply(conversion.raw, conversion.edits) == (
        "现将《□□□□2022年工作方案》印发，□□□□师生须遵照执行。\n中共□□□□委员会\n2022年3月14日"
    )


def test_a_name_that_holds_a_mask_is_no_institution() -> None:
    facts = converted(NOTICE).facts

    assert facts.institutions == ()
    assert [flag.code for flag in facts.flags] == ["institution-masked"]


def test_nothing_that_is_published_holds_a_piece_of_the_advertising() -> None:
    conversion = converted(NOTICE + "\n版权所有：国产永久免费在线视频")

    shown = "".join(line for block in conversion.blocks for line in block_lines(block)) + repr(conversion.facts)
    advertising = "国产永久免费在线视频"
    assert not [advertising[at : at + 3] for at in range(8) if advertising[at : at + 3] in shown]


def test_every_occurrence_in_the_raw_text_is_given_for_masking() -> None:
    text = "国产永久免费在线视频官网\n\n" + NOTICE + "\n版权所有：国产永久免费在线视频"
    conversion = converted(text)

    rest, position = "", 0
    for start, end in conversion.masked:
        rest += text[position:start]
        position = end
    assert "永久免费" in text
    assert "永久免费" not in rest + text[position:]


def test_a_banner_around_an_honest_notice_goes_and_the_institution_stays() -> None:
    notice = "关于期末考试的通知\n\n各学院：\n\n考试定于下周举行，请做好准备。\n\n东海学院教务处\n\n2022年1月4日\n"
    text = "亚博体育 - 最好的平台\n\n" + notice

    conversion = converted(text)

    assert conversion.facts.institutions == ("东海学院教务处",)
    assert [flag.code for flag in conversion.facts.flags] == ["advertising-removed"]
    assert "亚博" not in apply(conversion.raw, conversion.edits)


def test_a_notice_against_gambling_stays_as_it_is() -> None:
    warning = "近期有人以棋牌、博彩平台引诱学生下注，请加强教育。"
    text = f"关于防范网络博彩的通知\n\n各学院：\n\n{warning}\n\n东海学院保卫处\n\n2022年1月4日\n"

    conversion = converted(text)

    assert conversion.masked == ()
    assert "博彩平台引诱学生下注" in apply(conversion.raw, conversion.edits)
