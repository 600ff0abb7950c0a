"""The files of the index: what is in them, how they are named, what an edit changes; scores as lunr's own."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.index import Index
from lunr.query import QueryPresence

from sitegen.library import build_library
from sitegen.model import Block, Facts, Heading, Notice, OutputFile, Paragraph, Signature, Table
from sitegen.search import FORMAT, build_index, notice_lines, number_notices
from sitegen.search import Index as SearchIndex
from sitegen.search.lines import FIELDS
from sitegen.search.plain import field_tokens, plain_index
from sitegen.search.ranges import cut_ranges, digest, utf16_order
from sitegen.search.reading import read_range

Run = Callable[..., Any]
Files = dict[str, bytes]


def built(
    texts: Mapping[str, Sequence[str]], facts: Mapping[str, Facts] | None = None, form: str = "packed",
    added: Mapping[str, str] | None = None,
) -> Files:  # fmt: skip
    """Build the index of notices with these lines, by id; gives each file by its name below `search/`."""
    notices = [Notice(name, (facts or {}).get(name, Facts()), "", added=(added or {}).get(name)) for name in texts]
    blocks = {name: tuple(map(Paragraph, lines)) for name, lines in texts.items()}
    return named(index_of(notices, blocks, form).files)


def index_of(notices: Iterable[Notice], blocks: Mapping[str, tuple[Block, ...]], form: str) -> SearchIndex:
    library = build_library(notices)
    lines = [tuple(notice_lines(notice, blocks[notice.id])) for notice in number_notices(library.notices)]
    return build_index(library, lines, form)


def named(files: Iterable[OutputFile]) -> Files:
    return {file.path.removeprefix("search/"): file.data for file in files}


def directory(files: Files) -> Any:
    return json.loads(files["index.json"])


def document(files: Files, key: str) -> Any:
    return json.loads(files[directory(files)["files"][key]])


def lists_of(files: Files, kind: str) -> list[dict[str, bytes]]:
    folder = {"T": "terms/", "C": "contexts/"}[kind]
    return [read_range(files[name], kind) for name in files if name.startswith(folder) and name.endswith(".bin")]


def terms_of(files: Files, kind: str = "T") -> list[str]:
    return sorted((term for one in lists_of(files, kind) for term in one), key=utf16_order)


# --- what is in it --------------------------------------------------------------------------------------------------


def test_every_part_of_a_notice_is_indexed_in_its_field() -> None:
    facts = Facts(title="甲乙", institutions=("丙大学",), document_number="丁〔2020〕1号", addressee="戊己")
    blocks: tuple[Block, ...] = (
        Heading(2, "一、庚"), Paragraph("辛壬"), Table((("癸", "子"), ("丑", "寅"))), Signature(("卯", "2020年")),
    )  # fmt: skip
    assert field_tokens(notice_lines(Notice("x", facts, ""), blocks)) == {
        "title": ["甲乙", "乙"],
        "institution": ["丙大", "大学", "学"],
        "number": ["丁", "2020", "1", "号"],
        "headings": ["一", "庚"],
        "body": ["戊己", "己", "辛壬", "壬", "癸", "子", "丑", "寅", "卯", "2020", "年"],
    }


def test_the_lines_of_the_article_stand_in_its_order_and_the_institutions_after_them() -> None:
    facts = Facts(title="甲", institutions=("乙",), document_number="丙1号", addressee="丁")
    lines = list(notice_lines(Notice("x", facts, ""), [Paragraph("戊")]))
    assert [(FIELDS[field], line) for field, line in lines] == [
        ("title", "甲"), ("number", "丙1号"), ("body", "丁："), ("body", "戊"), ("institution", "乙"),
    ]  # fmt: skip


def test_institutions_are_terms_but_have_no_contexts() -> None:
    files = built({"a": ["通知"]}, {"a": Facts(institutions=("大学",))})
    assert terms_of(files, "T") == ["大学", "学", "知", "通知"]
    assert terms_of(files, "C") == ["知", "通知"]


def test_a_mask_leaves_no_term() -> None:
    assert terms_of(built({"a": ["□□□□"]}, {"a": Facts(title="□□□□")})) == []


def test_terms_stand_in_the_order_of_utf_16() -> None:
    files = built({"a": ["﨎", "𠀀", "疫情", "abc"]})
    (lists,) = [
        read_range(data, "T") for name, data in files.items() if name.startswith("terms/") and name.endswith(".bin")
    ]
    assert list(lists) == ["abc", "情", "疫情", "𠀀", "﨎"]


def test_results_show_the_facts_of_a_notice() -> None:
    files = built({"a": []}, {"a": Facts("通知", ("某大学",), "校〔2022〕1号", genre="通知", signed="2022-03")})
    (record,) = [json.loads(data)["records"] for name, data in files.items() if name.startswith("records/")]
    assert record == [
        {"id": "a", "title": "通知", "institutions": ["某大学"], "number": "校〔2022〕1号", "genre": "通知",
         "date": "2022-03", "dated": "signed", "label": "2022年3月", "text": record[0]["text"]}
    ]  # fmt: skip
    assert re.fullmatch("[0-9a-f]{8}", record[0]["text"])


def test_a_notice_without_facts_has_none_in_its_record() -> None:
    files = built({"a": ["正文"]})
    (records,) = [json.loads(data)["records"] for name, data in files.items() if name.startswith("records/")]
    assert [records[0][key] for key in ("title", "institutions", "number", "genre", "date", "label")] == [
        None, [], None, None, None, None,
    ]  # fmt: skip


def test_facets_tell_institution_genre_and_first_day_of_every_notice() -> None:
    facts = {
        "a": Facts(institutions=("某大学", "某局"), genre="通知", signed="2022-03"),
        "b": Facts(genre="倡议书", published="2020-01-31"),
        "c": Facts(),
    }
    found = document(built({name: [] for name in facts}, facts), "facets")
    assert found == {
        "institutions": [["moudaxue", "某大学"], ["mouju", "某局"]], "genres": ["通知", "倡议书"],
        "institution": [[0, 1], [], []], "genre": [0, 1, -1], "day": [20220301, 20200131, 0], "precision": "230",
        "kind": "sp-",
    }  # fmt: skip


def test_names_are_folded_and_their_characters_read_in_every_way() -> None:
    names = document(built({"a": []}, {"a": Facts(title="重慶通知", institutions=("重庆大学",))}), "names")
    assert names["names"] == ["重庆大学", "重庆通知"]
    assert set(names["readings"]["重"]) >= {"chong", "zhong"}
    assert set(names["readings"]) == set("重庆大学通知")


def test_words_are_the_terms_that_are_no_han_characters() -> None:
    assert document(built({"a": ["第14号，new York"]}), "words") == {"words": "14\nnew\nyork"}


def test_an_empty_collection_has_an_index() -> None:
    for form in ("plain", "packed"):
        assert directory(built({}, form=form))["notices"] == 0


# --- form and names -------------------------------------------------------------------------------------------------


def test_a_small_collection_is_plain_and_a_large_one_packed() -> None:
    assert directory(built({"a": ["疫情"]}, form="auto"))["form"] == "plain"
    assert directory(built({"a": ["疫情防控" * 10_000, "通知" * 20_000]}, form="auto"))["form"] == "packed"


@pytest.mark.parametrize("form", ["plain", "packed"])
def test_the_form_can_be_forced(form: str) -> None:
    files = built({"a": ["疫情"]}, form=form)
    assert directory(files)["form"] == form
    assert ("lunr" in directory(files)["files"]) == (form == "plain")
    assert ("terms" in directory(files)) == (form == "packed")


def test_the_plain_form_is_what_any_lunr_loads() -> None:
    index = Index.load(document(built({"a": ["疫情"], "b": ["防控"]}, form="plain"), "lunr"))
    assert [match["ref"] for match in index.search("疫情")] == ["a"]


def test_the_directory_names_its_format_and_an_edition_of_all_it_names() -> None:
    one, other = (directory(built({"a": [line]})) for line in ("疫情", "防控"))
    assert one["format"] == FORMAT
    assert one["edition"] != other["edition"]


LAYOUT = (3, "d558c9ecf5")
"""Format, and a digest of how files of that format are laid out: who changes the second raises the first."""


def test_another_layout_is_another_format() -> None:
    files = built({"a": ["疫情防控，2022年"], "b": ["疫情"]}, {"a": Facts(title="通知")})
    lists = sorted(data for name, data in files.items() if name.endswith(".bin"))
    documents = [json.loads(data) for name, data in files.items() if name.endswith(".json")]
    keys = sorted(str(sorted(document)) for document in documents)
    assert (FORMAT, digest(b"".join(lists) + "".join(keys).encode())) == LAYOUT


def test_every_name_but_that_of_the_directory_carries_the_digest_of_the_bytes() -> None:
    for form in ("plain", "packed"):
        files = built({"a": ["疫情防控", "2022年"]}, form=form)
        assert all(digest(data) in name for name, data in files.items() if name != "index.json")


def test_every_file_can_be_found_from_the_directory() -> None:
    files = built({f"n{number}": [f"第{number}号通知"] for number in range(40)})
    told = directory(files)
    names = {"index.json", *told["files"].values()}
    names |= below("records", told["records"], "json")
    for folder, groups in (("terms", told["terms"]), ("contexts", document(files, "contexts"))):
        of_groups = below(folder, groups, "json")
        names |= of_groups.union(*(below(folder, json.loads(files[name]), "bin") for name in of_groups))
    assert names == set(files)


def below(folder: str, named: Mapping[str, str], suffix: str) -> set[str]:
    joined = named["names"]
    return {f"{folder}/{joined[at : at + 10]}.{suffix}" for at in range(0, len(joined), 10)}


# --- what an edit changes -------------------------------------------------------------------------------------------

LARGE = {
    f"n{number:04}": [f"第{number}号{chr(0x4E00 + number * 7)}{chr(0x5E00 + number * 5)}通知如下。"]
    for number in range(900)
}


def test_an_edit_changes_the_files_of_its_terms_alone() -> None:
    before, after = built(LARGE), built({**LARGE, "n0007": [*LARGE["n0007"], "龘龘"]})
    for folder in ("terms/", "contexts/"):
        old, new = ({name for name in files if name.startswith(folder)} for files in (before, after))
        assert len(old) > 5
        assert len(new - old) <= 4  # the files of 龘龘 and 龘, and of their groups


def test_a_notice_that_joins_later_leaves_the_numbers_of_the_others() -> None:
    added = dict.fromkeys(LARGE, "2024-01-01")
    before = built(LARGE, added=added)
    after = built({**LARGE, "a-first-by-id": ["龘"]}, added={**added, "a-first-by-id": "2024-01-02"})
    old, new = ({name for name in files if name.startswith(("terms/", "contexts/"))} for files in (before, after))
    assert len(new - old) <= 8


def test_the_same_notices_give_the_same_bytes_in_any_order() -> None:
    notices = [Notice(name, Facts(title=f"通知{name}"), "") for name in "abcd"]
    blocks: dict[str, tuple[Block, ...]] = {notice.id: (Paragraph(f"正文{notice.id}"),) for notice in notices}
    for form in ("plain", "packed"):
        one = index_of(notices, blocks, form)
        other = index_of(reversed(notices), dict(reversed(blocks.items())), form)
        assert one == other


TERMS = st.dictionaries(st.text("疫情防控a1𠀀﨎", min_size=1, max_size=50), st.binary(max_size=40), min_size=1)


@given(TERMS, st.integers(1, 200))
def test_lists_cut_into_files_read_back_in_order(lists: dict[str, bytes], target: int) -> None:
    ranges = cut_ranges(list(lists.items()), "T", "search/terms", target)
    read = [read_range(file.data, "T") for file in ranges.files]
    assert [next(iter(one)) for one in read] == list(ranges.starts)
    assert [pair for one in read for pair in one.items()] == sorted(
        lists.items(), key=lambda pair: utf16_order(pair[0])
    )


# --- the scores of lunr ---------------------------------------------------------------------------------------------

LINES = st.lists(st.text("疫情防控战斗堡垒12a ，〔〕𠀀﨎", max_size=12), max_size=4)
COLLECTIONS = st.dictionaries(st.sampled_from("abcdefg"), LINES, min_size=1)
FACTS = st.sampled_from([Facts(), Facts(title="疫情12"), Facts("防控", ("战斗大学",), "情〔2012〕1号")])


def test_both_forms_score_as_the_full_index_of_lunr_py(run_lunr: Run) -> None:
    cases: list[tuple[Any, list[Any], list[list[list[str]]]]] = []

    @settings(max_examples=80, deadline=None)
    @given(COLLECTIONS, st.lists(FACTS, min_size=7, max_size=7), st.randoms(use_true_random=False))
    def collect(texts: dict[str, list[str]], facts: list[Facts], random: Any) -> None:
        by_name = dict(zip(texts, facts, strict=False))
        forms = [built(texts, by_name, form) for form in ("packed", "plain")]
        serialised = document(forms[1], "lunr")
        terms = [term for term, _ in serialised["invertedIndex"]]
        sizes = ([1], [1, 1], [3], [2, 1], [1, 1, 1, 2])
        groups = [[random.sample(terms, min(len(terms), size)) for size in one] for one in sizes] if terms else []
        cases.append((serialised, forms, groups))

    collect()
    asked = [
        {"files": files, "needs": [{"groups": groups, "wanted": [[list(range(len(groups)))]]} for groups in needs]}
        for _, forms, needs in cases for files in forms
    ]  # fmt: skip
    answers = iter(run_lunr("candidates", collections=asked))
    compared = 0
    for serialised, forms, needs in cases:
        for _, found in zip(forms, answers, strict=False):
            for groups, candidates in zip(needs, found, strict=True):
                there = {serialised["ids"][number]: score for number, score in candidates}
                assert_same(ask_python(serialised, groups), there)
                compared += 1
    assert compared > 400


def ask_python(serialised: Mapping[str, Any], groups: list[list[str]]) -> dict[str, float]:
    """Ask the full index through lunr.py for the notices that have a term of every group."""
    data = {**serialised, "invertedIndex": sorted(serialised["invertedIndex"], key=lambda entry: entry[0])}
    index = Index.load(data)  # lunr.py wants the order of code points
    query = index.create_query()
    for group in groups:
        for term in group:
            query.term(term, presence=QueryPresence.OPTIONAL)
    return {
        match["ref"]: match["score"]
        for match in index.query(query)
        if all(any(term in match["match_data"].metadata for term in group) for group in groups)
    }


def assert_same(here: dict[str, float], there: dict[str, float]) -> None:
    assert here.keys() == there.keys()
    assert all(math.isclose(here[name], there[name], abs_tol=1e-6) for name in here)


def test_no_term_is_lost_among_many_numbers(run_lunr: Run) -> None:
    # Left to itself, lunr.js takes two nodes of the tree of these terms for one another.
    line = " ".join(str(number * number * 2937 % 9_973) for number in range(1000))
    files = built({"a": [line]}, form="plain")
    terms = [term for term, _ in document(files, "lunr")["invertedIndex"]]
    needs = [{"groups": [[term]], "wanted": [[[0]]]} for term in terms]
    (found,) = run_lunr("candidates", collections=[{"files": files, "needs": needs}])
    assert [term for term, candidates in zip(terms, found, strict=True) if not candidates] == []


def test_lunr_py_builds_the_plain_index_with_an_empty_pipeline() -> None:
    assert plain_index([Notice("a", Facts(), "")], [[(4, "疫情")]])["pipeline"] == []
