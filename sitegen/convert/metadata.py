"""What web pages print about a notice around its text: tables of metadata, and lines with date, author and clicks."""

from __future__ import annotations

import re

from sitegen.convert.words import SIMPLE
from sitegen.dates import find_dates
from sitegen.text import HAN

Table = dict[str, str]

_TABLE_LABELS = """
    索引号 主题分类 发文机关 发文机构 发布机构 发文单位 发布单位 制发机关 制定机关 成文日期
    成文时间 标题 名称 发文字号 文号 发布文号 发文日期 发布日期 发布时间 公开日期 公布日期
    生成日期 生成时间 生效日期 生效时间 实施日期 失效日期 失效时间 废止时间 废止日期 文件状态
    有效性 效力状态 是否有效 主题词 关键词 信息分类 组配分类 体裁分类 服务对象 信息来源 浏览次数
    内容概述 内容概要 公开方式 公开范围 公开形式 公开类别 公开目录 公开属性 责任部门 信息索引
    统一编号 文件编号 所属主题 主题 分类 文件类型 栏目 有效期
""".split()
_BYLINE_LABELS = """
    发布日期 发布时间 发表时间 发表日期 发文时间 发稿时间 更新时间 更新日期 时间 日期 作者 来源
    文章来源 信息来源 稿件来源 供稿 供稿单位 发布者 发布人 发布单位 发布机构 编辑 责任编辑 审核
    审稿 审核人 录入 点击 点击数 点击量 点击次数 浏览 浏览数 浏览量 浏览次数 阅读 阅读数 阅读量
    阅读次数 访问次数 访问量 字号 字体 摄影 撰稿 文 撰文 初审 复审 终审 上传
""".split()


def _labels(words: list[str]) -> str:
    """Write labels so that their characters may stand apart: 索 引 号, 标　　题."""
    return "|".join("[ \u3000]{0,4}".join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))


_TABLE_FIELD = re.compile(
    rf"(?:^[-*•|]?|(?<=[\s|;；]))[ \u3000]{{0,2}}(?P<label>{_labels(_TABLE_LABELS)})[ \u3000]?[:：]"
)
_BYLINE_FIELD = re.compile(
    rf"[【\[（(]?(?P<label>{_labels(_BYLINE_LABELS)})[ \u3000]?(?:[:：]|(?=\d))(?P<value>[^:：]{{0,30}}?)"
    rf"(?=[】\]）)\s|,，;；]|$|(?:{_labels(_BYLINE_LABELS)})[ \u3000]?[:：])"
)
_CERTAIN_LABELS = "索引号 发文机关 发文字号 发布机构 发布日期 发布时间 发表时间 更新时间 点击数 浏览次数".split()
_CERTAIN = re.compile(rf"(?:{_labels(_CERTAIN_LABELS)})[ \u3000]?[:：]")
_LOOSE = frozenset(("主题", "标题", "名称", "分类", "栏目", "有效期", "时间", "日期", "来源", "作者"))
_LETTER_SIZE = re.compile(r"[【\[（(]?\s?(?:字体|字号|字体大小|视力保护色)\s?[:：]?[\s大中小默认A+-]{0,16}[】\]）)]?")
_HAN = re.compile(f"[{HAN}]")
_SPACED = re.compile(r"\s+")
_CLOCK = re.compile(r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?")


def read_table_line(line: str) -> Table:
    """Read a line of a metadata table as label and value; empty for a line of another kind.

    Labels that are known divide the line, so that several fields can share it and values can hold spaces.
    """
    if len(line) > 400:
        return {}
    fields = list(_TABLE_FIELD.finditer(line.translate(SIMPLE)))
    if not fields or fields[0].start() > 0:
        return {}
    ends = [field.start() for field in fields[1:]] + [len(line)]
    return {
        _SPACED.sub("", field["label"]): line[field.end() : end].strip(" \t\u3000|；;")
        for field, end in zip(fields, ends, strict=True)
    }


def is_loose(fields: Table) -> bool:
    """Tell whether all labels of a line open lines of texts as well, as 主题：… and 名称：… do."""
    return set(fields) <= _LOOSE


def is_certain(line: str) -> bool:
    """Tell whether a line holds a label that only web pages print; 时间 and 主题 can open a line of text, too."""
    return _CERTAIN.search(line[:200].translate(SIMPLE)) is not None


def read_byline(line: str) -> Table | None:
    """Read a line of date, author and clicks: 发布日期：2022年03月15日 作者：…, or 本站 2019-11-26 09:44:50.

    Gives the date as 发布日期, where the line holds one; None for a line of another kind.
    """
    if len(line) > 160 or "。" in line or not (":" in line or "：" in line):
        return None
    line = line.translate(SIMPLE)
    dates = find_dates(line)
    fields = list(_BYLINE_FIELD.finditer(line))
    ends = {0, *(field.end() for field in fields)}
    if any(field.start() not in ends and _HAN.match(line, field.start() - 1) for field in fields):
        return None  # the end of another label: 会议时间, 报名日期
    bare = _LETTER_SIZE.sub("", _without(line, [(date.start, date.end) for date in dates]))
    rest = _CLOCK.sub("", _BYLINE_FIELD.sub("", bare))
    rest = re.sub(r"[\s\d|:：,，;；次()（）\[\]【】-]+", "", rest)
    strange = len(rest) > (12 if dates and _CLOCK.search(line) else 0)
    if strange or not (fields or (dates and _CLOCK.search(line))) or (not dates and len(fields) < 2):
        return None
    written = next((line[date.start : date.end] for date in dates if date.edtf), None)
    return {} if written is None else {"发布日期": written}


def _without(line: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        line = line[:start] + " " + line[end:]
    return line
