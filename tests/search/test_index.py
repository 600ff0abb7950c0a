"""The index: what is in it, and that lunr.js reads it as lunr.py does."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.index import Index
from lunr.query import QueryPresence

from sitegen.library import build_library
from sitegen.model import Block, Facts, Heading, Notice, OutputFile, Paragraph, Signature, Table
from sitegen.search import FORMAT, build_index
from sitegen.search.plain import field_tokens, utf16_order
from sitegen.text import is_han, tokens

Run = Callable[..., Any]


def terms_of(files: dict[str, str]) -> list[str]:
    return [term for term, _ in json.loads(files["index"])["invertedIndex"]]


# --- what is in it --------------------------------------------------------------------------------------------------


def test_every_part_of_a_notice_is_indexed_in_its_field() -> None:
    facts = Facts(title="甲乙", institutions=("丙大学",), document_number="丁〔2020〕1号", addressee="戊己")
    blocks: tuple[Block, ...] = (
        Heading(2, "一、庚"), Paragraph("辛壬"), Table((("癸", "子"), ("丑", "寅"))), Signature(("卯", "2020年")),
    )  # fmt: skip
    assert field_tokens(Notice("x", facts, ""), blocks) == {
        "title": ["甲乙", "乙"],
        "institution": ["丙大", "大学", "学"],
        "number": ["丁", "2020", "1", "号"],
        "headings": ["一", "庚"],
        "body": ["戊己", "己", "辛壬", "壬", "癸", "子", "丑", "寅", "卯", "2020", "年"],
    }


def test_the_files_name_their_format_and_one_edition(make_files: Run) -> None:
    files = [json.loads(data) for data in make_files({"a": ["疫情"]}).values()]
    assert {file["format"] for file in files} == {FORMAT}
    assert len({file["edition"] for file in files}) == 1


def test_another_text_is_another_edition(make_files: Run) -> None:
    one, other = (json.loads(make_files({"a": [line]})["notices"])["edition"] for line in ("疫情", "防控"))
    assert one != other


def test_the_pipeline_of_the_index_is_empty(make_files: Run) -> None:
    assert json.loads(make_files({"a": ["疫情"]})["index"])["pipeline"] == []


def test_the_same_notices_give_the_same_bytes_in_any_order() -> None:
    notices = [Notice(name, Facts(title=f"通知{name}"), "") for name in "abcd"]
    blocks: dict[str, tuple[Block, ...]] = {notice.id: (Paragraph(f"正文{notice.id}"),) for notice in notices}
    assert built(notices, blocks) == built(reversed(notices), dict(reversed(blocks.items())))


def built(notices: Iterable[Notice], blocks: dict[str, tuple[Block, ...]]) -> tuple[OutputFile, ...]:
    return build_index(build_library(notices), blocks)


def test_terms_stand_in_the_order_of_utf_16(make_files: Run) -> None:
    terms = terms_of(make_files({"a": ["﨎", "𠀀", "疫情", "abc"]}))
    assert terms == ["abc", "情", "疫情", "𠀀", "﨎"]
    assert terms == sorted(terms, key=utf16_order)


def test_results_show_the_facts_of_a_notice(make_files: Run) -> None:
    facts = Facts("通知", ("某大学",), "校〔2022〕1号", "通知", signed="2022-03")
    files = make_files({"a": []}, {"a": facts})
    assert json.loads(files["notices"])["notices"] == [
        {"id": "a", "address": "notices/a/", "title": "通知", "institutions": ["某大学"], "number": "校〔2022〕1号",
         "genre": "通知", "date": "2022-03", "dated": "signed", "label": "2022年3月"}
    ]  # fmt: skip


def test_a_notice_without_facts_has_none_in_its_record(make_files: Run) -> None:
    (record,) = json.loads(make_files({"a": ["正文"]})["notices"])["notices"]
    assert [record[key] for key in ("title", "institutions", "number", "genre", "date", "label")] == [
        None, [], None, None, None, None,
    ]  # fmt: skip


def test_a_mask_leaves_no_term(make_files: Run) -> None:
    assert terms_of(make_files({"a": ["□□□□"]}, {"a": Facts(title="□□□□")})) == []


# --- loading --------------------------------------------------------------------------------------------------------


def test_an_empty_collection_has_an_index_that_finds_nothing(run_lunr: Run, make_files: Run) -> None:
    answers = run_lunr("search", files=make_files({}), pages={}, queries=["疫情", "站", "a", ""])
    assert [answer["found"] for answer in answers] == [[], [], [], []]


def test_a_good_index_is_loaded_at_once(run_lunr: Run, make_files: Run) -> None:
    answer = run_lunr("load", answers={"cached": make_files({"a": ["疫情"]}), "fresh": {}})
    assert answer == {"outcome": "loaded", "asked": ["folding", "index", "notices"]}


def test_files_of_two_builds_are_fetched_once_more_past_the_caches(run_lunr: Run, make_files: Run) -> None:
    old, new = make_files({"a": ["疫情"]}), make_files({"a": ["防控"]})
    answer = run_lunr("load", answers={"cached": {**new, "index": old["index"]}, "fresh": new})
    assert answer["outcome"] == "loaded"
    assert answer["asked"][3:] == ["folding fresh", "index fresh", "notices fresh"]


def test_a_format_the_script_does_not_know_is_told(run_lunr: Run, make_files: Run) -> None:
    files = {name: data.replace(f'"format":{FORMAT}', '"format":99') for name, data in make_files({"a": []}).items()}
    assert run_lunr("load", answers={"cached": files, "fresh": files})["outcome"] == "version"


def test_a_missing_file_is_told(run_lunr: Run, make_files: Run) -> None:
    files = make_files({"a": []})
    del files["notices"]
    assert run_lunr("load", answers={"cached": files, "fresh": files})["outcome"] == "unreachable"


# --- the same in both languages -------------------------------------------------------------------------------------

LINES = st.lists(st.text("疫情防控战斗堡垒12a ，〔〕𠀀﨎", max_size=12), max_size=4)
COLLECTIONS = st.dictionaries(st.sampled_from("abcdefg"), LINES, min_size=1)


def test_lunr_js_scores_and_orders_as_lunr_py(run_lunr: Run, make_files: Run) -> None:
    cases: list[dict[str, Any]] = []

    @settings(max_examples=60, deadline=None)
    @given(COLLECTIONS, st.randoms(use_true_random=False))
    def collect(texts: dict[str, list[str]], random: Any) -> None:
        files = make_files(texts, dict.fromkeys(texts, Facts(title="疫情12")))
        terms = terms_of(files)
        groups = [
            [random.sample(terms, min(len(terms), size)) for size in sizes] for sizes in ([1], [1, 1], [3], [2, 1])
        ]
        cases.append({"serialised": files["index"], "groups": groups})

    collect()
    answers = run_lunr("lunr", cases=cases)
    for case, found in zip(cases, answers, strict=True):
        for groups, candidates in zip(case["groups"], found, strict=True):
            assert_same(ask_python(case["serialised"], groups), {one["id"]: one["score"] for one in candidates})


def ask_python(serialised: str, groups: list[list[str]]) -> dict[str, float]:
    """Ask lunr.py what `askLunr` of index.js asks lunr.js."""
    data = json.loads(serialised)
    data["invertedIndex"].sort(key=lambda entry: entry[0])  # lunr.py wants the order of code points
    index = Index.load(data)
    query = index.create_query()
    for group in groups:
        for term in group:
            query.term(term, presence=QueryPresence.OPTIONAL if len(group) > 1 else QueryPresence.REQUIRED)
    return {
        match["ref"]: match["score"]
        for match in index.query(query)
        if all(any(term in match["match_data"].metadata for term in group) for group in groups)
    }


def assert_same(here: dict[str, float], there: dict[str, float]) -> None:
    assert here.keys() == there.keys()
    assert all(math.isclose(here[name], there[name], abs_tol=1e-6) for name in here)


def test_no_term_is_lost_among_many_numbers(run_lunr: Run, make_files: Run) -> None:
    # Left to itself, lunr.js takes two nodes of the tree of these terms for one another.
    numbers = [str(number * number * 2937 % 9_973) for number in range(1000)]
    files = make_files({"a": [" ".join(numbers)]})
    terms = terms_of(files)
    (found,) = run_lunr("lunr", cases=[{"serialised": files["index"], "groups": [[[term]] for term in terms]}])
    assert [term for term, candidates in zip(terms, found, strict=True) if not candidates] == []


# --- against a plain scan -------------------------------------------------------------------------------------------


def test_search_finds_exactly_the_notices_that_hold_the_phrase(run_lunr: Run, make_files: Run) -> None:
    cases: list[tuple[dict[str, list[str]], list[str]]] = []

    @settings(max_examples=40, deadline=None)
    @given(COLLECTIONS, st.lists(st.text("疫情防控战斗堡垒12a𠀀﨎", min_size=1, max_size=4), min_size=1, max_size=6))
    def collect(texts: dict[str, list[str]], queries: list[str]) -> None:
        cases.append((texts, queries))

    collect()
    collections = [
        {"files": make_files(texts), "pages": {name: page(lines) for name, lines in texts.items()}, "queries": queries}
        for texts, queries in cases
    ]
    answers = run_lunr("searchMany", collections=collections)
    for (texts, queries), found in zip(cases, answers, strict=True):
        for typed, answer in zip(queries, found, strict=True):
            assert {one["id"] for one in answer["found"]} == {name for name in texts if scan(typed, texts[name])}


def page(lines: list[str]) -> list[Any]:
    return ["ARTICLE", *(["P", line] for line in lines)]


def scan(typed: str, lines: list[str]) -> bool:
    """Look for a phrase without punctuation the slow way, brackets passed over where the kind of character changes."""
    return any(begins(typed, bare(line), start) for line in lines for start in range(len(line)))


def bare(line: str) -> str:
    """Fold by hand what the lines above can hold, white space between two words apart."""
    kept = "".join(character for at, character in enumerate(line) if character != " " or between_words(line, at))
    return kept.replace("〔", "(").replace("〕", ")")


def between_words(line: str, at: int) -> bool:
    before, after = line[:at].rstrip(" ")[-1:], line[at:].lstrip(" ")[:1]
    return line[at - 1 : at] != " " and all(map(is_word, (before, after)))


def is_word(character: str) -> bool:
    return bool(tokens(character)) and not is_han(character)


def begins(typed: str, line: str, start: int) -> bool:
    at = start
    for place, character in enumerate(typed):
        if place and is_han(character) != is_han(typed[place - 1]):
            at += len(line[at:]) - len(line[at:].lstrip("()"))
        if line[at : at + 1] != character:
            return False
        at += 1
    return True
