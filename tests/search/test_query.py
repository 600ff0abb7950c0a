"""What a reader types becomes phrases, and phrases become terms and patterns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Tables = dict[str, str]

FIXTURE = json.loads((Path(__file__).parents[1] / "fixtures" / "queries.json").read_text(encoding="utf-8"))


def test_queries_are_read_as_the_fixture_says(run_node: Run, tables: Tables) -> None:
    answers = run_node("parse", **tables, cases=[case["typed"] for case in FIXTURE])
    found = [
        {
            "phrases": _written(answer["phrases"]),
            "excluded": _written(answer["excluded"]),
            "problem": answer["problem"],
            "demands": answer["demands"],
        }
        for answer in answers
    ]
    assert found == [{key: case[key] for key in ("phrases", "excluded", "problem", "demands")} for case in FIXTURE]


PARSED = {
    "疫情防控": (["疫情防控"], []),
    "校党发 19号": (["校党发", "19号"], []),
    "校党发\u300019号": (["校党发", "19号"], []),
    "戰鬥堡壘": (["战斗堡垒"], []),
    "２０２２": (["2022"], []),
    "沪电机院委〔2020〕14号": (["沪电机院委(2020)14号"], []),
    '"疫情，防控"': (['"疫情,防控"'], []),
    "“疫情 防控”": (['"疫情防控"'], []),
    '"new york"': (['"new york"'], []),
    "《疫情防控》": (['"疫情防控"'], []),
    "增强“四个意识”教育": (['增强"四个意识"教育'], []),
    "“四个意识”教育": (['四个意识"教育'], []),
    "疫情防控，": (["疫情防控"], []),
    "通知 -函": (["通知"], ["函"]),
    '通知 －"战斗 堡垒"': (["通知"], ['"战斗堡垒"']),
    "covid-19": (["covid-19"], []),
    '"未完': (["未完"], []),
    "通知 ！！": (["通知"], []),
    '"" 通知': (["通知"], []),
}


def test_words_phrases_and_exclusions_are_told_apart(run_node: Run, tables: Tables) -> None:
    answers = run_node("parse", **tables, cases=list(PARSED))
    assert {
        typed: (_written(a["phrases"]), _written(a["excluded"])) for typed, a in zip(PARSED, answers, strict=True)
    } == PARSED


def _written(phrases: list[dict[str, Any]]) -> list[str]:
    return [f'"{phrase["folded"]}"' if phrase["isExact"] else phrase["folded"] for phrase in phrases]


PROBLEMS = {
    "": "empty",
    " \u3000 ": "empty",
    "-": "empty",
    "- -": "empty",
    "-函": "exclusions",
    '-"函"': "exclusions",
    "！？": "unsearchable",
    "\u200b": "unsearchable",
    "😀": "unsearchable",
    "-😀": "unsearchable",
    '"，"': "unsearchable",
    "函": "",
}


def test_queries_that_cannot_be_run_say_why(run_node: Run, tables: Tables) -> None:
    answers = run_node("parse", **tables, cases=list(PROBLEMS))
    assert {typed: answer["problem"] for typed, answer in zip(PROBLEMS, answers, strict=True)} == PROBLEMS


DEMANDS = {
    "站": ["prefix 站"],
    "函": ["prefix 函"],
    "疫情防控": ["term 疫情", "term 情防", "term 防控"],
    "沪电机院委〔2020〕14号": [
        "term 沪电",
        "term 电机",
        "term 机院",
        "term 院委",
        "term 委",
        "term 2020",
        "term 14",
        "prefix 号",
    ],
    "2022": ["part 2022"],
    "2022年": ["tail 2022", "prefix 年"],
    "第2022": ["term 第", "head 2022"],
    '"new york city"': ["tail new", "term york", "head city"],
    "疫情 疫情": ["term 疫情"],
    "𠀀": ["prefix 𠀀"],
}


def test_a_phrase_demands_its_terms_of_the_index(run_node: Run, tables: Tables) -> None:
    answers = run_node("parse", **tables, cases=list(DEMANDS))
    assert {typed: answer["demands"] for typed, answer in zip(DEMANDS, answers, strict=True)} == DEMANDS


NUMBER = "沪电机院委〔2020〕14号"
MATCHES = [
    ("疫情防控", "疫情防控工作", ["疫情防控"]),
    ("疫情防控", "疫情、防控", []),
    ("疫情防控", "疫情（防控）", []),
    ("疫情防控", "疫 情\u200b防控", ["疫 情\u200b防控"]),
    ("沪电机院委〔2020〕14号", NUMBER, [NUMBER]),
    ("沪电机院委[2020]14号", NUMBER, [NUMBER]),
    ("沪电机院委2020 14号", NUMBER, ["沪电机院委〔2020", "14号"]),
    ("沪电机院委２０２０14号", NUMBER, []),
    ("〔2020〕", "2020年", []),
    ("(2020)", NUMBER, ["〔2020〕"]),
    ('"委2020"', NUMBER, []),
    ('"委[2020]"', NUMBER, ["委〔2020〕"]),
    ("202", NUMBER, ["202"]),
    ("戰鬥", "战斗堡垒", ["战斗"]),
    ("战斗", "戰鬥堡壘", ["戰鬥"]),
    ("一", "㈠", ["㈠"]),
    ("a.b", "axb a.b", ["a.b"]),
    ("(.*)+$^[a-z]\\", "(.*)+$^[a-z]\\", ["(.*)+$^[a-z]\\"]),
    ("𠀀", "一𠀀一", ["𠀀"]),
    ("ab", "a b", []),
    ("通知", "特此通知。通知如下", ["通知", "通知"]),
]


def test_phrases_match_as_the_rules_say_and_the_source_is_marked(run_node: Run, tables: Tables) -> None:
    answers = run_node("matches", **tables, cases=[[typed, source] for typed, source, _ in MATCHES])
    assert [(*case[:2], answer) for case, answer in zip(MATCHES, answers, strict=True)] == MATCHES


HOSTILE = [
    "疫" * 10_000, "x" * 10_000, '"' * 9_999, "-" * 5_000, " " * 10_000, "a " * 5_000, "()" * 5_000,
    "title:通知", "+a -b *c ~2 ^10 \\", "a*a*a*a*b", "关于:通知", "http://x", "(a+)+$", "[", "(?<x>", "\\u{110000}",
    "\ud840", "\udc00疫\ud840情", "<img src=x onerror=alert(1)>", "<script>", "constructor", "__proto__", "toString",
    "😀" * 200, "\u202e倒", "\x00\x01", "疫\u0301" * 400, "ﷺ" * 300,
]  # fmt: skip


@pytest.mark.parametrize("task", ["parse", "matches"])
def test_hostile_queries_never_throw_and_are_capped(run_node: Run, tables: Tables, task: str) -> None:
    cases: list[Any] = HOSTILE if task == "parse" else [[typed, typed[:500]] for typed in HOSTILE]
    answers = run_node(task, **tables, cases=cases)
    assert len(answers) == len(HOSTILE)
    if task == "parse":
        long = [len(typed.encode("utf-16-le", "surrogatepass")) > 1200 for typed in HOSTILE]
        assert all(answer["isCut"] for answer, is_long in zip(answers, long, strict=True) if is_long)
