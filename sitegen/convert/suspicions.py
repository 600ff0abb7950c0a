"""What a curator should look at in a text that no rule may change: flags about the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitegen.convert.contamination import Advertising
from sitegen.convert.lures import AGAINST, BLATANT, CALL
from sitegen.model import Flag
from sitegen.text import HAN

_STRAY_WORD = re.compile(rf"(?<=[{HAN}]) (?P<word>and|or|the|of|to|in) (?=[{HAN}])")
"""An English word where a converter of files has put it between Chinese words."""
_SENTENCE_MARK = re.compile("[。，；：！？,;:!?]")
_COLUMN = re.compile("序号|编号|姓名|单位|部门|项目|名称|备注|职务|时间|地点|学院|负责人|联系电话|电话|数量|金额")
_CELL = 15
_ROWS = 9
"""Most characters of a cell, and least lines of a table, so that a roster or a signature is none."""


def find_suspicions(text: str, found: Advertising) -> Iterator[Flag]:
    """Yield the flags about a clean text, one block a line; none of them quotes advertising."""
    if found.in_slot:
        yield Flag("institution-masked", "机构名称被广告文字覆盖，以“□□□□”代替；原名不详。")
    elif found.names or found.banners:
        yield Flag("advertising-removed", "网页中夹有广告文字，已去除。")
    stray = _STRAY_WORD.search(text)
    if stray is not None:
        yield Flag("damaged-text", f"正文中夹有英文“{stray['word']}”，疑为转换所致，未作改动。")
    if "\ufffd" in text:
        yield Flag("damaged-text", "正文中有无法辨认的字符，未作改动。")
    if _is_advertised(text):
        yield Flag("advertising-suspected", "正文中疑夹有广告文字，未作改动。")
    if _has_flattened_table(text.split("\n")):
        yield Flag("flattened-table", "正文中疑有表格散成一格一行，未作改动。")


def _is_advertised(text: str) -> bool:
    """Tell whether a sentence holds a word that no institution uses beside a call to come in."""
    return BLATANT.search(text) is not None and any(
        BLATANT.search(sentence) and CALL.search(sentence) and not AGAINST.search(sentence)
        for sentence in re.split("[。！？\n]", text)
    )


def _has_flattened_table(lines: Sequence[str]) -> bool:
    """Tell whether a run of short lines reads as the cells of a table: a column's head among them, and numbers."""
    run: list[str] = []
    for line in [*lines, "。"]:
        if len(line) <= _CELL and not _SENTENCE_MARK.search(line):
            run.append(line)
            continue
        heads = sum(_COLUMN.fullmatch(cell) is not None for cell in run)
        if len(run) >= _ROWS and heads >= 2:
            return True
        run.clear()
    return False
