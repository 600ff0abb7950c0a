"""The words by which a notice is read: kinds of document, bodies and their endings, marks of items."""

from __future__ import annotations

import re

from sitegen.model import MASK
from sitegen.text import HAN

NUMERALS = "一二三四五六七八九十百零〇"

ITEM_MARK = (
    rf"[{NUMERALS}]{{1,4}}[、．]|[(（][{NUMERALS}\d]{{1,4}}[)）]|\d{{1,3}}[.．、](?!\d)"
    rf"|第 ?[{NUMERALS}\d]{{1,5}} ?[章节節编編条條款]|[①-⑳]|[一二三四五六七八九十]是"
)
"""How an item of a list, a heading or an article begins; for the inside of a regular expression."""

# --- kinds of document ------------------------------------------------------------------------------------------------

GENRES = """
    倡议书 倡議書 公开信 公開信 慰问信 感谢信 通知书 决定书 意见书 责任书 承诺书 通知 通告 公告
    通报 通報 意见 意見 决定 決定 决议 決議 命令 公报 公報 报告 報告 请示 請示 批复 批覆
    议案 議案 复函 公函 函 纪要 紀要 答复 倡议 倡議 号召 號召 声明 聲明 启事 方案 预案 办法
    辦法 规定 規定 条例 條例 细则 細則 规则 規則 规程 規程 准则 準則 章程 制度 规划 規劃
    计划 計畫 纲要 綱要 要点 要點 须知 指南 提示 提醒 解释 解釋 令
""".split()
"""文种 and other kinds of document as titles name them; the statutory ones among them."""

_KINDS = "|".join(sorted(GENRES, key=len, reverse=True))
_NUMBER_TAIL = rf"(?:[ \u3000]?[(（]?第 ?[\d{NUMERALS}]{{1,5}} ?号[)）]?)"
_PAREN_TAIL = r"(?:[ \u3000]?[(（\[][^()（）\[\]]{1,30}[)）\]])"
GENRE_AT_END = re.compile(rf"(?P<genre>{_KINDS})(?:[》”\"』]|{_NUMBER_TAIL}|{_PAREN_TAIL}){{0,4}}$")
"""The kind at the end of a title, closing marks, a number or a bracketed remark behind it."""

# --- bodies -----------------------------------------------------------------------------------------------------------

_LONG = (
    "委员会|委員會|办公室|辦公室|办公厅|辦公廳|人民政府|政府|国务院|國務院|中共中央|党中央"
    "|中央军委|军委|党委|团委|纪委|工委|党组|党支部|总支部|总支|人民法院|法院|检察院|学院|學院"
    "|大学|大學|学校|學校|中学|中學|小学|小學|幼儿园|教务处|总局|总署|中心|集团|公司|协会|協會"
    "|学会|學會|学生会|學生會|研究生会|研究生會|联合会|联盟|指挥部|领导小组|工作组|专家组|调查组"
    "|检查组|课题组|工作专班|银行|医院|醫院|基金会|街道办事处|办事处|居委会|村委会|派出所|管委会"
    "|管理局|海关|海關|编辑部|出版社|研究院|研究所|图书馆|博物馆|档案馆|共青团|工会|妇联|文明办"
    "|总工会|总队|支队|大队"
)
_SHORT = "处|部|局|厅|科|署|司|办|院|会|社|所|馆|校|委|處|廳|會|辦|館"
_NO_BODY = (
    "全部|内部|外部|干部|大部|大会|机会|社会|会议室|教室|年会|例会|晚会|宴会|运动会|座谈会"
    "|报告会|推进会|好处|到处|场所|之处|处处|用处|各部|各处|公司会"
)
BODY_AT_END = re.compile(rf"(?:{_LONG}|[{HAN}{MASK[0]}]{{1,12}}(?:{_SHORT}))$")
_NO_BODY_AT_END = re.compile(rf"(?:{_NO_BODY})$")
BODY_BEFORE_SPACE = re.compile("(?:中央|国务院|办公厅|办公室|委员会|总局|总署|军委|政府|[^ ]部|[^ ]署|[^ ]局|[^ ]委)$")
BODY_AFTER_SPACE = re.compile(
    "国务院|中共|中央|最高人民|教育部|财政部|公安部|海关总署|税务总局"
    rf"|[{HAN}]{{2,8}}(?:总局|总署|办公厅|委员会|人民政府)"
)


def is_body(name: str) -> bool:
    """Tell whether a string reads as the name of a body: it ends as such names do, and holds no sentence mark."""
    if not 2 < len(name) <= 60 or _BROKEN.search(name) or name.count("（") != name.count("）"):
        return False
    return BODY_AT_END.search(name) is not None and _NO_BODY_AT_END.search(name) is None


_BROKEN = re.compile(r"[，。；：！？、《》,;:!?=|>＞]|\d年|\d日")


def split_bodies(names: str) -> tuple[str, ...]:
    """Split a line of several bodies, 财政部 海关总署 or 国务院、中央军委; one name where the parts are none."""
    closed = SPACED_NAME.sub(lambda run: re.sub(r"\s", "", run[0]), names.strip())
    parts = tuple(part for part in re.split(r"[\s、]+", closed) if part)
    if len(parts) > 1 and all(is_body(part) or part in _SHORT_BODIES for part in parts):
        return parts
    return ("".join(parts),) if "、" not in names else (names.strip(),)


SPACED_NAME = re.compile(r"(?<!\S)\S(?:\s\S){1,7}(?!\S)")
"""A name whose characters stand apart, 教　育　部, beside one whose characters do not."""
_SHORT_BODIES = frozenset({"中共中央", "国务院", "中央军委", "全国人大", "公安部", "财政部", "教育部"})

# --- document numbers -------------------------------------------------------------------------------------------------

_YEAR = r"[〔\[（(【﹝［]\s?(?:19|20|１９|２０)\d\d\s?[〕\]）)】﹞］]"
NUMBER = re.compile(
    rf"(?:[{HAN}A-Za-z·×＊*○\-]{{1,24}}\s?{_YEAR}\s?[{HAN}]{{0,6}}第?\s?\d{{1,5}}(?:-\d{{1,3}})?\s?[号號]"
    rf"|[{HAN} \u3000、]{{2,40}}(?:公告|通告|令)\s?[〔\[（(]?(?:19|20)\d\d[〕\]）)]?年?\s?第\s?\d{{1,5}}\s?[号號]"
    rf"|[{HAN}]{{0,20}}\s?第\s?[\d{NUMERALS}]{{1,5}}\s?[号號])"
)
"""发文字号 as a whole string: 国发〔2019〕5号, 财政部公告2020年第36号, 第1号, 国令第707号."""
GLUED_NUMBER = re.compile(
    rf"^(?P<number>[{HAN}A-Za-z]{{1,16}}{_YEAR}\s?\d{{1,5}}\s?[号號])[ \u3000]{{0,8}}(?=[{HAN}《])", re.MULTILINE
)
"""A full number at the start of a line, something behind it."""

# --- traditional characters -------------------------------------------------------------------------------------------

SIMPLE = str.maketrans(
    "頁發佈號題關機構時間點擊數覽瀏閱讀來責編輯審稱類訊學動態規則載聯繫務報導場書電體標檔庫聞開當處現單錄種無條區網據員會樂詞範圍屬廢轉實現",
    "页发布号题关机构时间点击数览浏阅读来责编辑审称类讯学动态规则载联系务报导场书电体标档库闻开当处现单录种无条区网据员会乐词范围属废转实现",
)
"""Of the words that web pages print, one character for one: a page's frame is read through this table, its text not."""
