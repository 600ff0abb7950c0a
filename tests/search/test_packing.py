"""Terms and contexts in lists of bytes: the same as the text cut by hand, one place after the other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.search.lines import FIELDS, INSTITUTION, Line
from sitegen.search.occurrences import Lexicon, cut_notices
from sitegen.search.packing import pack_lines
from sitegen.search.ranges import utf16_order
from sitegen.search.reading import Contexts, read_contexts, read_postings
from sitegen.text import fold, is_han, tokens

TEXT = st.text("疫情防控战12ab ，。〔〕()“”、𠀀﨎\u200b", max_size=16)
NOTICES = st.lists(st.lists(st.tuples(st.integers(0, len(FIELDS) - 1), TEXT), max_size=5), max_size=5)


# --- by hand --------------------------------------------------------------------------------------------------------


def cut(line: str) -> list[tuple[str, str, str]]:
    """Cut a line into its terms with what stands before and after each, the slow way."""
    folded = fold(line)
    bases = list(re.finditer(r"[^\W\d_a-z]|[0-9a-z]+", folded))
    paired = [
        is_han(one[0]) and is_han(other[0]) and one.end() == other.start()
        for one, other in pairwise(bases)
    ] + [False]
    terms = [base[0] + (bases[at + 1][0] if paired[at] else "") for at, base in enumerate(bases)]
    return [(terms[at], before(folded, bases, terms, paired, at), after(folded, bases, terms, paired, at))
            for at in range(len(bases))]  # fmt: skip


def before(folded: str, bases: list[re.Match[str]], terms: list[str], paired: list[bool], at: int) -> str:
    if at == 0:
        return folded[: bases[0].start()]
    if paired[at - 1]:
        return bases[at - 1][0]
    return terms[at - 1] + folded[bases[at - 1].end() : bases[at].start()]


def after(folded: str, bases: list[re.Match[str]], terms: list[str], paired: list[bool], at: int) -> str:
    if paired[at]:
        return bases[at + 2][0] if paired[at + 1] else ""
    if at == len(bases) - 1:
        return folded[bases[at].end() :]
    return folded[bases[at].end() : bases[at + 1].start()] + terms[at + 1]


def contexts_by_hand(notices: Iterable[Iterable[Line]]) -> dict[str, list[tuple[int, str, str]]]:
    found = defaultdict(list)
    for number, lines in enumerate(notices):
        for field, line in lines:
            if field != INSTITUTION:
                for term, one, other in cut(line):
                    found[term].append((number, one, other))
    return dict(found)


def postings_by_hand(notices: Iterable[Iterable[Line]]) -> dict[str, tuple[dict[int, int], ...]]:
    counts: Mapping[str, list[Counter[int]]] = defaultdict(lambda: [Counter() for _ in FIELDS])
    for number, lines in enumerate(notices):
        for field, line in lines:
            for term in tokens(line):
                counts[term][field][number] += 1
    return {term: tuple(map(dict, fields)) for term, fields in counts.items()}


# --- laws -----------------------------------------------------------------------------------------------------------


def places(contexts: Contexts) -> list[tuple[int, str, str]]:
    return [
        (number, contexts.befores[one], contexts.afters[other])
        for number, one, other in zip(contexts.notices, contexts.before, contexts.after, strict=True)
    ]


@settings(deadline=None)
@given(NOTICES)
def test_contexts_hold_every_place_of_the_articles_in_its_order(notices: list[list[Line]]) -> None:
    packed = pack_lines(notices, with_postings=False)
    assert {term: places(read_contexts(data)) for term, data in packed.contexts} == contexts_by_hand(notices)
    assert packed.postings == []


@settings(deadline=None)
@given(NOTICES)
def test_postings_hold_how_often_each_notice_has_a_term_in_each_field(notices: list[list[Line]]) -> None:
    packed = pack_lines(notices, with_postings=True)
    assert {term: read_postings(data, len(FIELDS)) for term, data in packed.postings} == postings_by_hand(notices)


@settings(deadline=None)
@given(NOTICES)
def test_lengths_and_words_are_those_of_the_tokens(notices: list[list[Line]]) -> None:
    packed = pack_lines(notices, with_postings=True)
    cut_fields = [[[token for where, line in lines if where == field for token in tokens(line)] for lines in notices]
                  for field in range(len(FIELDS))]  # fmt: skip
    assert packed.lengths == [[len(of_notice) for of_notice in of_field] for of_field in cut_fields]
    words = {token for of_field in cut_fields for of_notice in of_field for token in of_notice if not is_han(token[0])}
    assert packed.words == sorted(words, key=utf16_order)


def test_the_contexts_of_a_phrase_lead_from_term_to_term() -> None:
    lexicon = Lexicon()
    records = cut_notices([[(4, "“四个意识”，2022年")]], 7, lexicon)
    assert [
        (lexicon.term(int(one["term"])), *lexicon.contexts([int(one["before"]), int(one["after"])]))
        for one in records
    ] == [
        ("四个", '"', "意"), ("个意", "四", "识"), ("意识", "个", ""), ("识", "意", '",2022'),
        ("2022", '识",', "年"), ("年", "2022", ""),
    ]  # fmt: skip
    assert records["notice"].tolist() == [7] * 6


def test_a_large_collection_is_cut_batch_by_batch_and_stays_the_same() -> None:
    notices = [[(4, f"第{number}号通知" * 200)] for number in range(700)]
    packed = pack_lines(notices, with_postings=True)
    lists = dict(packed.postings)
    assert read_postings(lists["号通"], len(FIELDS))[4] == dict.fromkeys(range(700), 200)
    assert {term for term, _ in packed.contexts} == set(lists)
