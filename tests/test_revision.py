"""A content file that is written again keeps what a person wrote into it beside its values."""

from __future__ import annotations

from dataclasses import replace

from sitegen.frontmatter import format_content, parse_content
from sitegen.frontmatter.revision import revise_content
from sitegen.model import Facts, Notice

WRITTEN = """---
# 校对：李
id: a
title: 关于甲的通知   # 与公报核对过
institutions: [某局]
# 日期存疑
signed: 2021-05
tags:
  - 防汛
---

正文。
"""


def revised(text: str = WRITTEN, **facts: object) -> str:
    notice = parse_content(text, "a.md").notice
    assert notice is not None
    return revise_content(text, replace(notice, facts=replace(notice.facts, **facts)))  # type: ignore[arg-type]


def test_a_file_whose_values_stay_is_the_same_text() -> None:
    assert revised() == WRITTEN


def test_a_value_that_changes_is_the_only_line_that_changes() -> None:
    assert revised(signed="2021-05-20") == WRITTEN.replace("signed: 2021-05", 'signed: "2021-05-20"')


def test_a_comment_on_the_line_of_a_value_that_changes_stays_above_it() -> None:
    assert '# 与公报核对过\ntitle: "关于乙的通知"\n' in revised(title="关于乙的通知")


def test_a_comment_outlives_its_value() -> None:
    assert "# 日期存疑\ntags:" in revised(signed=None)


def test_a_new_value_stands_in_its_order() -> None:
    assert '"某局"' not in revised(genre="通知")
    assert 'institutions: [某局]\ngenre: "通知"\n# 日期存疑\n' in revised(genre="通知")


def test_a_new_body_leaves_the_front_matter_as_it_is() -> None:
    notice = parse_content(WRITTEN, "a.md").notice
    assert notice is not None
    assert revise_content(WRITTEN, replace(notice, body="新。\n")) == WRITTEN.replace("正文。", "新。")


def test_front_matter_on_one_line_is_written_anew() -> None:
    text = "---\n{id: a, title: 甲}\n---\n"
    assert revised(text, title="乙") == format_content(Notice("a", Facts(title="乙"), ""))
