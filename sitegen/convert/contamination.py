"""Advertising in place of an institution's name: where it stands, and what stands in its place.

Some web sites were broken into and had the name of their institution replaced by advertising in every text. A name is
found by where it stands and by what it is made of: in a slot that must hold an institution, words of advertising and no
institution. Only what was found so is masked, then everywhere in the text; a notice against gambling stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sitegen.convert.ledger import Change
from sitegen.convert.words import BODY_AT_END, GENRE_AT_END
from sitegen.dates import find_dates
from sitegen.model import MASK, Span
from sitegen.text import HAN

_BLATANT = re.compile(
    "博彩|竞猜|赌博平台|赌场|赌球|百家乐|时时彩|六合彩|北京赛车|pk10|棋牌|捕鱼游戏|捕鱼达人|老虎机|真人娱乐|娱乐城|娱乐平台|线上娱乐|下注|投注|滚球|盘口"
    "|凯时|人生就是[博搏]|亚博|开云|开元棋牌|华体会|乐鱼|爱游戏|九游会|必威|betway|bet365|威尼斯人|葡京|金沙娱乐|太阳城|皇冠体育|皇冠现金|永利"
    "|新葡|万博|米兰体育|星空体育|半岛体育|江南体育|天博|火狐体育|ayx|leyu|hth|福利视频|无码|有码|色情|情色|约炮|偷拍|三级片|黄片|成人视频"
    "|成人影|久久精品|一区二区|私服|代孕|代开发票|壮阳",
    re.IGNORECASE,
)
"""Words that no institution's name holds."""

_SOFT = re.compile(
    "福利彩票|体育彩票|免费|永久|在线|視頻|视频|高清|官网|官方|网站|网址|入口|平台|下载|安装|登录|登陆|注册|app|手机版|手机|最新版|最新|网页版|客户端"
    "|观看|影院|影视|电影|电视剧|成人|激情|精品|国产|国内|欧美|日韩|亚洲|第一|福利|体育|娱乐|电竞|游戏|电子|彩票|全站|首页|真人|国际|中国|资源"
    "|大全|直播|线上|信誉|正规|老牌|大厅|中文|字幕|久久|综合|一区|二区|三区|av|色|版|有限公司",
    re.IGNORECASE,
)
"""Words of advertising that stand in honest names, too."""
_HONEST = re.compile(
    "福利彩票|体育彩票|人民政府|大学|大學|学院|學院|学校|學校|中学|医院|醫院|法院|检察院|管理局|总局"
    "|打击|整治|治理|禁止|严禁|禁赌|防范|查处|抵制|警惕|处置|清理|取缔|宣传|整顿"
)
"""Words of institutions, and of notices against what is advertised."""
_TELLING = re.compile("免费|永久|在线|高清|官网|入口|下载|登录|登陆|注册|app|观看|影院|激情|无码|真人", re.IGNORECASE)

_NAME = f"[{HAN}A-Za-z0-9·(（)）,，\\- ]"
_SLOTS = (
    re.compile(f"(?:中国共产党|中共|共青团)(?P<name>{_NAME}{{2,40}}?)(?:委员会|纪律检查委员会|党委|总支|支部)"),
    re.compile(f"^(?:关于)?(?P<name>{_NAME}{{3,30}}?)(?=关于|印发|转发|致全|\\d{{4}}[年—-])", re.MULTILINE),
    re.compile(f"《(?P<name>{_NAME}{{3,30}}?)(?=(?:19|20)\\d\\d年|关于)"),
)
"""Places that must hold the name of an institution."""
_HEAD = re.compile(
    "^(?:欢迎(?:访问|光临|来到|您来到)|版权所有|中国共产党|中共|共青团|现将|按照|根据|[将为由经请我与和])+"
)
_TAIL = re.compile(
    "(?:党委|党总支|党支部|团委|委员会|办公室|教务处|学生处|学生工作部|保卫处|后勤管理处|后勤处|科研处|人事处|财务处|研究生院|图书馆"
    "|招生就业处|招生办|宣传部|组织部|党校|工会|校长办公室|信息中心)$"
)
_WHOLE_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Advertising:
    """What was found: names that advertising has overwritten, and whole lines that are nothing else."""

    names: tuple[str, ...]
    """Longest first; every occurrence is masked."""
    banners: tuple[Span, ...]
    """Spans of whole lines, sorted."""
    in_slot: bool
    """Whether a place that must hold an institution's name was overwritten."""


def find_advertising(text: str) -> Advertising:
    """Find advertising in place of names, and lines of it at the beginning and the end of a text."""
    if _BLATANT.search(text) is None and _TELLING.search(text) is None:
        return Advertising((), (), False)
    slotted = _proper(set(_slotted_names(text)), text)
    banners = tuple(
        (start, end) for start, end in _banners(text) if not any(name in text[start:end] for name in slotted)
    )
    named = _proper(slotted | {piece for start, end in banners for piece in _pieces(text[start:end])}, text)
    return Advertising(tuple(sorted(named, key=lambda name: (-len(name), name))), banners, bool(slotted))


def _proper(names: set[str], text: str) -> set[str]:
    """Leave, of names that hold one another, the one that is the name: with stray words around it it occurs less."""
    count = {name: text.count(name) for name in names}
    return {
        name
        for name in names
        if not any(other != name and other in name and count[other] > count[name] for other in names)
        and not any(other != name and name in other and count[other] == count[name] for other in names)
    }


def _slotted_names(text: str) -> Iterator[str]:
    for slot in _SLOTS:
        for found in slot.finditer(text):
            yield from _overwritten(found["name"])
    for line in _signing_lines(text):
        yield from _overwritten(line)


def _overwritten(name: str) -> Iterator[str]:
    """Give the advertising in what stands in the place of a name; nothing where an institution stands there."""
    return _pieces(_TAIL.sub("", _HEAD.sub("", name.strip())))


def _pieces(words: str) -> Iterator[str]:
    """Give the advertising among the pieces of a line or a name that marks and spaces divide."""
    for piece in re.split("[,，()（）|_!！:：·\\- ]+", words):
        bare = _HEAD.sub("", _TAIL.sub("", piece))
        if len(bare) >= 4 and is_advertising(bare):
            yield bare


def is_advertising(name: str) -> bool:
    """Tell whether a name is made of advertising: a word that no institution bears, or little but the softer ones."""
    if len(name) < 4 or _HONEST.search(name) or GENRE_AT_END.search(name):
        return False
    if _BLATANT.search(name):
        return BODY_AT_END.search(name) is None or name.endswith(("公司", "集团"))
    words = [found[0] for found in _SOFT.finditer(name)]
    covered = sum(map(len, words)) >= 0.75 * len(name)
    return covered and len(words) >= 2 and _TELLING.search(name) is not None and BODY_AT_END.search(name) is None


def _signing_lines(text: str) -> Iterator[str]:
    """Give the lines right above a line that is a date."""
    above = ""
    for found in _WHOLE_LINE.finditer(text):
        line = found[0].strip()
        if above and len(line) <= 24 and any(date.end - date.start >= len(line) - 2 for date in find_dates(line)):
            yield above
        above = line if len(line) <= 40 else ""


def _banners(text: str) -> Iterator[Span]:
    """Give the lines of advertising among the first three and the last three of a text."""
    lines = _edge_lines(text, 3)
    for start, end in lines:
        line = text[start:end]
        if len(line) <= 60 and "。" not in line and _BLATANT.search(line) and not _HONEST.search(line):
            yield start, end


def _edge_lines(text: str, count: int) -> list[Span]:
    first = [found.span() for found in islice(_WHOLE_LINE.finditer(text), count)]
    last: list[Span] = []
    end = len(text)
    while end > 0 and len(last) < count:
        start = text.rfind("\n", 0, end) + 1
        if start < end:
            last.append((start, end))
        end = start - 1
    return sorted({*first, *last})


def mask(text: str, found: Advertising) -> Iterator[Change]:
    """Put the mask in the place of every overwritten name, the name alone, and take lines of advertising out.

    The spans of these changes are all the advertising that the text holds.
    """
    names = "|".join(map(re.escape, found.names))
    hits = [hit.span() for hit in re.finditer(names, text)] if names else []
    for start, end in sorted({*hits, *found.banners}, key=lambda span: (span[0], -span[1])):
        if any(a <= start and end <= b and (a, b) != (start, end) for a, b in found.banners):
            continue  # inside a line that goes as a whole
        yield Change(start, end, "" if (start, end) in found.banners else MASK)
