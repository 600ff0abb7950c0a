"""A reader's searches: what is told and when, exactly what a plain scan finds, whatever happens to the site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Facts
from sitegen.search.query import Phrase, elements_of, parse_query, pattern_of
from sitegen.text import fold

Run = Callable[..., Any]
Site = dict[str, Any]


def ids(answer: Mapping[str, Any]) -> list[str]:
    return [entry["record"]["id"] for entry in answer["results"]]


def types(log: Sequence[str]) -> list[str]:
    return [line.removeprefix("told ") for line in log if line.startswith("told ")]


def follow(run_node: Run, sites: Sequence[Site], *steps: Any, **more: Any) -> tuple[list[str], list[dict[str, Any]]]:
    done = run_node("follow", sites=list(sites), steps=list(steps), **more)
    return done["log"], done["told"]


# --- exact ----------------------------------------------------------------------------------------------------------

LINES = st.lists(st.text("疫情防控情𠀀﨎战12ab ，。〔〕()“”、", max_size=14), max_size=4)
COLLECTIONS = st.dictionaries(st.sampled_from("abcdefg"), LINES, min_size=1)

FEW = "疫情𠀀﨎1a ，〔“"
"""Few characters, so that the same ones meet again and again with others beside them."""


def dense_collection(random: Random) -> dict[str, list[str]]:
    return {name: [dense_line(random) for _ in range(random.randrange(5))] for name in "abcdef"}


def dense_line(random: Random) -> str:
    return "".join(random.choices(FEW, [6, 6, 3, 1, 2, 1, 1, 2, 1, 1], k=random.randrange(24)))


def cut_phrases(random: Random, texts: Mapping[str, Sequence[str]], count: int) -> list[Phrase]:
    """Cut phrases from the lines, and from lines that are not there."""
    lines = [fold(line) for of_notice in texts.values() for line in [*of_notice, dense_line(random)]]
    cut = []
    for line in random.choices(lines, k=count):
        start, length = random.randrange(len(line) + 1), random.randint(1, 7)
        cut.append(Phrase(fold(line[start : start + length]), random.random() < 0.6))
    return [phrase for phrase in cut if elements_of(phrase).bases]


def test_contexts_tell_exactly_which_notices_hold_a_phrase(run_node: Run, make_files: Run) -> None:
    cases: list[tuple[dict[str, list[str]], list[Phrase]]] = []

    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 2**32))
    def collect(seed: int) -> None:
        random = Random(seed)
        texts = dense_collection(random)
        cases.append((texts, cut_phrases(random, texts, 100)))

    collect()
    answers = run_node("holders", collections=[
        {"files": make_files(texts), "phrases": [{"folded": one.folded, "isExact": one.is_exact} for one in wanted]}
        for texts, wanted in cases
    ])  # fmt: skip
    for (texts, wanted), found in zip(cases, answers, strict=True):
        for phrase, numbers in zip(wanted, found, strict=True):
            assert numbers == scan(texts, pattern_of(phrase)), (texts, phrase)


def test_both_forms_of_the_index_give_the_same_scores(run_lunr: Run, make_files: Run) -> None:
    texts: list[dict[str, list[str]]] = []
    settings(max_examples=30, deadline=None)(given(COLLECTIONS)(lambda one: texts.append({"a": [], "b": [], **one})))()
    facts = {"a": Facts("疫情12", ("情防大学",), "战〔12〕号"), "b": Facts("防控防控")}
    need = {"groups": [["疫情"], ["防控", "12", "防"], ["情防", "没有"]], "wanted": [[[0, 1]], [[1], [2]]]}
    loose = {"groups": [["疫情"], ["没有"], ["12", "战", "疫情"]], "wanted": [[[0], [1], [2]]]}
    found = [
        run_lunr("candidates", collections=[
            {"files": make_files(one, facts, form), "needs": [need, loose]} for one in texts
        ])
        for form in ("packed", "plain")
    ]  # fmt: skip
    for packed, plain in zip(*found, strict=True):
        for one, other in zip(packed, plain, strict=True):
            assert dict(one) == pytest.approx(dict(other), abs=1e-6)


def scan(texts: Mapping[str, Sequence[str]], pattern: re.Pattern[str]) -> list[int]:
    """Find the notices that hold a pattern the slow way; their numbers are in the order of their ids."""
    return [at for at, name in enumerate(sorted(texts)) if any(pattern.search(fold(line)) for line in texts[name])]


def spaced_pattern(phrase: Phrase) -> re.Pattern[str]:
    """Match a phrase where a space of the text may be left out of a word."""
    return re.compile(re.sub("(?<=[0-9a-z])(?=[0-9a-z])", " ?", pattern_of(phrase).pattern))


def test_a_search_finds_and_counts_what_a_plain_scan_does(run_lunr: Run, make_site: Run) -> None:
    cases: list[tuple[dict[str, list[str]], list[str]]] = []
    word = st.text("疫情防控战12ab，〔〕𠀀﨎", min_size=1, max_size=6)
    query = st.lists(st.tuples(st.sampled_from(["", "", "", "-"]), word), min_size=1, max_size=3)

    @settings(max_examples=30, deadline=None)
    @given(COLLECTIONS, st.lists(query, min_size=1, max_size=6))
    def collect(texts: dict[str, list[str]], queries: list[list[tuple[str, str]]]) -> None:
        typed = [" ".join(sign + one for sign, one in words) for words in queries]
        cases.append((texts, [one for one in typed if not parse_query(one).problem]))

    collect()
    for form in ("packed", "plain"):
        collections = [{**make_site(texts, form=form), "states": queries} for texts, queries in cases]
        answers = run_lunr("searchMany", collections=collections)
        for (texts, queries), told in zip(cases, answers, strict=True):
            for typed, messages in zip(queries, told, strict=True):
                assert_scanned(texts, typed, messages)


def assert_scanned(texts: Mapping[str, Sequence[str]], typed: str, messages: Sequence[Mapping[str, Any]]) -> None:
    exact = messages[-1] if messages[-1]["type"] == "exact" else messages[-2]
    if exact["loose"]:
        return
    query = parse_query(typed)
    held = set(range(len(texts)))
    for phrase in query.phrases:
        held &= set(scan(texts, spaced_pattern(phrase)))
    for phrase in query.excluded:
        held -= set(scan(texts, spaced_pattern(phrase)))
    shown = [entry["record"]["id"] for one in messages if one["type"] == "results" for entry in one["entries"]]
    assert sorted(shown) == [name for at, name in enumerate(sorted(texts)) if at in held], (texts, typed)
    assert exact["count"] == len(held), (texts, typed)


# --- in which order -------------------------------------------------------------------------------------------------

MANY = {f"n{number:02}": ["疫情防控工作", f"第{number}号"] for number in range(25)}
"""More notices than are judged before contexts are asked."""


def test_first_results_are_told_before_contexts_and_facets_are_read(run_node: Run, make_site: Run) -> None:
    log, _ = follow(run_node, [make_site(MANY)], {"run": "疫情防控工作"})
    told = log.index("told results")
    assert types(log) == ["candidates", "results", "results", "exact"]
    assert [line for line in log[:told] if line.startswith(("contexts", "facets"))] == []
    assert [line for line in log[told:] if line.startswith(("contexts", "facets"))] != []


def test_three_results_are_told_ahead_of_ten_and_ten_more_are_read_for_the_next(run_node: Run, make_site: Run) -> None:
    log, told = follow(run_node, [make_site(MANY)], {"run": "疫情防控"}, {"more": True}, {"more": True}, {"more": True})
    results = [message for message in told if message["type"] == "results"]
    assert [(len(one["entries"]), one["shown"], one["isMore"]) for one in results] == [
        (3, 3, False), (7, 10, True), (10, 20, True), (5, 25, False), (0, 25, False),
    ]  # fmt: skip
    _, first, more = [at for at, line in enumerate(log) if line == "told results"][:3]
    pages = [at for at, line in enumerate(log) if line.startswith("notices/")]
    assert [sum(at < first for at in pages), sum(first < at < more for at in pages), len(pages)] == [10, 10, 25]


def test_where_pairs_stand_but_not_the_phrase_contexts_are_asked_after_twenty_pages(
    run_node: Run, make_site: Run
) -> None:
    texts = {f"n{number:02}": ["疫情，情防，防控"] for number in range(60)} | {"z": ["疫情防控" + "，别的字句" * 99]}
    log, told = follow(run_node, [make_site(texts)], {"run": "疫情防控"})
    assert [entry["record"]["id"] for entry in told[1]["entries"]] == ["z"]
    assert len([line for line in log if line.startswith("notices/")]) < 40
    assert told[-1]["count"] == 1


def test_nothing_is_read_twice(run_node: Run, make_site: Run) -> None:
    log, _ = follow(run_node, [make_site(MANY)], {"run": "疫情防控"}, {"run": "疫情防控"})
    read = [line for line in log if not line.startswith("told")]
    assert len(read) == len(set(read))


def test_a_newer_run_silences_an_older_one(run_node: Run, make_site: Run) -> None:
    _, told = follow(run_node, [make_site(MANY)], {"together": ["疫情", "防控", "工作"]})
    assert {message["q"] for message in told} == {"工作"}
    assert [message["type"] for message in told] == ["candidates", "results", "results", "exact"]


def test_all_of_few_candidates_are_exact_without_contexts(run_node: Run, make_site: Run) -> None:
    log, told = follow(run_node, [make_site({"a": ["疫情防控"], "b": ["疫情，情防，防控"]})], {"run": "疫情防控"})
    assert told[-1]["count"] == 1
    assert [line for line in log if line.startswith("contexts/")] == []


def test_later_forms_are_read_when_a_query_or_a_page_needs_them(run_node: Run, make_site: Run) -> None:
    def forms(text: str, query: str) -> int:
        log, _ = follow(run_node, [make_site({"a": [text]})], {"run": query})
        return len([line for line in log if line.startswith("forms")])

    assert [forms("战斗堡垒", "战斗"), forms("战斗堡垒", "戰鬥"), forms("戰鬥堡壘", "战斗")] == [0, 1, 1]


def test_a_query_that_cannot_be_run_says_why_and_nothing_more(run_node: Run, make_site: Run) -> None:
    steps = [{"run": typed} for typed in ("", "-函", "！？")]
    _, told = follow(run_node, [make_site({"a": ["疫情"]})], *steps)
    assert [(message["type"], message["problem"]) for message in told] == [
        ("problem", "empty"), ("problem", "exclusions"), ("problem", "unsearchable"),
    ]  # fmt: skip


# --- when the site changes ------------------------------------------------------------------------------------------


def test_a_search_begun_before_a_deploy_is_repeated_with_the_new_index(run_node: Run, make_site: Run) -> None:
    old, new = make_site({"a": ["疫情"]}), make_site({"a": ["别的"], "b": ["疫情"]})
    log, told = follow(run_node, [old, new], {"run": "没有"}, {"deploy": 1}, {"run": "疫情"})
    assert "index.json fresh" in log
    results = [message for message in told if message["type"] == "results"]
    assert [entry["record"]["id"] for entry in results[-1]["entries"]] == ["b"]
    assert "failed" not in types(log)


def test_a_directory_from_a_cache_is_read_anew_where_its_files_are_gone(run_node: Run, make_site: Run) -> None:
    old, new = make_site({"a": ["疫情"]}), make_site({"b": ["疫情防控"]})
    _, told = follow(run_node, [new], {"run": "疫情"}, cached={"index.json": old["files"]["index.json"]})
    assert [message["type"] for message in told] == ["candidates", "results", "exact"]
    assert told[1]["entries"][0]["record"]["id"] == "b"


@pytest.mark.parametrize("file", ["index", "folding", "lengths", "terms", "records", "facets", "words"])
def test_a_file_that_is_gone_for_good_is_told(run_node: Run, make_site: Run, file: str) -> None:
    site = make_site({"a": ["疫情", "2020"]})
    site["files"] = {name: data for name, data in site["files"].items() if not name.startswith(file)}
    log, told = follow(run_node, [site], {"run": "疫情 2"})
    assert told[-1] == {"type": "failed", "reason": "unreachable"}
    assert log.count("index.json fresh") <= 1


@pytest.mark.parametrize("file", ["index", "folding", "lengths", "terms", "contexts/", "records", "facets", "words"])
@pytest.mark.parametrize("data", [b"", b"SG", b"<html>", b"SGT\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff"])
def test_a_file_that_is_something_else_is_told(run_node: Run, make_site: Run, file: str, data: bytes) -> None:
    site = make_site(MANY)
    for name in site["files"]:
        if name.startswith(file):
            site["files"][name] = data
    _, told = follow(run_node, [site], {"run": "疫情防控 1"})
    assert told[-1]["type"] == "failed"
    assert told[-1]["reason"] in ("unreachable", "version")


def test_an_index_of_another_format_is_told_after_a_look_past_caches(run_node: Run, make_site: Run) -> None:
    site = make_site({"a": ["疫情"]})
    other = {**json.loads(site["files"]["index.json"]), "format": 99}
    site["files"]["index.json"] = json.dumps(other).encode()
    log, told = follow(run_node, [site], {"run": "疫情"})
    assert told == [{"type": "failed", "reason": "version"}]
    assert log[:2] == ["index.json", "index.json fresh"]


def test_more_results_after_a_deploy_are_those_of_the_new_site(run_node: Run, make_site: Run) -> None:
    old, new = make_site(MANY), make_site({name + "x": lines for name, lines in MANY.items()})
    steps = [{"run": "疫情防控"}, {"deploy": 1}, {"more": True}]
    _, told = follow(run_node, [old, new], *steps)
    results = [message for message in told if message["type"] == "results"]
    assert all(entry["record"]["id"].endswith("x") for entry in results[-1]["entries"])
    assert results[-1]["shown"] == 10


def test_a_notice_that_a_deploy_renamed_is_found_where_it_is_now(run_node: Run, make_site: Run) -> None:
    old = make_site({"a": ["疫情"], "b": ["疫情"]})
    new = make_site({"c": ["疫情"], "b": ["疫情"]})
    kept = {**new, "files": {**old["files"], **new["files"]}}  # as caches have it: all files, but not all pages
    _, told = follow(run_node, [old, kept], {"run": "没有"}, {"deploy": 1}, {"run": "疫情"})
    results = [message for message in told if message["type"] == "results"]
    assert {entry["record"]["id"] for entry in results[-1]["entries"]} == {"b", "c"}
    assert told[-1]["count"] == 2
    assert "unread" not in [message["type"] for message in told]


def test_a_page_that_comes_back_into_view_searches_the_site_that_is_there_now(run_node: Run, make_site: Run) -> None:
    old, new = make_site({"a": ["疫情"]}), make_site({"b": ["疫情"]})
    steps = [{"run": "疫情"}, {"deploy": 1}, {"refresh": True}, {"run": "疫情"}]
    _, told = follow(run_node, [old, new], *steps)
    results = [message for message in told if message["type"] == "results"]
    assert [entry["record"]["id"] for message in results for entry in message["entries"]] == ["a", "b"]


def test_a_page_is_asked_for_by_its_text_so_that_no_other_comes_from_a_cache(run_node: Run, make_site: Run) -> None:
    logs = [follow(run_node, [make_site({"a": lines})], {"run": "疫情"})[0] for lines in (["疫情"], ["疫情。"])]
    one, other = ([line for line in log if line.startswith("notices/a/?")] for log in logs)
    assert len(one) == len(other) == 1
    assert one != other


def test_pages_that_cannot_be_read_are_counted_and_asked_for_again(run_node: Run, make_site: Run) -> None:
    site = make_site({"a": ["疫情"], "b": ["疫情"]})
    log, told = follow(run_node, [site], {"dropPage": "a"}, {"run": "疫情"}, {"run": "疫情"})
    assert types(log) == ["candidates", "results", "unread", "exact"] * 2
    assert [message["count"] for message in told if message["type"] == "unread"] == [1, 1]
    assert [message["count"] for message in told if message["type"] == "exact"] == [2, 2]
    assert sum(line.startswith("notices/a/") for line in log) == 2


def test_where_no_page_can_be_read_the_search_gives_up_after_twenty(run_node: Run, make_site: Run) -> None:
    site = make_site(MANY)
    log, told = follow(run_node, [{**site, "pages": {}}], {"run": "疫情防控"})
    assert told[2] == {"type": "unread", "count": 20}
    assert len([line for line in log if line.startswith("notices/")]) < 40


# --- facets, order, chart -------------------------------------------------------------------------------------------

DATED = {
    "a": Facts("通知甲", ("甲大学",), genre="通知", signed="2020-02-03"),
    "b": Facts("通知乙", ("乙大学",), genre="通知", signed="2020-04"),
    "c": Facts("意见甲", ("甲大学",), genre="意见", signed="2021"),
    "d": Facts("意见乙", ("甲大学", "乙大学"), genre="意见"),
}
TEXTS = {name: ["疫情防控"] for name in DATED} | {"b": ["疫情防控", "学习"]}


def counts(values: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {value["name"]: value["count"] for value in values}


def test_facets_follow_the_query(search: Run) -> None:
    everything, one = search(TEXTS, "疫情", "学习", facts=DATED)
    assert counts(everything["exact"]["facets"]["institution"]) == {"甲大学": 3, "乙大学": 2}
    assert counts(everything["exact"]["facets"]["genre"]) == {"通知": 2, "意见": 2}
    assert counts(everything["exact"]["facets"]["year"]) == {"2021": 1, "2020": 2}
    assert counts(one["exact"]["facets"]["institution"]) == {"乙大学": 1}


def test_a_facet_is_counted_by_the_filters_of_the_others(search: Run) -> None:
    (answer,) = search(TEXTS, {"q": "疫情", "genre": "意见", "year": "2020"}, facts=DATED)
    assert ids(answer) == []
    assert answer["exact"]["count"] == 0
    assert counts(answer["exact"]["facets"]["genre"]) == {"通知": 2, "意见": 0}
    assert counts(answer["exact"]["facets"]["year"]) == {"2021": 1, "2020": 0}
    assert answer["exact"]["facets"]["institution"] == []


FILTERS: list[tuple[dict[str, str], list[str]]] = [
    ({"institution": "jiadaxue"}, ["c", "a", "d"]),
    ({"institution": "nobody"}, []),
    ({"genre": "通知"}, ["b", "a"]),
    ({"genre": "公报"}, []),
    ({"year": "2020"}, ["b", "a"]),
    ({"from": "2020-02-03", "to": "2020-02-03"}, ["a"]),
    ({"from": "2020-02-04"}, ["c", "b"]),
    ({"to": "2020"}, ["b", "a"]),
    ({"to": "2020-03"}, ["a"]),
    ({"from": "2021", "to": "2020"}, []),
]


def test_filters_leave_what_passes_them(search: Run) -> None:
    answers = search(TEXTS, *({"q": "疫情", "sort": "date", **chosen} for chosen, _ in FILTERS), facts=DATED)
    assert [(chosen, ids(answer)) for (chosen, _), answer in zip(FILTERS, answers, strict=True)] == FILTERS
    assert [answer["exact"]["count"] for answer in answers] == [len(names) for _, names in FILTERS]
    assert [answer["candidates"]["atMost"] for answer in answers] == [len(names) for _, names in FILTERS]


def test_the_chart_counts_months_and_apart_what_has_none(search: Run) -> None:
    (answer,) = search(TEXTS, {"q": "疫情", "compare": ["学习", "没有", "，"]}, facts=DATED)
    assert answer["exact"]["chart"] == {
        "months": [
            {"month": "2020-02", "stated": 1, "inferred": 0},
            {"month": "2020-03", "stated": 0, "inferred": 0},
            {"month": "2020-04", "stated": 1, "inferred": 0},
        ],
        "years": [{"year": "2021", "count": 1}],
        "undated": 1,
    }
    empty = {"months": [], "years": [], "undated": 0}
    assert [(one["phrase"], one["count"]) for one in answer["exact"]["compare"]] == [("学习", 1), ("没有", 0)]
    assert answer["exact"]["compare"][1]["chart"] == empty


MONTHS = {
    "year": "2020",
    "month": "2020-01",
    "day": "2020-01-15",
    "span": "2020-01/2020-03",
    "none": None,
    "later": "2020-02",
}


def test_a_span_of_days_holds_what_surely_lies_in_it_and_a_bar_leads_to_as_many_as_it_counts(search: Run) -> None:
    facts = {name: Facts(signed=date) for name, date in MONTHS.items()}
    spans = [
        ("2020-01", "2020-01"),
        ("2020", "2020"),
        ("2020-01-15", "2020-01-15"),
        ("2020-02", "2020-12"),
        ("", "2019"),
    ]
    states = [{"q": "疫情", "from": first, "to": last} for first, last in spans]
    whole, *found = search({name: ["疫情"] for name in MONTHS}, "疫情", *states, facts=facts)
    assert [sorted(ids(answer)) for answer in found] == [
        ["day", "month"], ["day", "later", "month", "span", "year"], ["day"], ["later"], [],
    ]  # fmt: skip
    january = whole["exact"]["chart"]["months"][0]
    assert (january["month"], january["stated"]) == ("2020-01", len(ids(found[0])))


# --- loose ----------------------------------------------------------------------------------------------------------

NAMED = {"a": Facts("上海电机学院关于战疫的通知", ("上海电机学院",)), "b": Facts("重庆大学公告", ("重庆大学",))}
LOOSE_TEXTS = {"a": ["covid防控", "上海电机学院"], "b": ["重庆大学", "corona"]}
LOOSE: dict[str, tuple[list[str], list[str] | None]] = {
    "shanghai": (["a"], ["上海"]),
    "shanghai dianji": (["a"], ["上海", "电机"]),
    "shang hai dian ji": (["a"], ["上海电机"]),
    "shang'hai": (["a"], ["上海"]),
    "shdj": (["a"], ["上海电机"]),
    "chongqing": (["b"], ["重庆"]),
    "shangahi": (["a"], ["上海"]),
    "covdi": (["a"], ["covid"]),
    "kovid": (["a"], ["covid"]),
    "covid": (["a"], None),
    '"shanghai"': ([], None),
    "sh": ([], None),
    "xyzxyz": ([], None),
}


def test_pinyin_initials_and_one_wrong_letter_find_what_the_words_do_not(search: Run) -> None:
    answers = search(LOOSE_TEXTS, *LOOSE, facts=NAMED)
    assert {
        typed: (ids(answer), answer["exact"]["loose"]) for typed, answer in zip(LOOSE, answers, strict=True)
    } == LOOSE


def test_a_reader_can_ask_for_more_than_the_word_typed(search: Run) -> None:
    texts = {"a": ["covid"], "b": ["covit"]}
    strict, loose = search(texts, "covid", {"q": "covid", "loose": True})
    assert [ids(strict), strict["exact"]["loose"], strict["exact"]["canLoosen"]] == [["a"], None, True]
    assert [sorted(ids(loose)), loose["exact"]["loose"], loose["exact"]["canLoosen"]] == [["a", "b"], ["covit"], False]


# --- hostile --------------------------------------------------------------------------------------------------------

HOSTILE = [
    "constructor", "__proto__", "toString", "*", "a*", "+疫情", "title:疫情", "疫情~2", "疫" * 10_000, "x" * 10_000,
    '"' * 9_999, "-" * 5_000, "a " * 5_000, "()" * 5_000, "疫(" * 150, "\ud840", "\udc00疫\ud840情", "[", "(a+)+$",
    "<img src=x onerror=alert(1)>", "😀" * 200, "\u202e倒", "\x00\x01", "疫\u0301" * 400, "ﷺ" * 300,
]  # fmt: skip


def test_hostile_queries_give_results_or_none(search: Run) -> None:
    compared = ({"q": "疫情", "compare": [typed]} for typed in HOSTILE)
    answers = search({"a": ["疫情", "constructor"]}, *HOSTILE, *compared)
    assert ["failed" in answer for answer in answers] == [False] * len(answers)
    assert all("problem" in answer or "exact" in answer for answer in answers)
    odd = {"q": "疫情", "institution": "__proto__", "genre": "constructor", "year": "x", "from": "y-z", "to": "-"}
    assert search({"a": ["疫情"]}, odd)[0]["exact"]["count"] == 0


def test_words_beyond_twenty_are_passed_over_and_it_is_told(search: Run) -> None:
    (answer,) = search({"a": ["疫情"]}, " ".join(["疫情"] * 20 + ["没有"]))
    assert ids(answer) == ["a"]
    assert answer["candidates"]["isCut"] is True
