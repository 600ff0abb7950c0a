"""A phrase that leaves out white space of a text finds it, also where the white space parts two words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.search.asking import find
from sitegen.search.lines import INSTITUTION
from sitegen.search.query import Phrase, elements_of, parse_query, pattern_of
from sitegen.search.site_files import SearchFiles
from sitegen.search.spaced import count_runs, with_spaces
from sitegen.text import fold, folding

Run = Callable[..., Any]
Texts = Mapping[str, Sequence[str]]

FORMS = ("packed", "plain")
LINE = "GB 18030 标准，Microsoft Office 软件，2 0 2 0 年 3 月"


# --- which stretches ------------------------------------------------------------------------------------------------


def test_the_index_names_the_stretches_of_articles_in_which_a_space_parts_words(make_files: Run) -> None:
    files = make_files({"a": [LINE, "GB 18030", "另 一 行 A，B"], "b": ["ＧＢ\u3000１８０３０"]})
    directory = json.loads(files["index.json"])
    assert json.loads(files[directory["files"]["spaced"]]) == {"runs": ["2 0 2 0", "gb 18030", "microsoft office"]}


def test_an_index_without_such_a_stretch_names_no_file_for_them(make_files: Run) -> None:
    files = make_files({"a": ["2020 年 3 月， A 、 B"]})
    assert "spaced" not in json.loads(files["index.json"])["files"]


SPACES = [chr(code) for code, form in folding().changes.items() if " " in form]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.sampled_from(["a", "ß", "1", "疫", "﨎", "⺠", "，", " ", "\u200b", "\u0301", *SPACES]))))
@example(["ﷺ"])
def test_no_stretch_is_missed(lines: list[str]) -> None:
    runs = re.compile(f"[{folding().words}]+(?: [{folding().words}]+)+")
    expected = {run for line in lines for run in runs.findall(fold(line))}
    assert sorted(count_runs([[(0, line) for line in lines], [(INSTITUTION, "not this")]])) == sorted(expected)


# --- what a phrase stands for ---------------------------------------------------------------------------------------

RUNS = ["2 0 2 0", "a aa a", "gb 18030", "microsoft office 2020", "ms office", "the gb 1803"]
STANDS: dict[str, list[str]] = {
    "标gb18030准": ["标gb18030准", "标gb 18030准"],
    "gb18030标": ["gb18030标", "gb 18030标"],
    "b18030标": ["b18030标", "gb 18030标"],
    "b18030": ["b18030", "gb 18030"],
    "标b18030": ["标b18030"],
    "软gb1803": ["软gb1803", "软gb 18030", "软gb 1803"],
    "软gb1803标": ["软gb1803标", "软gb 1803标"],
    "软gb": ["软gb"],
    "soffice": ["soffice", "ms office"],
    "tof": ["tof", "microsoft office"],
    "2020年": ["2020年", "2 0 2 0年"],
    "aa": ["aa", "a aa", "aa a"],
    "年20a20": ["年20a20"],
    "年20，20": ["年20，20", "年20，2 0", "年2 0，20", "年2 0，2 0"],
    "疫情防控": ["疫情防控"],
    "20 20": ["20 20", "20 2 0", "2 0 20", "2 0 2 0"],
}


def test_a_phrase_stands_for_each_way_in_which_texts_part_its_words() -> None:
    assert {
        folded: [phrase.folded for phrase in with_spaces(Phrase(folded, False), RUNS)] for folded in STANDS
    } == STANDS


def test_what_it_stands_for_is_as_exact_as_the_phrase() -> None:
    assert with_spaces(Phrase("gb18030", True), RUNS) == (Phrase("gb18030", True), Phrase("gb 18030", True))


def test_where_words_beside_it_are_many_a_part_is_written_without_the_rest_of_them() -> None:
    runs = sorted(f"{letter}gb 18{letter}" for letter in "abcdefghijklmnopqrstuvwxyz1234567890")
    assert [phrase.folded for phrase in with_spaces(Phrase("gb18", False), runs)] == ["gb18", "gb 18"]


def test_a_phrase_stands_for_thirty_at_most() -> None:
    assert len(with_spaces(Phrase("12，12，12，12，12，12", False), ["1 2"])) == 30


def test_the_browser_parts_words_alike(run_node: Run, tables: dict[str, str]) -> None:
    random = Random(2)
    runs = [[dense(random, "12ab ") for _ in range(random.randrange(40))] for _ in range(20)]
    runs = [sorted({run for run in map(fold, some) if " " in run}) for some in runs]
    cases = [(Phrase(fold(dense(random, "12ab12ab疫，( ")), False), random.choice([*runs, RUNS])) for _ in range(600)]
    cases += [(Phrase(folded, False), RUNS) for folded in STANDS]
    answers = run_node("spaced", **tables, cases=[[{"folded": one.folded, "isExact": False}, of] for one, of in cases])
    for (phrase, of), answer in zip(cases, answers, strict=True):
        assert answer == [one.folded for one in with_spaces(phrase, of)], (phrase, of)


def dense(random: Random, alphabet: str) -> str:
    return "".join(random.choices(alphabet, k=random.randint(1, 9)))


# --- what is found --------------------------------------------------------------------------------------------------

TYPED = [
    '"GB18030标准"', "GB18030标准", '"icrosoftOffice软"', "2020年3月", '"030标准，MicrosoftOf"', "B1", "标准，Micro",
    '"2020年"', "20", '"0"', '"准，MicrosoftOffice软件，2020年3月"',
]  # fmt: skip


def test_a_phrase_without_the_spaces_of_the_text_finds_it(search: Run) -> None:
    answers = search({"a": [LINE], "b": ["别的"]}, *TYPED)
    for typed, answer in zip(TYPED, answers, strict=True):
        assert [entry["record"]["id"] for entry in answer["results"]] == ["a"], typed
        assert (answer["exact"]["count"], answer["exact"]["loose"]) == (1, None)


def test_what_is_marked_is_the_phrase_with_the_spaces_of_the_text(search: Run) -> None:
    (answer,) = search({"a": [LINE]}, "GB18030标准")
    ((snippet,),) = [entry["snippets"] for entry in answer["results"]]
    assert [segment["text"] for segment in snippet if segment["isHit"]] == ["GB 18030 标准"]


def test_an_excluded_phrase_takes_out_what_has_it_with_spaces(search: Run) -> None:
    texts = {"a": ["标准 GB 18030"], "b": ["标准"], "c": ["标准 GB18030"], "d": ["标准 GB，18030"]}
    (answer,) = search(texts, "标准 -GB18030")
    assert sorted(entry["record"]["id"] for entry in answer["results"]) == ["b", "d"]


def test_a_phrase_that_is_compared_counts_what_has_it_with_spaces(search: Run) -> None:
    (answer,) = search({"a": [LINE]}, {"q": "标准", "compare": ["GB18030"]})
    assert answer["exact"]["compare"][0]["count"] == 1


def test_the_file_of_stretches_is_read_only_for_words_of_two_characters(run_node: Run, make_site: Run) -> None:
    site = make_site({"a": [LINE, "疫情 x"]})
    for typed, times in (("疫情 x", 0), ("gb", 1)):
        log = run_node("follow", sites=[site], steps=[{"run": typed}])["log"]
        assert sum(line.startswith("spaced") for line in log) == times, typed


LINES = st.lists(st.text("疫情防12ab  ，（", max_size=12), min_size=1, max_size=4)
COLLECTIONS = st.dictionaries(st.sampled_from("abcde"), LINES, min_size=1)


def spaced_pattern(phrase: Phrase) -> re.Pattern[str]:
    """Match a phrase where a space of the text may be left out of a word."""
    return re.compile(re.sub("(?<=[0-9a-z])(?=[0-9a-z])", " ?", pattern_of(phrase).pattern))


def scanned(texts: Texts, phrase: Phrase) -> list[str]:
    pattern = spaced_pattern(phrase)
    return [name for name in sorted(texts) if any(pattern.search(fold(line)) for line in texts[name])]


def cut(random: Random, texts: Texts) -> list[str]:
    """Cut stretches from the lines, leave out their white space, and put them in quotation marks or not."""
    typed = []
    for line in random.choices([line for lines in texts.values() for line in lines], k=8):
        start = random.randrange(len(line) + 1)
        stretch = re.sub(r"\s", "", line[start : start + random.randint(1, 9)])
        typed.append(random.choice(['"{}"', "{}"]).format(stretch))
    return [one for one in typed if not parse_query(one).problem]


@pytest.mark.parametrize("form", FORMS)
def test_every_stretch_of_a_line_without_its_white_space_finds_its_notice_and_all_else_that_has_it(
    run_lunr: Run, make_site: Run, form: str
) -> None:
    cases: list[tuple[dict[str, list[str]], list[str]]] = []

    @settings(max_examples=40, deadline=None)
    @given(COLLECTIONS, st.integers(0, 2**32))
    def collect(texts: dict[str, list[str]], seed: int) -> None:
        cases.append((texts, cut(Random(seed), texts)))

    collect()
    sites = [make_site(texts, form=form) for texts, _ in cases]
    told = run_lunr("searchMany", collections=[
        {**site, "states": typed} for site, (_, typed) in zip(sites, cases, strict=True)
    ])  # fmt: skip
    for site, (texts, queries), answers in zip(sites, cases, told, strict=True):
        for typed, messages in zip(queries, answers, strict=True):
            (phrase,) = parse_query(typed).phrases
            expected = scanned(texts, phrase)
            assert expected != [] or not elements_of(phrase).bases, (texts, typed)
            assert there(messages) == (expected, len(expected)), (texts, typed)
            assert here(site["files"], typed) == expected, (texts, typed)


def there(messages: Sequence[Mapping[str, Any]]) -> tuple[list[str], int]:
    shown = [entry["record"]["id"] for one in messages if one["type"] == "results" for entry in one["entries"]]
    (exact,) = [one for one in messages if one["type"] == "exact"]
    return sorted(shown), exact["count"]


def here(files: Mapping[str, bytes], typed: str) -> list[str]:
    index = SearchFiles(lambda name: files[name])
    return sorted(record["id"] for record in index.records(sorted(find(index, typed).scores)))
