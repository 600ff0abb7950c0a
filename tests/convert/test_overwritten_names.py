"""Advertising in a name's place goes wherever it stands, and no honest office is taken for it."""

from __future__ import annotations

import pytest

from sitegen.convert import convert
from sitegen.model import MASK, block_lines

OVERWRITTEN = """首页 > 通知公告 > 正文
关于做好{name}2022年暑假放假工作的通知
发布日期：2022-06-30  浏览次数：88
各单位：
根据{name}2021—2022学年校历安排，结合{name}工作实际，现将暑假放假有关事项通知如下：
一、放假时间
7月9日至8月26日，共七周。请各单位妥善安排值班，确保{name}安全稳定。
{name}党政办公室
2022年6月29日
【关闭窗口】
"""
HONEST = """{office}关于做好2022年暑假工作的通知
首页 > 通知公告 > 正文
{office}关于做好2022年暑假工作的通知
发布日期：2022-06-30  浏览次数：88
各单位：
根据{short}2021年工作安排，结合{short}工作实际，现将暑假放假有关事项通知如下：
一、请各单位登录官网免费下载手机app客户端，注册后在线观看教学视频，{office}将做好服务。
二、经{short}研究，加强{short}安全管理。{short}是重点，{office}将组织检查。
{office}
2022年6月29日
"""


@pytest.mark.parametrize(
    "name",
    [
        *("飞艇计划软件app", "韩国三级在线观看", "天天中彩票app官网下载", "香港正版资料免费大全", "环亚国际ag官网登录"),
        *(
            "杏彩注册",
            "国产精品自在线亚洲页码",
            "云顶国际(中国)官方网站",
            "星际娱乐场下载",
            "dafa888大发",
            "安博体育电竞",
        ),
        *("久久亚洲精品中文字幕第一区", "狗万app", "澳客足球比分", "六合宝典免费资料", "银河国际娱乐官方网站"),
        *("欧美日韩高清视频在线观看", "AG真人官方平台入口", "国内永久第一免费福利视频"),
    ],
)
def test_an_overwritten_name_is_masked_in_title_text_and_signature(name: str) -> None:
    conversion = convert(OVERWRITTEN.format(name=name).encode(), "seeds/a.txt")
    said = "\n".join([repr(conversion.facts), *(line for block in conversion.blocks for line in block_lines(block))])
    assert name.lower() not in said.lower()
    assert conversion.facts.title == f"关于做好{MASK}2022年暑假放假工作的通知"
    assert conversion.facts.institutions == ()
    assert "institution-masked" in [flag.code for flag in conversion.facts.flags]
    assert {conversion.raw[start:end] for start, end in conversion.masked} == {name}


@pytest.mark.parametrize(
    ("office", "short"),
    [
        *(("网站管理中心", "网站"), ("国际教育学院", "国际教育"), ("免费师范生办公室", "免费师范生")),
        *(("在线教育中心", "在线教育"), ("国际视频会议中心", "视频会议"), ("电子商务平台管理办公室", "电子商务平台")),
        *(("MOOC中心", "MOOC"), ("学籍注册中心", "学籍注册"), ("中国游戏产业研究院", "游戏产业")),
        *(("电子竞技协会", "电子竞技"), ("体育彩票管理中心", "体育彩票"), ("电影学院办公室", "电影")),
        *(("第一中学", "第一中学"), ("国际娱乐文化有限公司", "国际娱乐"), ("免费医疗办公室", "免费医疗")),
        *(("12345热线办公室", "12345热线"), ("5G应用中心", "5G应用"), ("中国电影资料馆", "电影资料")),
        *(("福利彩票销售中心", "福利彩票"), ("国家体育总局棋牌运动管理中心", "棋牌运动"), ("棋牌协会", "棋牌协会")),
    ],
)
def test_an_honest_office_is_never_masked(office: str, short: str) -> None:
    conversion = convert(HONEST.format(office=office, short=short).encode(), "seeds/a.txt")
    assert conversion.masked == ()
    assert conversion.facts.title == f"{office}关于做好2022年暑假工作的通知"


@pytest.mark.parametrize(
    "name",
    [
        *("中共永利村支部委员会", "永利社区居民委员会", "中共万博社区支部委员会", "太阳城社区服务站", "永利镇人民政府"),
        *("中共开云县委员会", "乐鱼村民委员会", "凯发镇", "尊龙社区", "天博中学", "博弈论研究中心"),
    ],
)
def test_a_place_that_bears_a_brands_name_is_never_masked(name: str) -> None:
    text = f"{name}关于开展检查的通知\n\n各单位：\n\n现就《{name}2021年工作要点》通知如下。\n\n{name}\n\n2021年5月6日\n"
    conversion = convert(text.encode(), "seeds/a.txt")
    assert conversion.masked == ()
    assert conversion.facts.title == f"{name}关于开展检查的通知"
