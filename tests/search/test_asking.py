"""A query asked in Python finds what a plain scan finds, scored as by the full index of lunr, as in the browser."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.index import Index

from sitegen.model import Facts
from sitegen.search.asking import find, in_order, search
from sitegen.search.loose import Names, is_near, loosen
from sitegen.search.narrowing import Filters, read_facets
from sitegen.search.query import Phrase, demands_of, parse_query, pattern_of
from sitegen.search.site_files import SearchFiles
from sitegen.search.terms import open_terms
from sitegen.text import fold

Run = Callable[..., Any]
Files = dict[str, bytes]
Texts = Mapping[str, Sequence[str]]

FORMS = ("packed", "plain")


def opened(files: Files) -> SearchFiles:
    def read(name: str) -> bytes:
        try:
            return files[name]
        except KeyError:
            raise FileNotFoundError(2, "No such file or directory") from None

    return SearchFiles(read)


def ids(files: SearchFiles, numbers: Sequence[int]) -> list[str]:
    return [record["id"] for record in files.records(numbers)]


def found(files: Files, typed: str, **how: bool) -> list[str]:
    index = opened(files)
    finding = find(index, typed, **how)
    return ids(index, in_order(index, finding.scores))


# --- what is typed --------------------------------------------------------------------------------------------------

FIXTURE = json.loads((Path(__file__).parents[1] / "fixtures" / "queries.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", FIXTURE, ids=lambda case: case["case"])
def test_a_query_is_read_as_the_fixture_says(case: dict[str, Any]) -> None:
    query = parse_query(case["typed"])
    assert [written(phrase) for phrase in query.phrases] == case["phrases"]
    assert [written(phrase) for phrase in query.excluded] == case["excluded"]
    assert (query.problem, query.is_cut) == (case["problem"], case.get("isCut", False))
    assert [f"{demand.kind} {demand.text}" for demand in demands_of(query.phrases)] == case["demands"]


def written(phrase: Phrase) -> str:
    return f'"{phrase.folded}"' if phrase.is_exact else phrase.folded


@settings(deadline=None)
@given(st.text(max_size=400))
def test_whatever_is_typed_is_read(typed: str) -> None:
    query = parse_query(typed)
    assert (query.problem == "") is bool(query.phrases)
    for phrase in (*query.phrases, *query.excluded):
        pattern_of(phrase)


# --- what is found --------------------------------------------------------------------------------------------------

LINES = st.lists(st.text("疫情防控12a ，（〕𠀀﨎", max_size=14), max_size=4)
COLLECTIONS = st.dictionaries(st.sampled_from([f"n{letter}" for letter in "abcdefgh"]), LINES, min_size=1)
TYPED = st.text('疫情防控12a （，𠀀 -"', min_size=1, max_size=8)


def spaced_pattern(phrase: Phrase) -> re.Pattern[str]:
    """Match a phrase where a space of the text may be left out of a word."""
    return re.compile(re.sub("(?<=[0-9a-zѣ])(?=[0-9a-zѣ])", " ?", pattern_of(phrase).pattern))


def scanned(texts: Texts, typed: str) -> set[str]:
    """Find what holds a query by reading every line."""
    query = parse_query(typed)
    phrases, excluded = ([spaced_pattern(phrase) for phrase in some] for some in (query.phrases, query.excluded))
    folded = {name: "\n".join(map(fold, lines)) for name, lines in texts.items()}
    return {
        name
        for name, text in folded.items()
        if phrases and all(p.search(text) for p in phrases) and not any(p.search(text) for p in excluded)
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_query_finds_what_a_plain_scan_finds(make_files: Run, form: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(COLLECTIONS, st.lists(TYPED, min_size=1, max_size=4))
    def law(texts: dict[str, list[str]], queries: list[str]) -> None:
        files = make_files(texts, form=form)
        for typed in queries:
            finding = find(opened(files), typed)
            if finding.loose is None:
                assert set(ids(opened(files), list(finding.scores))) == scanned(texts, typed), typed

    law()


def test_scores_are_those_of_the_full_index_of_lunr_in_both_forms(make_files: Run) -> None:
    @settings(max_examples=40, deadline=None)
    @given(COLLECTIONS, st.lists(TYPED, min_size=1, max_size=4))
    def law(texts: dict[str, list[str]], queries: list[str]) -> None:
        facts = {name: Facts(title="疫情12防", institutions=("控情",)) for name in list(texts)[::2]}
        packed, plain = (make_files(texts, facts, form) for form in FORMS)
        for typed in queries:
            scores = {form: scores_of(files, typed) for form, files in zip(FORMS, (packed, plain), strict=True)}
            full = full_scores(plain, typed)
            for some in scores.values():
                assert some == pytest.approx({name: full[name] for name in some}, abs=1e-9)
            assert scores["packed"].keys() == scores["plain"].keys()

    law()


def scores_of(files: Files, typed: str) -> dict[str, float]:
    index = opened(files)
    scores = find(index, typed).scores
    return dict(zip(ids(index, list(scores)), scores.values(), strict=True))


def full_scores(plain: Files, typed: str) -> dict[str, float]:
    """Ask the whole index, loaded by lunr.py itself, for the terms of a query."""
    index = opened(plain)
    groups = [open_terms(index).meeting(demand) for demand in demands_of(find(index, typed).phrases())]
    serialised = dict(index.json("lunr"))
    serialised["invertedIndex"] = sorted(serialised["invertedIndex"])  # lunr.py wants the order of code points
    whole = Index.load(serialised)
    query = whole.create_query()
    for term, times in Counter(term for group in groups for term in group).items():
        query.term(term, boost=times)
    return {result["ref"]: result["score"] for result in whole.query(query)} if query.clauses else {}


def test_results_of_one_score_come_newest_first_undated_last_then_by_id(make_files: Run) -> None:
    dates = {"na": None, "nb": "2020-01", "nc": "2021", "nd": "2020-01", "ne": None}
    files = make_files({name: ["疫情"] for name in dates}, {name: Facts(signed=date) for name, date in dates.items()})
    assert found(files, "疫情") == ["nc", "nb", "nd", "na", "ne"]


def test_by_date_the_score_does_not_count(make_files: Run) -> None:
    facts = {"na": Facts(title="疫情", signed="2019"), "nb": Facts(signed="2020")}
    files = opened(make_files({"na": ["疫情"], "nb": ["疫情"]}, facts))
    scores = find(files, "疫情").scores
    assert ids(files, in_order(files, scores)) == ["na", "nb"]
    assert ids(files, in_order(files, scores, by_date=True)) == ["nb", "na"]


def test_an_institution_is_no_line_of_the_article(make_files: Run) -> None:
    facts = {"na": Facts(institutions=("示例大学",)), "nb": Facts(institutions=("示例大学",))}
    assert found(make_files({"na": ["示例大学"], "nb": ["正文"]}, facts), "示例大学") == ["na"]


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_collection_has_an_index_that_finds_nothing(make_files: Run, form: str) -> None:
    files = make_files({}, form=form)
    for typed in ("疫情", "疫情防控", "站", "a", "shanghai", '"，情"'):
        assert found(files, typed) == []


HOSTILE = [
    "疫" * 10_000, "x" * 10_000, '"' * 9_999, "-" * 5_000, " " * 10_000, "a " * 5_000, "()" * 5_000, "a，" * 5_000,
    "title:通知", "+a -b *c ~2 ^10 \\", "a*a*a*a*b", "关于:通知", "(a+)+$", "[", "(?<x>", "\\u{110000}", "(?P<",
    "\ud840", "\udc00疫\ud840情", "<img src=x onerror=alert(1)>", "constructor", "__proto__", "😀" * 200, "\u202e倒",
    "\x00\x01", "疫\u0301" * 400, "ﷺ" * 300, "1\n2", "%s%n", "../../etc", "{0}",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_hostile_queries_find_what_a_plain_scan_finds(make_files: Run, form: str) -> None:
    texts = {"na": ["疫情防控，a*a+b title:通知"], "nb": ["(a+)+$ 关于:通知 1 2", "疫" * 400], "nc": ["constructor"]}
    files = make_files(texts, form=form)
    for typed in HOSTILE:
        assert set(found(files, typed)) == scanned(texts, typed), typed[:20]


# --- the same as in the browser -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def collections() -> list[dict[str, Any]]:
    """Give collections with facts, and states to search them with."""
    chance = random.Random(5)
    made = []
    for _ in range(30):
        names = [f"n{number:02}" for number in range(chance.randint(1, 14))]
        texts = {name: [piece(chance, 14) for _ in range(chance.randint(0, 5))] for name in names}
        facts = {name: some_facts(chance) for name in names}
        made.append({"texts": texts, "facts": facts, "states": [some_state(chance) for _ in range(25)]})
    return made


def piece(chance: random.Random, longest: int) -> str:
    return "".join(chance.choice("疫情防控大学12aѣ ，（〕") for _ in range(chance.randint(1, longest)))


def some_facts(chance: random.Random) -> Facts:
    def some(*values: Any) -> Any:
        return chance.choice([None, *values])

    return Facts(
        title=some("疫情防控12", "上海电机学院通知", "关于疫情的函", "covid 防控"),
        institutions=chance.choice([(), ("上海大学",), ("上海大学", "控疫大学"), ("防控学院",)]),
        document_number=some("疫〔2020〕1号", "疫〔2020〕12号"),
        genre=some("通知", "函"),
        addressee=some("各疫情防控单位"),
        signed=some("2020", "2020-02", "2020-02-04", "2021-12-31", "2020-02-04/2020-03"),
    )


def some_state(chance: random.Random) -> dict[str, Any]:
    typed = [piece(chance, 5), f'"{piece(chance, 4)}"', "疫", "1", "dianji", "shdx", "tonzhi", "covit", "shanghai 防控"]
    state: dict[str, Any] = {"q": chance.choice(typed) + chance.choice(["", "", " 疫", " -情", ' -"，"'])}
    filters: dict[str, list[Any]] = {
        "institution": ["shanghaidaxue", "fangkongxueyuan"], "genre": ["通知", "函"], "year": ["2020", "1999"],
        "from": ["2020", "2020-02-05"], "to": ["2020-02", "2021-12-31"], "sort": ["date"], "loose": [True],
    }  # fmt: skip
    chosen = chance.sample(list(filters), chance.choice([0, 0, 1, 2]))
    return state | {key: chance.choice(filters[key]) for key in chosen}


@pytest.mark.parametrize("form", FORMS)
def test_the_list_is_that_of_the_browser(
    run_lunr: Run, make_site: Run, collections: list[dict[str, Any]], form: str
) -> None:
    sites = [make_site(one["texts"], one["facts"], form) for one in collections]
    answers = run_lunr(
        "searchMany",
        collections=[site | {"states": one["states"]} for site, one in zip(sites, collections, strict=True)],
    )
    for site, one, told in zip(sites, collections, answers, strict=True):
        for state, messages in zip(one["states"], told, strict=True):
            assert here(site["files"], state) == there(messages), state


def here(files: Files, state: dict[str, Any]) -> Any:
    """Search from the terminal."""
    index = opened(files)
    keys = {"institution": "institution", "genre": "genre", "year": "year", "from": "first", "to": "last"}
    filters = Filters(**{name: state.get(key) for key, name in keys.items()})
    how = {"by_date": state.get("sort") == "date", "is_loose": state.get("loose", False)}
    results = search(index, read_facets(index), state["q"], filters, **how).as_plain(state["q"])
    if parse_query(state["q"]).problem:
        return parse_query(state["q"]).problem
    names = [result["id"] for result in results["results"]]  # type: ignore[attr-defined]
    return names, results["count"], results["loose"], results["facets"]


def there(messages: list[dict[str, Any]]) -> Any:
    """Read what the browser's session tells of the same search."""
    names: list[str] = []
    exact: dict[str, Any] = {}
    for message in messages:
        if message["type"] in ("problem", "failed"):
            return message.get("problem", message)
        if message["type"] == "candidates":  # of a loose search, if there was one, after the first
            names = []
        if message["type"] == "results":
            names += [entry["record"]["id"] for entry in message["entries"]]
        if message["type"] == "exact":
            exact = message
    return names, exact["count"], exact["loose"], exact["facets"]


def test_scores_are_those_of_the_browser(run_lunr: Run, make_files: Run, collections: list[dict[str, Any]]) -> None:
    for form in FORMS:
        cases, findings = [], []
        for one in collections[:10]:
            files = make_files(one["texts"], one["facts"], form)
            asked = [state["q"] for state in one["states"] if not parse_query(state["q"]).problem]
            cases.append({"files": files, "needs": [need_of(files, typed) for typed in asked]})
            findings += [find(opened(files), typed) for typed in asked]
        answers = [dict(answer) for case in run_lunr("candidates", collections=cases) for answer in case]
        for finding, scores in zip(findings, answers, strict=True):
            if finding.loose is None:
                assert finding.scores == pytest.approx({number: scores[number] for number in finding.scores}, abs=1e-6)


def need_of(files: Files, typed: str) -> dict[str, Any]:
    """Say, as `candidates.js` wants it, which terms a query needs."""
    finding = find(opened(files), typed)
    demands = demands_of(finding.phrases())
    terms = open_terms(opened(files))
    wanted = [
        [[demands.index(demand) for demand in demands_of([phrase])] for phrase in phrases] for phrases in finding.wanted
    ]
    return {"groups": [terms.meeting(demand) for demand in demands], "wanted": wanted}


# --- what Latin words stand for -------------------------------------------------------------------------------------

NAMES = Names(
    ["上海电机学院", "商海大学", "关于上海电机学院疫情的通知", "关于东京疫情的通知", "示例学院重庆校区"],
    2,
    {
        "上": ["shang"], "海": ["hai"], "商": ["shang"], "电": ["dian"], "机": ["ji"], "学": ["xue"], "院": ["yuan"],
        "大": ["da", "dai"], "东": ["dong"], "京": ["jing"], "重": ["chong", "zhong"], "庆": ["qing"], "通": ["tong"],
        "知": ["zhi"],
    },
)  # fmt: skip
WORDS = ["covid", "covis", "ovid", "cvoid", "covids", "video", "abc", "abd", "covid19"]
LOOSENED: dict[str, list[list[str]]] = {
    "shanghai": [["shanghai", "上海", "商海"]],
    "shanghaidianji": [["shanghaidianji", "上海电机"]],
    "shdj": [["shdj", "上海电机"]],
    "sh": [["sh"]],
    "dian": [["dian"]],
    "zhongqing": [["zhongqing", "重庆"]],
    "chongqing": [["chongqing", "重庆"]],
    "shanghi": [["shanghi", "上海", "商海"]],
    "tongzh": [["tongzh", "通知"]],
    "dongjin": [["dongjin", "东京"]],
    "covid": [["covid", "covids", "covis", "cvoid", "ovid"]],
    "covix": [["covix", "covid", "covis"]],
    "abc": [["abc"]],
    "covdi19": [["covdi19", "covid19"]],
    "2020": [["2020"]],
    "dong'jing": [["dong'jing", "东京"]],
    "x": [["x"]],
    '"shanghai"': [["shanghai"]],
    "tong zhi": [["tong zhi", "通知"]],
    "shang hai dian ji": [["shang hai dian ji", "上海电机"]],
    "shanghai dian ji": [["shanghai", "上海", "商海"], ["dian ji", "电机"]],
    "tong 关于 zhi": [["tong"], ["关于"], ["zhi"]],
    "tong zhi x": [["tong zhi", "通知"], ["x"]],
    "dong jing x dongjing shanghai": [["dong jing", "东京"], ["x"], ["dongjing", "东京"], ["shanghai"]],
}


def test_latin_words_stand_for_names_by_their_pinyin_and_for_near_words() -> None:
    loosened = {
        typed: [
            [phrase.folded for phrase in alternatives]
            for alternatives in loosen(parse_query(typed).phrases, NAMES, WORDS)
        ]
        for typed in LOOSENED
    }
    assert loosened == LOOSENED


def told(names: Names) -> dict[str, Any]:
    return {"names": names.names, "institutions": names.institutions, "readings": names.readings}


def test_the_browser_gives_latin_words_the_same_meanings(run_node: Run, tables: dict[str, str]) -> None:
    answers = run_node("loosen", **tables, cases=list(LOOSENED), names=told(NAMES), words=WORDS)
    assert dict(zip(LOOSENED, (answer["loosened"] for answer in answers), strict=True)) == LOOSENED


SYLLABLES = sorted({reading for readings in NAMES.readings.values() for reading in readings})


def test_the_browser_loosens_whatever_is_typed_as_python_does(run_node: Run, tables: dict[str, str]) -> None:
    chance = random.Random(3)
    parts = [*SYLLABLES, "x", "'", "1", "sh", "dj", "ai"]
    cases = [
        " ".join("".join(chance.choices(parts, k=chance.choice([1, 1, 2, 3]))) for _ in range(chance.randint(1, 6)))
        for _ in range(300)
    ]
    answers = run_node("loosen", **tables, cases=cases, names=told(NAMES), words=WORDS)
    for typed, answer in zip(cases, answers, strict=True):
        here = loosen(parse_query(typed).phrases, NAMES, WORDS)
        assert answer["loosened"] == [[phrase.folded for phrase in alternatives] for alternatives in here], typed


def test_twenty_words_that_stand_nowhere_stand_for_the_same_in_both_languages(
    run_node: Run, tables: dict[str, str]
) -> None:
    chance = random.Random(4)
    characters = list(NAMES.readings)
    titles = ["".join(chance.choices(characters, k=20)) for _ in range(2_000)]
    names = Names(titles, 100, NAMES.readings)
    words = [f"word{number}" for number in range(2_000)]
    typed = " ".join(f"shangdongx{letter}q" for letter in "abcdefghijklmnopqrst")
    here = loosen(parse_query(typed).phrases, names, words)
    (there,) = run_node("loosen", **tables, cases=[typed], names=told(names), words=words)
    assert there["loosened"] == [[phrase.folded for phrase in alternatives] for alternatives in here]


NEAR = st.text("abc", max_size=6)


@settings(deadline=None)
@given(NEAR, NEAR)
def test_near_words_are_those_one_change_away(one: str, other: str) -> None:
    cuts = range(len(one) + 1)
    changed = {
        one,
        *(one[:at] + one[at + 1 :] for at in cuts),
        *(one[:at] + letter + one[at:] for at in cuts for letter in "abc"),
        *(one[:at] + letter + one[at + 1 :] for at in cuts for letter in "abc"),
        *(one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :] for at in cuts),
    }
    assert is_near(one, other) is (other in changed)


def test_words_that_nothing_holds_are_loosened_and_others_only_if_asked(make_files: Run) -> None:
    files = make_files({"na": ["上海的通知"], "nb": ["shanghai"]}, {"na": Facts(institutions=("上海大学",))})
    assert found(files, "shanghai") == ["nb"]
    assert found(files, "shanghai", is_loose=True) == ["nb", "na"]
    assert found(files, "shanghai 通知") == ["na"]
    assert find(opened(files), "shanghai 通知").loose == ("上海",)
    assert find(opened(files), "shanghai 通").loose == ("上海",)
    assert find(opened(files), "nichts").loose is None
