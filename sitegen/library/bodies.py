"""The rule by which a body belongs to an institution, read off its name alone.

A name is taken apart from its end: what names an inner body of an institution goes, until nothing is left to take.
The rule knows kinds of names, never a single institution; the curators' records overrule it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARTY = re.compile("中国共产党|中国共产主义青年团|共青团|中共")

_SCHOOL = "大学|学院|学校|中学|小学|幼儿园|党校|研究院|研究所"
_UNIT = "公司|集团|银行|医院|图书馆|博物馆|档案馆|出版社|报社|电视台|中心|协会|学会|联合会|基金会"
_ORGAN = "部|委员会|委(?!员会)|局|厅|署|院|人民政府|政府|常委会|政协"
_SEAT = "中央|领导小组|指挥部|工作组"
"""What has a general office and yet no party committee of its own."""

_GROUP = "党组|党委|纪委|团委|(?:直属)?机关党委|党总支|党支部"
_COMMITTEE = f"{_GROUP}|(?:纪律检查|(?:直属)?机关|总支部|支部)?委员会"
_OFFICE = "办公厅|办公室"

_OF_SCHOOL = re.compile(
    rf"(?P<name>\w{{2,30}}?(?:{_SCHOOL})(?:大学|学院)?)"
    rf"(?:\w{{0,12}}(?:{_COMMITTEE}|{_OFFICE}|工会|学生会|研究生会|处|部|办|中心|科|室|馆|系|学院)|\w{{0,30}}(?:{_SEAT}))"
    rf"(?:{_OFFICE})?"
)
"""A school speaks through committees, offices, departments, schools within it, and task groups for the day."""

_OF_PARTY = re.compile(rf"(?P<name>\w{{1,30}}(?:{_SCHOOL}|{_UNIT}|{_ORGAN}))(?:{_COMMITTEE})(?:{_OFFICE})?")
"""After 中共 or 共青团: the committee of an institution. That of a place, 中共湖南省委员会, is an institution."""

_INNER = (
    re.compile(rf"(?P<name>\w{{1,30}}(?:{_SCHOOL}|{_UNIT}|{_ORGAN}|{_SEAT}))(?:{_OFFICE})"),
    re.compile(
        rf"(?P<name>\w{{1,30}}(?:{_SCHOOL}|{_UNIT}|{_ORGAN}))"
        rf"(?:{_GROUP}|工会)(?:{_OFFICE})?"
    ),
    re.compile(r"(?P<name>\w{1,30}(?:部|委员会|委(?!员会)|局|署|厅|银行))(?!\w*(?:公司|办事处|驻))\w{2,10}[司处]"),
)

_SEATED = re.compile(r"中央|\w*[省市区县州盟旗]委$")
"""Names that lose their sense without 中共: 中央宣传部, 湖南省委."""

_REMAINDER = re.compile(
    rf"\w{{0,12}}(?:{_COMMITTEE}|{_OFFICE}|工会|处|司|科|室|部)(?:{_OFFICE})?|\w{{0,30}}(?:领导小组|指挥部)(?:{_OFFICE})?"
)


def institution_of(body: str) -> str:
    """Give the institution in whose name a body speaks; the body itself where the rule knows none.

    湖南城市学院教务处 belongs to its school, 中共财政部党组 to its ministry, 国务院办公厅 to 国务院.
    A hospital or a school attached to a university is an institution of its own.
    """
    *_, institution = institutions_above(body)
    return institution


def institutions_above(body: str) -> Iterator[str]:
    """Yield a body, then what it belongs to by its name, step by step up to the institution."""
    yield body
    above = _step(body)
    while above != body:
        yield above
        body, above = above, _step(above)


def names_before(body: str) -> Iterator[str]:
    """Yield every beginning of a name, the longest first, behind which there stands an inner body."""
    for name in dict.fromkeys((body, _without_party(body))):
        for end in range(len(name) - 1, 1, -1):
            if _REMAINDER.fullmatch(name, end):
                yield name[:end]


def _step(body: str) -> str:
    core = _without_party(body)
    school = _OF_SCHOOL.fullmatch(core) if not re.search("医院|附属", core) else None
    if school:
        return school["name"]
    committee = _OF_PARTY.fullmatch(core) if core != body else None
    if committee:
        return body[: len(body) - len(core)] * bool(_SEATED.match(committee["name"])) + committee["name"]
    found = next(filter(None, (pattern.fullmatch(body) for pattern in _INNER)), None)
    return found["name"] if found else body


def _without_party(body: str) -> str:
    return _PARTY.sub("", body, count=1) if _PARTY.match(body) else body
