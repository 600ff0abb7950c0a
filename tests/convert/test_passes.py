from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from sitegen.convert.ledger import Change, apply, record
from sitegen.convert.passes.characters import drop_glosses, drop_page_numbers, drop_residue
from sitegen.convert.passes.joins import join_hard_wraps, join_page_breaks
from sitegen.convert.passes.punctuation import pair_quotes, widen_brackets, widen_marks
from sitegen.convert.passes.spacing import close_up_spaced_lines, drop_spaces
from sitegen.convert.passes.splits import split_addressee, split_dates, split_glued_numbers

LONG = "各级党组织要深入学习贯彻重要指示精神，坚决落实各项决策部署，切实把思想和行动统一起来，坚决打"


def run(step: Callable[[str], Iterable[Change]], text: str) -> str:
    return apply(text, record(text, step(text), "test"))


@pytest.mark.parametrize(("before", "after"), [
    ("近日,我省疫情严峻!", "近日，我省疫情严峻！"),
    ("每天14:00前,共1,000人", "每天14:00前，共1,000人"),
    ("网址:http://a.cn/b?c=1,2;d", "网址：http://a.cn/b?c=1,2;d"),
    ("Hello, world: it works", "Hello, world: it works"),
    ("附件1:申报表", "附件1：申报表"),
])  # fmt: skip
def test_half_width_marks_widen_beside_chinese_alone(before: str, after: str) -> None:
    assert run(widen_marks, before) == after


@pytest.mark.parametrize(("before", "after"), [
    ("(一)指导思想", "（一）指导思想"),
    ("中国(海南)试验区(以下简称(试验区))", "中国（海南）试验区（以下简称（试验区））"),
    ("(十二）行政收费", "（十二）行政收费"),
    ("f(x) = (a + b)", "f(x) = (a + b)"),
    ("1) 第一项", "1) 第一项"),
])  # fmt: skip
def test_half_width_brackets_widen_around_chinese_alone(before: str, after: str) -> None:
    assert run(widen_brackets, before) == after


@pytest.mark.parametrize(("before", "after"), [
    ('捍卫"两个确立"、做到"两个维护"', "捍卫“两个确立”、做到“两个维护”"),
    ('只有一个"引号', '只有一个"引号'),
    ('say "hello" now', 'say "hello" now'),
])  # fmt: skip
def test_straight_quotes_turn_only_where_pairs_are_plain(before: str, after: str) -> None:
    assert run(pair_quotes, before) == after


@pytest.mark.parametrize(("before", "after"), [
    ("听从调度, 主动向社 区报到，不信谣。", "听从调度,主动向社区报到，不信谣。"),
    ("2022 年 5 月 25 日", "2022年5月25日"),
    ("〔2017〕12 号", "〔2017〕12号"),
    ("财政部  海关总署", "财政部 海关总署"),
    ("1. 工作要求", "1. 工作要求"),
    ("黄　卫　　科技部副部长", "黄　卫　　科技部副部长"),
    ("执行 GB 50180 标准，不得降低。", "执行 GB 50180 标准，不得降低。"),
    ("根据《中共中央办公厅 国务院办公厅通知》，执行。", "根据《中共中央办公厅 国务院办公厅通知》，执行。"),
])  # fmt: skip
def test_spaces_go_inside_chinese_and_stay_where_they_part_words(before: str, after: str) -> None:
    assert run(drop_spaces, before) == after


@pytest.mark.parametrize(("before", "after"), [
    ("试 点 工 作 方 案", "试点工作方案"), ("国　务　院", "国务院"), ("黄　卫", "黄　卫"), ("a b c", "a b c"),
])  # fmt: skip
def test_a_line_with_every_character_apart_closes_up(before: str, after: str) -> None:
    assert run(close_up_spaced_lines, before) == after


def test_a_sentence_cut_by_a_page_end_is_whole_again() -> None:
    assert run(join_page_breaks, f"{LONG}\n\n赢疫情防控阻击战。") == f"{LONG}赢疫情防控阻击战。"


@pytest.mark.parametrize("below", ["一、总体要求。", "附件：名单，共三份。", "教务处", "2020年2月4日"])
def test_a_new_part_is_never_joined_to_the_sentence_above(below: str) -> None:
    text = f"{LONG}\n\n{below}"

    assert run(join_page_breaks, text) == text


@pytest.mark.parametrize("margin", ["11/23/26, 4:46 AM", "file:///tmp/p.html 1/2", "2026/11/23 16:46", "— 1 —"])
def test_what_stands_at_the_edge_of_a_page_goes(margin: str) -> None:
    assert run(drop_page_numbers, f"上文。\n{margin}\n下文。") == "上文。\n\n下文。"


@pytest.mark.parametrize("roster", [
    "黄　卫　孙　立　周　平", "张 三  李 四  王 五", "吴 刚　郑 洁　马 超", "黄 卫 孙 立",
])  # fmt: skip
def test_a_roster_keeps_its_gaps(roster: str) -> None:
    assert run(close_up_spaced_lines, roster) == roster


@pytest.mark.parametrize("spaced", [
    "国　务　院", "商 务 部", "试 点 工 作 方 案 的 通 知", "教 育 部 文 件", "关 于 进 一 步 加 强 管 理 工 作 的",
])  # fmt: skip
def test_a_spaced_name_or_title_is_closed_up(spaced: str) -> None:
    assert run(close_up_spaced_lines, spaced) == "".join(spaced.split())


def test_a_line_that_ends_inside_a_bracket_goes_on_in_the_next() -> None:
    text = "经研究决定，10月1日（星\n\n期六）至5日放假。"
    assert run(join_page_breaks, text) == "经研究决定，10月1日（星期六）至5日放假。"


def test_a_long_heading_is_not_joined_to_its_text() -> None:
    heading = "一、从立党为公、执政为民的高度，把贯彻落实作为当前和今后一个时期工作的一项重要任务"
    text = f"{heading}\n\n要认真落实，不得拖延。"

    assert run(join_page_breaks, text) == text


def test_lines_cut_at_one_width_are_joined() -> None:
    words = "中华人民共和国的公民依照宪法和法律的规定享有权利并且履行义务任何组织或者个人都不得侵犯" * 6
    wrapped = "\n".join(words[at : at + 32] for at in range(0, len(words), 32)) + "。"

    assert run(join_hard_wraps, wrapped) == words + "。"


def test_a_list_of_short_lines_is_not_joined() -> None:
    post = "省人民政府办公厅副主任兼政策研究室主任和机关党委书记某某"
    text = "\n".join(f"{name}　　{post}" for name in "甲乙丙丁") + "\n完"

    assert run(join_hard_wraps, text) == text


def test_glosses_go_only_where_a_text_is_strewn_with_them() -> None:
    assert run(drop_glosses, "學(xué)校會(huì )議開(kāi)始") == "學校會議開始"
    assert run(drop_glosses, "单于(chán)一词") == "单于(chán)一词"


def test_page_numbers_on_lines_of_their_own_go() -> None:
    assert run(drop_page_numbers, "甲\n— 12 —\n乙\n12\n第 3 页 共 7 页") == "甲\n\n乙\n12\n"


def test_entities_of_spaces_are_read_and_those_of_markup_stay() -> None:
    assert run(drop_residue, "甲&nbsp;乙&sp;&lt;b&gt;<!-- x -->") == "甲 乙 &lt;b&gt;"


def test_signers_and_date_on_one_line_are_parted() -> None:
    assert run(split_dates, "财政部 税务总局 2020年5月13日") == "财政部\n税务总局\n2020年5月13日"


def test_a_date_in_a_sentence_is_not_parted() -> None:
    text = "本通知的施行日期为 2020年5月13日"

    assert run(split_dates, text) == text


def test_a_number_is_parted_from_a_title_but_not_from_a_sentence() -> None:
    assert run(split_glued_numbers, "国办发〔2005〕37号关于检查的通知") == "国办发〔2005〕37号\n关于检查的通知"
    sentence = "国办发〔2005〕37号文件规定，应当执行。"
    assert run(split_glued_numbers, sentence) == sentence


def test_an_addressee_is_parted_from_the_text_behind_it() -> None:
    text = "各学院、各部门：为做好本学期的考试工作，现将有关事项通知如下。"

    assert run(split_addressee, text) == text.replace("：为", "：\n为")
