"""Advertising in place of an institution's name: where it stands, and what stands in its place.

Some web sites were broken into and had the name of their institution replaced by advertising in every text. A name is
found by where it stands and by what it is made of: in a slot that must hold an institution, words of advertising and no
institution. Only what was found so is masked, then everywhere in the text; a notice against gambling stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from sitegen.convert.ledger import Change
from sitegen.convert.lures import BAIT, BLATANT, CALL_AT_END, HONEST, PLACE_AT_END, SOFT, TELLING
from sitegen.convert.words import BODY_AT_END, GENRE_AT_END
from sitegen.dates import find_dates
from sitegen.model import MASK, Span
from sitegen.text import HAN

_NAME = f"[{HAN}A-Za-z0-9·(（)）,，\\- ]"
_SLOTS = (
    re.compile(f"(?:中国共产党|中共|共青团)(?P<name>{_NAME}{{2,40}}?)(?:委员会|纪律检查委员会|党委|总支|支部)"),
    re.compile(f"^(?:关于)?(?P<name>{_NAME}{{3,30}}?)(?=关于|關於|印发|转发|致全|\\d{{4}}[年—-])", re.MULTILINE),
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
_OWNER = re.compile("^(?:版权所有|欢迎(?:访问|光临|来到|您来到)|Copyright|©)[:：© ]{0,3}", re.IGNORECASE)
_SAID = re.compile(
    f"(?:结合|经|由|在|加强|确保|促进|推进|根据|来到|成为)(?P<name>[{HAN}A-Za-z0-9]{{3,20}}?)"
    "(?=(?:工作)?实际|校?党委|研究|安全|师生|全体|各|(?:19|20)\\d\\d)"
)
"""Places of running text in which an institution speaks of itself: 结合□□□□实际, 经□□□□党委."""
_WHOLE_LINE = re.compile(r"[^\n]+")
_RUN = re.compile(f"(?:{BLATANT.pattern}|{SOFT.pattern}|[A-Za-z0-9]|[()（）·,，_ -])+", re.IGNORECASE)
"""Words of advertising, Latin letters and marks, one behind the other."""


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
    if not any(words.search(text) for words in (TELLING, BAIT, BLATANT, _SITE_LATIN)):
        return Advertising((), (), False)
    candidates = chain(islice(_slotted_names(text), _MOST), islice(_repeated_names(text), _MOST))
    slotted = _proper(set(candidates), text)
    banners = tuple(
        (start, end) for start, end in _banners(text) if not any(name in text[start:end] for name in slotted)
    )
    edges = [text[start:end] for start, end in _edge_lines(text, 8) if end - start <= 60]
    named = _proper(
        slotted
        | {piece for start, end in banners for piece in _pieces(text[start:end])}
        | {run for line in edges if "。" not in line and not HONEST.search(line) for run in _runs(line, text)},
        text,
    )
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
            yield from _runs(_HEAD.sub("", found["name"].strip()), text)
    for line in islice(_signing_lines(text), _MOST):
        yield from _overwritten(line)
        yield from _runs(line.strip(), text)
        yield from _leading(line.strip(), text)
        if CALL_AT_END.search(line.strip()) and not HONEST.search(line) and " " not in line.strip():
            yield line.strip()


def _repeated_names(text: str) -> Iterator[str]:
    """Give suspicious names where a page names its owner, or a text its institution, that occur again elsewhere."""
    for start, end in _edge_lines(text, 3):
        line = text[start:end].strip()
        name = _OWNER.sub("", line)
        site = name != line or (start == 0 and "。" not in line)
        if site and len(name) <= 24 and "关于" not in name and text.count(name) >= 3 and _is_suspicious(name):
            yield name
    for name in sorted({found["name"] for found in islice(_SAID.finditer(text), _MOST)}):
        if len(name) >= 4 and (is_advertising(name) or _SITE_LATIN.search(name)) and text.count(name) >= 3:
            yield name


def _overwritten(name: str) -> Iterator[str]:
    """Give the advertising in what stands in the place of a name; nothing where an institution stands there."""
    return _pieces(_TAIL.sub("", _HEAD.sub("", name.strip())))


def _runs(words: str, text: str) -> Iterator[str]:
    """Give the stretches of advertising words in a line or a name, with the invented name that leads them.

    The name is what stands before the stretch wherever it occurs: 银河 before 国际娱乐官方网站, in the whole text.
    """
    for found in _RUN.finditer(words):
        run = found[0].rstrip(_BETWEEN + "(（").lstrip(_BETWEEN + ")）")
        kinds = {word[0].lower() for word in (*SOFT.finditer(run), *BLATANT.finditer(run))}
        blatant = BLATANT.search(run) is not None
        baits = {word[0] for word in BAIT.finditer(run)}
        if not blatant and (len(kinds) < 3 or not baits or (len(baits) < 3 and not TELLING.search(run))):
            continue
        if HONEST.search(run) or len(run) < 4 or PLACE_AT_END.search(words):
            continue
        start = words.index(run, found.start())
        yield _led(words, start, run, text)


def _leading(line: str, text: str) -> Iterator[str]:
    """Give what stands before the office in a signature, 杏彩注册 in 杏彩注册教务处, if the text repeats it."""
    if HONEST.search(line.replace("宣传部", "")):
        return
    for length in range(min(len(line), 24), 2, -1):
        name, office = line[:length], line[length:]
        if office and not _OFFICE.fullmatch(office):
            continue
        if _is_suspicious(name) and text.count(name) >= 2 + (not office):
            yield name
            return


_OFFICE = re.compile(
    f"[{HAN}]{{2,12}}处|党[{HAN}]{{1,10}}|学生[{HAN}]{{0,6}}|校?团委|教务部|校?工会|图书馆|研究生院|招生[{HAN}]{{0,8}}|保卫部"
    "|(?:校长|院长|综合|行政|党政)办公室|纪委"
)
"""Offices inside an institution; what stands before them is its name."""
_SITE_LATIN = re.compile(
    f"(?:[a-z]\\d{{2}}|\\d{{2}}[a-z]{{2}})[a-z0-9]*[{HAN}]|^[a-z]{{4,}}[{HAN}]{{0,4}}(?:{BAIT.pattern})",
    re.IGNORECASE,
)


def _is_suspicious(name: str) -> bool:
    """Tell whether a name could be advertising, so that only its place and its repetition can decide."""
    if len(name) < 3 or _is_honest(name) or BODY_AT_END.search(name):
        return False
    if BLATANT.search(name) or CALL_AT_END.search(name) or _SITE_LATIN.search(name):
        return True
    kinds = {word[0].lower() for word in SOFT.finditer(name)}
    covered = sum(len(word[0]) for word in SOFT.finditer(name))
    return len(kinds) >= 2 and BAIT.search(name) is not None and covered >= _COVERED * len(name)


_COVERED = 0.4
_MOST = 60
"""Most candidates that are looked at: a page has a handful, and each is counted in the whole text."""


def _led(words: str, start: int, run: str, text: str) -> str:
    """Give a stretch of advertising with the characters that lead it at every place, four at most."""
    times = text.count(run)
    for step in range(1, 5):
        wider = words[start - step : start] + run
        if step > start or times < 2 or text.count(wider) < times or not _LEADS.match(words[start - step]):
            return words[start - step + 1 : start] + run
    return words[start - 4 : start] + run


_BETWEEN = "·,，_- "
_LEADS = re.compile(f"[{HAN}A-Za-z0-9]")


def _pieces(words: str) -> Iterator[str]:
    """Give the advertising among the pieces of a line or a name that marks and spaces divide."""
    for piece in re.split("[,，()（）|_!！:：·\\- ]+", words):
        bare = _HEAD.sub("", _TAIL.sub("", piece))
        if len(bare) >= 4 and is_advertising(bare):
            yield bare


def is_advertising(name: str) -> bool:
    """Tell whether a name is made of advertising: a word that no institution bears, or little but the softer ones."""
    if len(name) < 4 or _is_honest(name):
        return False
    if BLATANT.search(name):
        return not _is_institution(name)
    words = [found[0] for found in SOFT.finditer(name)]
    covered = sum(map(len, words)) >= 0.75 * len(name)
    return covered and len(words) >= 2 and TELLING.search(name) is not None and BODY_AT_END.search(name) is None


def _is_honest(name: str) -> bool:
    return any(pattern.search(name) for pattern in (HONEST, GENRE_AT_END, PLACE_AT_END))


def _is_institution(name: str) -> bool:
    """Tell whether a name ends as institutions do; companies do not count, for advertising calls itself one."""
    return BODY_AT_END.search(name) is not None and not name.endswith(("公司", "集团"))


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
        if len(line) > 60 or "。" in line or _is_honest(line) or _is_institution(line):
            continue
        if BLATANT.search(line):
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
