"""What belongs to a web page and not to the notice on it: paths, menus, summaries, credits, links, footers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.convert.words import ITEM_MARK, SIMPLE
from sitegen.text import HAN

BREADCRUMB = re.compile(
    r"^[^\w]{0,3}(?:[您你]?(?:所在|现在|当前)的?位置|[您你]的位置|位置[:：][^。]{0,20}首页)\s?(?:是?\s?[:：])?"
    r"|首页\s{0,3}(?:>|＞|»|›|→|/|-\s?>|[-–—]\s)"
)
"""当前位置：学校首页 > 校园快讯 > 正文, wherever it stands in a line."""
_MENU = re.compile(r"[^|<>＞»\n]{1,22}(?:(?:\||>>?|＞|»)[^|<>＞»\n]{1,22}){2,40}")
_MENU_WORD = re.compile(
    "(?:首页|学校首页|网站首页|返回首页|设为首页|加入收藏|通知公告|通知公示|公告通知|新闻中心|新闻动态"
    "|校园快讯|校园新闻|学校要闻|热门栏目|热门文章|快捷指南|工作动态|信息公开|政策法规|政策文件"
    "|规章制度|文件下载|下载中心|联系我们|关于我们|旧版回顾|服务指南|校内通知|通知通告|最新公告"
    "|公示公告|正文|搜 ?索|登录|注册|English|繁體版|简体版)"
)
_SEPARATOR = re.compile("[(（【]?(?:文件原文|原文如下|全文如下|文件全文|通知全文|公告全文|附原文|附全文)[)）】]?[:：]?")
_SUMMARY = re.compile("(?:内容)?(?:摘要|提要|核心提示|导读)[:：]")
_DATELINE = re.compile(rf"新华社[{HAN}]{{2,8}}\d{{1,2}}月\d{{1,2}}日电")
_STRONG_TAIL = re.compile(
    r"附件【[^】]{1,80}】(?:已?下载|点击)|扫一扫|分享到|分享按钮|上一篇|下一篇|上一条|下一条|相关阅读|相关链接|相关文章|相关新闻|推荐阅读"
    r"|版权所有|责任编辑|Copyright|copyright|©|【?打印】?$|【?关闭|【?打印|返回顶部|友情链接|网站地图"
    r"|主办单位[:：]|承办单位[:：]|技术支持[:：]|[^。]{0,20}ICP备|收藏本(?:页|文)|页[:：]$|我要纠错"
)
_HOST = re.compile(r"(?:主办|承办|协办)单位[:：]|技术支持[:：]")
_FOOTER = re.compile(r"版权|Copyright|copyright|©|ICP|备案|安备|网站|地址[:：]|关闭|打印|[上下]一[篇条]|扫一扫|分享")
_IS_TEXT = re.compile(rf"(?:{ITEM_MARK})|[^:：]{{0,8}}年[^:：]{{1,6}}月[^:：]{{1,4}}日?$")
_WEAK_TAIL = re.compile(
    r"[(（【\[]?(?:来源|编辑|作者|供稿|审核|审稿|校对|撰稿|初审|终审|信息来源|文章来源|责编)\s?[:：]"
)


def is_path(line: str) -> bool:
    """Tell whether a line holds the path of a page."""
    return BREADCRUMB.search(line[:120].translate(SIMPLE)) is not None


def is_menu(line: str) -> bool:
    """Tell whether a line is a menu, a path, or the name of a column."""
    line = line[:400].translate(SIMPLE)
    return bool(is_path(line) or _MENU_WORD.fullmatch(line) or (len(line) <= 200 and _MENU.fullmatch(line)))


def is_separator(line: str) -> bool:
    """Tell whether a line says that the document itself follows: 文件原文."""
    return _SEPARATOR.fullmatch(line) is not None


_NEWS_LEAD = re.compile(
    rf"(?:本[网报站刊台]|[{HAN}]{{2,8}})(?:综合)?讯\s?[（(\s:：]|新华社[{HAN}]{{2,8}}\d{{1,2}}月\d{{1,2}}日电"
)


def is_news_lead(line: str) -> bool:
    """Tell whether a line begins a news report, as 本网讯（记者 刘洋） does."""
    return _NEWS_LEAD.match(line) is not None


def is_dateline(line: str) -> bool:
    """Tell whether a line is a news agency's dateline and nothing else."""
    return _DATELINE.fullmatch(line) is not None


def is_summary(line: str, following: Sequence[str]) -> bool:
    """Tell whether a line is a page's summary: labelled as one, and a repetition of what follows."""
    found = _SUMMARY.match(line)
    if found is None:
        return False
    opening = re.sub(r"\s+", "", line[found.end() : found.end() + 60])[:24]
    return len(opening) >= 8 and opening in re.sub(r"\s+", "", "".join(following)[:2000])


def tail_start(lines: Sequence[str]) -> int:
    """Find where the page's own matter behind the notice begins; `len(lines)` where there is none.

    It begins at the first line that is known to close a page and has no part of a text behind it.
    """
    start = len(lines)
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index][:400].translate(SIMPLE) if len(lines[index]) <= 400 else lines[index]
        if _IS_TEXT.match(line) or (len(line) > 12 and line.endswith(("。", "；", "："))):
            break
        if _STRONG_TAIL.match(line) or (_WEAK_TAIL.match(line) and len(line) <= 40):
            start = index
    if start < len(lines) and _HOST.match(lines[start]) and not any(map(_FOOTER.search, lines[start:])):
        return len(lines)  # 主办单位：校团委 at the end of an announcement
    return start


def is_sentence(line: str) -> bool:
    """Tell whether a line is a paragraph of running text."""
    return len(line) > 60 and "。" in line
