"""Folding and tokens: the same in Python and in the browser, for every character there is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import text

Run = Callable[..., Any]
Tables = dict[str, str]

CASES = json.loads((Path(__file__).parents[1] / "fixtures" / "tokens.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_python_folds_and_cuts_as_the_fixture_says(case: dict[str, Any]) -> None:
    assert {"folded": text.fold(case["text"]), "tokens": text.tokens(case["text"])} == {
        "folded": case["folded"],
        "tokens": case["tokens"],
    }


def test_the_browser_folds_and_cuts_as_the_fixture_says(run_node: Run, tables: Tables) -> None:
    answers = run_node("tokens", **tables, cases=[case["text"] for case in CASES])
    assert answers == [{"folded": case["folded"], "tokens": case["tokens"]} for case in CASES]


def test_every_code_point_folds_alike_in_both_languages(run_node: Run, tables: Tables) -> None:
    here = [[text.fold(chr(code)), *text.tokens(chr(code))] for code in range(0x110000)]
    there = run_node("everyCodePoint", **tables)
    assert [hex(code) for code in range(0x110000) if here[code] != there[code]] == []


def test_what_needs_the_later_forms_is_told_and_nothing_else(run_node: Run, tables: Tables) -> None:
    early = {"table": tables["table"]}
    codes = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    needs = run_node("needsForms", **early, cases=codes)
    without = run_node("tokens", **early, cases=codes)
    differs = [answer["folded"] != text.fold(code) for code, answer in zip(codes, without, strict=True)]
    assert needs == differs
    assert run_node("needsForms", **tables, cases=["戰鬥", "龜"]) == [False, False]


def test_what_people_type_needs_no_later_forms(run_node: Run, tables: Tables) -> None:
    typed = [
        "疫情防控",
        "校〔2022〕1号",
        "２０２２年",
        "“四个意识”（试行）",
        "Covid É Ω Я",
        "㈠①№㎡",
        "𠀀﨎",
        "😀\ud840",
    ]
    assert run_node("needsForms", table=tables["table"], cases=typed) == [False] * len(typed)
    assert run_node("needsForms", table=tables["table"], cases=["戰鬥", "⻓", "a戰"]) == [True] * 3


ODD = st.text(st.sampled_from("a1é 　\n\u200b\ufeff\u0301疫情〔〕（）“”，𠀀﨎㈠ﬁ\ud840\udc00ﷺ゙ﾞ"), max_size=30)


def test_texts_fold_alike_in_both_languages(run_node: Run, tables: Tables) -> None:
    collected: list[str] = []
    # One Node process for all cases; surrogates that meet are one character to JavaScript, so Python reads them as one.
    given(ODD)(lambda source: collected.append(_joined(source)))()
    answers = run_node("tokens", **tables, cases=collected)
    assert answers == [{"folded": text.fold(source), "tokens": text.tokens(source)} for source in collected]


def _joined(source: str) -> str:
    return source.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


@given(st.text())
def test_folding_twice_changes_nothing_more(source: str) -> None:
    assert text.fold(text.fold(source)) == text.fold(source)


@given(st.text())
def test_tokens_survive_what_lunr_does_to_them(source: str) -> None:
    # lunr.py lower-cases each token it is given and drops an empty one.
    assert [token.lower() for token in text.tokens(source)] == text.tokens(source)
    assert "" not in text.tokens(source)


@given(st.text())
def test_every_letter_of_a_text_is_in_a_token(source: str) -> None:
    folded = text.fold(source)
    letters = {character for character in folded if text.tokens(character)}
    assert letters == set("".join(text.tokens(source)))


def test_offsets_lead_back_to_the_source(run_node: Run, tables: Tables) -> None:
    source = "我 校\u200b発㈠𠀀x"
    (folded,) = run_node("fold", **tables, cases=[source])
    units = source.encode("utf-16-le")
    spans = zip(folded["starts"], folded["ends"], strict=True)
    assert folded["text"] == "我校発(一)𠀀x"
    assert [units[2 * start : 2 * end].decode("utf-16-le") for start, end in spans] == [
        *"我校発", "㈠", "㈠", "㈠", "𠀀", "𠀀", "x"
    ]  # fmt: skip


def test_forms_of_one_document_number_fold_to_one() -> None:
    forms = [
        "沪电机院委〔2020〕14号",
        "滬電機院委［２０２０］１４號",
        "沪电机院委 [2020] 14号",
        "沪电机院委（2020）\u200b14号",
    ]
    assert {text.fold(form) for form in forms} == {"沪电机院委(2020)14号"}


SCRIPTS = ("text", "query", "index", "candidates", "contexts", "finding", "loose", "ranges", "results", "session")


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_asks_the_browser_for_its_own_unicode_tables(name: str) -> None:
    script = (Path(__file__).parents[2] / "templates" / "static" / "js" / f"{name}.js").read_text(encoding="utf-8")
    asked = re.findall(r"normalize\(|LowerCase\(|UpperCase\(|\\p\{|\\[wsb]|localeCompare|Intl\.", script)
    assert asked == []
