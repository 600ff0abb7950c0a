"""How the parts of a notice are told from each other."""

from __future__ import annotations

import pytest

from sitegen.convert import convert
from sitegen.convert.anatomy import dissect
from sitegen.convert.attachments import read_attachments
from sitegen.convert.headings import find_headings
from sitegen.convert.metadata import read_byline, read_table_line
from sitegen.convert.signing import find_signings
from sitegen.convert.title import is_number_line, read_head
from sitegen.convert.words import is_body, split_bodies
from sitegen.model import Facts, block_lines

BODY = "为做好有关工作，现将有关事项通知如下。"


def facts(text: str) -> Facts:
    return convert(text.encode(), "seeds/a.txt").facts


def headings(*lines: str) -> list[str]:
    return [f"{level} {lines[index]}" for index, level in find_headings(lines, 0, len(lines)).items()]


# --- headings ---------------------------------------------------------------------------------------------------------


def test_a_numbered_line_that_stands_alone_over_text_is_a_heading() -> None:
    assert headings("一、总体要求", "坚持原则。", "二、工作任务", "（一）摸底", "各地要摸底。") == [
        "2 一、总体要求", "2 二、工作任务", "3 （一）摸底",
    ]  # fmt: skip


def test_a_numbered_paragraph_that_is_a_whole_item_is_no_heading() -> None:
    items = ["一、元旦：1月1日放假。", "二、春节：2月4日至10日放假。", "三、清明节：4月5日放假。"]

    assert headings(*items, "请遵照执行。") == []


def test_items_of_a_list_are_no_headings() -> None:
    assert headings("有下列情形之一的：", "（一）情节严重的；", "（二）屡教不改的。", "由机关处理。") == []


def test_a_run_in_lead_is_no_heading() -> None:
    assert headings("一、提高认识。各单位要高度重视，认真落实。", "二、加强领导。主要负责人要亲自抓。") == []


def test_headings_with_a_full_stop_count_where_all_of_them_have_one() -> None:
    assert headings("一、提高认识。", "各单位要重视。", "二、加强领导。", "主要负责人要亲自抓。") == [
        "2 一、提高认识。", "2 二、加强领导。",
    ]  # fmt: skip


def test_below_chapters_everything_is_one_deeper() -> None:
    assert headings("第一章　总则", "一、适用范围", "适用于全体。", "第二章　附则", "自发布之日起施行。") == [
        "2 第一章　总则", "3 一、适用范围", "2 第二章　附则",
    ]  # fmt: skip


def test_short_lines_between_long_paragraphs_are_headings_without_numbers() -> None:
    paragraph = "要看到当前形势依然严峻复杂，思想上始终重视，行动上始终警惕。" * 2

    assert headings(paragraph, "绷紧防疫之弦", paragraph, "听从学校安排", paragraph) == [
        "2 绷紧防疫之弦", "2 听从学校安排",
    ]  # fmt: skip
    assert headings(paragraph, "只有一行不算", paragraph) == []


# --- head -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lines", "title"), [
    (["国务院关于开展", "部门联合监管的意见"], "国务院关于开展部门联合监管的意见"),
    (["财政部 海关总署", "关于停止减免税的公告"], "财政部 海关总署关于停止减免税的公告"),
    (["中华人民共和国国务院令", "第707号"], "中华人民共和国国务院令 第707号"),
    (["关于检查工作的意见", "商务部关于检查工作的意见"], "商务部关于检查工作的意见"),
    (["石门县疫情防控", "指挥部", "通 告"], "石门县疫情防控指挥部通告"),
    (["[范文]民政局清明节倡议书"], "民政局清明节倡议书"),
    (["国务院关于推行公示制度审核制度", "试点工作方案的通知"], "国务院关于推行公示制度审核制度试点工作方案的通知"),
    (["秦川学院文件", "关于放假的通知"], "关于放假的通知"),
])  # fmt: skip
def test_a_title_is_put_together_from_its_lines(lines: list[str], title: str) -> None:
    assert dissect([*lines, BODY]).title == title


def test_an_order_is_titled_and_numbered_in_one_line() -> None:
    found = facts("中华人民共和国国务院令第707号\n现公布条例，自2019年1月1日起施行。")

    assert (found.title, found.document_number, found.genre) == ("中华人民共和国国务院令第707号", "第707号", "令")


def test_an_orders_number_below_a_title_is_no_title() -> None:
    found = facts(f"建设项目分类管理名录\n部令 第33号\n{BODY}")

    assert (found.title, found.document_number) == ("建设项目分类管理名录", "部令 第33号")


def test_a_title_that_no_line_gives_is_absent() -> None:
    found = facts(f"亲爱的同学们：\n{BODY}")

    assert found.title is None
    assert "no-title" in [flag.code for flag in found.flags]


@pytest.mark.parametrize("line", [
    "国发〔2019〕5号", "沪电机院委〔2020〕 14 号", "劳社部发[2008]3号", "国令第707号",
    "财政部 税务总局公告2020年第36号", "（第1号）",
])  # fmt: skip
def test_a_line_that_is_a_document_number_is_known(line: str) -> None:
    assert is_number_line(line)


@pytest.mark.parametrize("line", [
    "根据国发〔2019〕5号文件", "2019年第5号公报刊登", "第十五届运动会", "关于4626号提案的答复",
])  # fmt: skip
def test_a_number_in_other_words_is_none(line: str) -> None:
    assert not is_number_line(line)


def test_a_date_in_brackets_under_the_title_is_the_date_of_signing() -> None:
    assert facts(f"关于支持开放的意见\n(2018年4月11日)\n{BODY}").signed == "2018-04-11"


def test_the_head_ends_where_the_text_begins() -> None:
    assert read_head(["关于放假的通知", "各班级：", BODY], 0).body == 1


# --- signature and bodies ---------------------------------------------------------------------------------------------


def test_the_first_signature_is_the_notices_own() -> None:
    lines = [BODY, "国务院办公厅", "1996年2月5日", "关于工作的报告", "请批转执行。", "国家地震局", "1996年1月25日"]

    assert [signing.bodies for signing in find_signings(lines, 0)] == [("国务院办公厅",), ("国家地震局",)]


def test_a_date_between_paragraphs_is_no_signature() -> None:
    assert find_signings([BODY, "2020年1月23日", BODY], 0) == ()


def test_an_officer_signs_but_is_no_institution() -> None:
    found = facts("中华人民共和国国务院令\n第707号\n现公布条例，自2019年1月1日起施行。\n总理　　李克强\n2018年12月18日")

    assert found.institutions == ("中华人民共和国国务院",)
    assert found.signed == "2018-12-18"


@pytest.mark.parametrize(("line", "bodies"), [
    ("财政部 海关总署 税务总局", ("财政部", "海关总署", "税务总局")),
    ("国务院、中央军委", ("国务院", "中央军委")),
    ("商 务 部", ("商务部",)),
])  # fmt: skip
def test_several_bodies_on_a_line_are_told_apart(line: str, bodies: tuple[str, ...]) -> None:
    assert split_bodies(line) == bodies


@pytest.mark.parametrize("name", ["教务处", "中共上海电机学院委员会", "xx市民政局", "国务院", "武汉市疫情防控指挥部"])
def test_a_name_that_ends_as_bodies_do_is_a_body(name: str) -> None:
    assert is_body(name)


@pytest.mark.parametrize("name", ["领导干部", "全社会", "加强领导，明确责任部", "2020年财政部", "报告会", "处"])
def test_other_words_are_no_body(name: str) -> None:
    assert not is_body(name)


# --- dates ------------------------------------------------------------------------------------------------------------


def test_the_signature_goes_before_the_metadata_and_a_conflict_is_flagged() -> None:
    found = facts(f"成文日期：2004年04月17日\n关于申办的复函\n{BODY}\n国务院办公厅\n二〇〇四年四月二十七日")

    assert found.signed == "2004-04-27"
    assert [flag.code for flag in found.flags] == ["date-conflict"]


def test_signed_before_published_is_no_conflict() -> None:
    found = facts(f"关于放假的通知\n发布日期：2022-03-15 浏览次数：3\n各班级：\n{BODY}\n教务处\n2022年3月14日")

    assert (found.signed, found.published, found.flags) == ("2022-03-14", "2022-03-15", ())


def test_signed_after_published_is_a_conflict() -> None:
    found = facts(f"关于放假的通知\n发布日期：2022-03-11 浏览次数：3\n各班级：\n{BODY}\n教务处\n2022年3月14日")

    assert [flag.code for flag in found.flags] == ["date-conflict"]


def test_the_year_of_its_own_number_dates_an_undated_notice() -> None:
    found = facts(f"关于工资折算的通知\n劳社部发[2008]3号\n各厅局：\n{BODY}")

    assert found.signed is None
    assert found.dated is not None
    assert (found.dated.edtf, found.dated.basis) == ("2008", "劳社部发[2008]3号")


# --- web pages --------------------------------------------------------------------------------------------------------


def test_fields_of_a_metadata_table_are_parted_by_their_labels() -> None:
    assert read_table_line("发文机关：\t 国务院 办公厅\t 成文日期：\t 2019年01月27日\t") == {
        "发文机关": "国务院 办公厅", "成文日期": "2019年01月27日",
    }  # fmt: skip
    assert read_table_line("索 引 号：X-1") == {"索引号": "X-1"}
    assert read_table_line("各单位：请执行") == {}


@pytest.mark.parametrize("line", [
    "发布日期:2022年03月15日 作者: 来源:", "2020-11-13 09:08:55 作者：admin 阅读次数： 次",
    "本站 2019-11-26 09:44:50",
    "发布时间:2008-04-02文章来源:建设办 浏览次数:",
])  # fmt: skip
def test_a_byline_is_known_by_its_labels(line: str) -> None:
    assert read_byline(line)


@pytest.mark.parametrize("line", [
    "会议定于2020年1月2日召开，地点：礼堂。", "各学院、各部门：", "报名时间截至2月1日，联系人：张老师",
])  # fmt: skip
def test_a_line_of_the_text_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


def test_the_report_before_a_notice_goes() -> None:
    report = "某办公厅日前印发通知，要求各地认真落实各项措施，切实做好工作。" * 3
    notice = f"某厅关于工作的通知\n各单位：\n{BODY}\n某厅\n2020年9月1日"
    text = f"新闻：印发通知\n2020-09-11 10:48:57 作者：a\n{report}\n文件原文\n{notice}"

    conversion = convert(text.encode(), "seeds/a.txt")

    assert conversion.facts.title == "某厅关于工作的通知"
    assert "日前" not in str(conversion.blocks)


# --- attachments ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [
    ["附件：1.报名表", "2.名额表"], ["附件1.报名表", "2.名额表"], ["附件：1.报名表 2.名额表"],
    ["附件1：报名表", "附件2：名额表。"],
])  # fmt: skip
def test_a_list_of_attachments_is_read_in_every_form(lines: list[str]) -> None:
    assert read_attachments(lines, 0, len(lines)) == ("报名表", "名额表")


@pytest.mark.parametrize("line", ["附件", "附件1", "附件所列零部件，适用本政策。", "名单详见附件1。"])
def test_a_mention_of_an_attachment_is_no_list(line: str) -> None:
    assert read_attachments([line, "名单"], 0, 2) == ()


def test_a_news_report_above_the_notice_is_kept_out_of_it() -> None:
    text = (
        "新闻\n本网讯（记者 刘洋）10月8日，学校召开会议，校长出席并讲话。\n\n关于做好安全工作的通知\n\n各学院：\n\n"
        "为做好安全工作，现通知如下，请认真执行。\n\n教务处\n\n2021年10月8日\n"
    )
    conversion = convert(text.encode(), "seeds/a.txt")
    assert (conversion.facts.title, conversion.facts.addressee) == ("关于做好安全工作的通知", "各学院")
    assert [line for block in conversion.blocks for line in block_lines(block)] == [
        "为做好安全工作，现通知如下，请认真执行。",
        "教务处",
        "2021年10月8日",
    ]
