"""What a query finds: the notices that hold it, with lunr's scores, in the order of the browser.

Which notices hold a phrase is read from contexts. lunr.py then scores those notices by the terms of the query alone,
which gives the scores of the full index, for lunr's score is a sum over the terms of a query.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from typing import Any

from sitegen.search.loose import Names, is_latin, loosen
from sitegen.search.matching import notices_with
from sitegen.search.narrowing import Facets, FacetValue, Filters, count_facets, failing
from sitegen.search.query import Phrase, Query, demands_of, parse_query
from sitegen.search.site_files import DIRECTORY, SearchFiles, broken_index, telling
from sitegen.search.spaced import has_long_word, with_spaces
from sitegen.search.terms import IndexTerms, open_terms

_SCORE_STEPS = 1_000_000

_FIRST_NODE = 10**9
"""lunr tells the nodes of its tree of terms apart by names joined from letters of terms and numbers of nodes. Where the
letters are digits, two nodes can have one name and terms get lost; numbers of one length leave no doubt."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a query finds."""

    query: Query
    scores: Mapping[int, float]
    """Every notice that holds it, by number."""
    wanted: tuple[tuple[Phrase, ...], ...] = ()
    """For each phrase what it stands for."""
    loose: tuple[str, ...] | None = None
    """What was searched for beside the words typed; None where these alone were searched for."""

    def phrases(self) -> list[Phrase]:
        """Give what may stand in a text that was found."""
        return [phrase for phrases in self.wanted for phrase in phrases]


@dataclass(frozen=True, slots=True)
class Result:
    """One notice of a result."""

    score: float
    record: Mapping[str, Any]
    """What `records/….json` tells of it."""

    @property
    def address(self) -> str:
        """Address of its page below the site."""
        return f"notices/{self.record['id']}/"

    def as_plain(self) -> dict[str, object]:
        """Give the result as plain values."""
        keys = ("title", "institutions", "number", "genre", "date")
        facts = {key: self.record[key] for key in keys}
        return {"id": self.record["id"], "score": self.score, **facts, "address": self.address}


@dataclass(frozen=True, slots=True)
class Results:
    """What a search finds, narrowed, in order."""

    finding: Finding
    count: int
    """How many there are."""
    shown: tuple[Result, ...]
    """The first of them."""
    facets: Mapping[str, Sequence[FacetValue]]

    def as_plain(self, typed: str) -> dict[str, object]:
        """Give the results as plain values."""
        facets = {name: [asdict(value) for value in values] for name, values in self.facets.items()}
        loose = None if self.finding.loose is None else list(self.finding.loose)
        results = [result.as_plain() for result in self.shown]
        return {"query": typed, "count": self.count, "loose": loose, "results": results, "facets": facets}


def search(
    files: SearchFiles,
    facets: Facets,
    typed: str,
    filters: Filters,
    *,
    by_date: bool = False,
    is_loose: bool = False,
    limit: int | None = None,
) -> Results:
    """Search a built index; `limit` says how many results are read. Raises OutputError where it is damaged."""
    finding = find(files, typed, is_loose=is_loose)
    passed = {number: score for number, score in finding.scores.items() if not failing(facets, filters, number)}
    first = in_order(files, passed, by_date=by_date)[:limit]
    records = files.records(first)
    shown = tuple(Result(passed[number], record) for number, record in zip(first, records, strict=True))
    return Results(finding, len(passed), shown, count_facets(facets, finding.scores, filters))


def find(files: SearchFiles, typed: str, *, is_loose: bool = False) -> Finding:
    """Find what a reader typed; nothing where it is no query.

    If nothing is found, or if it is asked for, Latin words also find what they may stand for. Raises OutputError where
    the index is missing or damaged.
    """
    query = parse_query(typed)
    if query.problem:
        return Finding(query, {})
    terms, spell = open_terms(files), _spelling(files, query)
    excluded = [phrase for one in query.excluded for phrase in spell(one)]
    loose = _loosened(files, terms, query) if is_loose else None
    if loose is None:
        wanted = tuple(map(spell, query.phrases))
        found = _find(terms, wanted, excluded)
        loose = None if found or is_loose else _loosened(files, terms, query)
        if loose is None:
            return Finding(query, found, wanted)
    wanted = tuple((*spell(phrases[0]), *phrases[1:]) for phrases in loose)
    others = dict.fromkeys(phrase.folded for phrases in loose for phrase in phrases[1:])
    return Finding(query, _find(terms, wanted, excluded), wanted, tuple(others))


def _spelling(files: SearchFiles, query: Query) -> Callable[[Phrase], tuple[Phrase, ...]]:
    """Give a function that gives what a phrase stands for where the texts part its words by spaces."""
    is_parted = "spaced" in files.directory.files and any(map(has_long_word, (*query.phrases, *query.excluded)))
    if not is_parted:
        return lambda phrase: (phrase,)
    written = files.json("spaced")
    with telling(files.directory.files["spaced"]):
        runs = list(map(str, written["runs"]))
    return lambda phrase: with_spaces(phrase, runs)


def _loosened(files: SearchFiles, terms: IndexTerms, query: Query) -> list[tuple[Phrase, ...]] | None:
    """Give what the words of a query may stand for; None where that is only themselves."""
    if not any(map(is_latin, query.phrases)):
        return None
    loose = loosen(query.phrases, _read_names(files), terms.words)
    return loose if any(len(phrases) > 1 for phrases in loose) else None


def _read_names(files: SearchFiles) -> Names:
    written = files.json("names")
    with telling(files.directory.files["names"]):
        return Names(list(written["names"]), int(written.get("institutions", 0)), dict(written["readings"]))


# --- which notices --------------------------------------------------------------------------------------------------


def _find(terms: IndexTerms, wanted: Sequence[Sequence[Phrase]], excluded: Sequence[Phrase]) -> dict[int, float]:
    """Find the notices that hold of each phrase one of its alternatives, and no excluded phrase, with their scores."""
    try:
        held = _holding(terms, wanted, excluded)
    except ValueError as error:
        raise broken_index(DIRECTORY, "the lists of the search index do not agree") from error
    demands = demands_of(phrase for phrases in wanted for phrase in phrases)
    return _score(terms, [terms.meeting(demand) for demand in demands], held) if held else {}


def _holding(terms: IndexTerms, wanted: Sequence[Sequence[Phrase]], excluded: Sequence[Phrase]) -> set[int]:
    known: dict[Phrase, set[int]] = {}

    def holding(phrase: Phrase) -> set[int]:
        if phrase not in known:
            known[phrase] = notices_with(terms, phrase)
        return known[phrase]

    held = holding_any(wanted[0], holding)
    for phrases in wanted[1:]:
        if not held:
            break
        held = held & holding_any(phrases, holding)
    return held - holding_any(excluded, holding) if held else held


def holding_any(phrases: Iterable[Phrase], holding: Callable[[Phrase], set[int]]) -> set[int]:
    """Give the notices that hold one of the phrases."""
    return set().union(*map(holding, phrases))


# --- how well -------------------------------------------------------------------------------------------------------


def _score(terms: IndexTerms, groups: Sequence[Sequence[str]], notices: Set[int]) -> dict[int, float]:
    """Score notices by lunr; a term weighs as often as there are groups that hold it."""
    from lunr.index import Index  # 60 ms to import
    from lunr.pipeline import Pipeline
    from lunr.token_set import TokenSet
    from lunr.vector import Vector

    TokenSet._next_id = max(TokenSet._next_id, _FIRST_NODE)
    boosts = Counter(term for group in groups for term in group)
    inverted, vectors = terms.lunr_parts(boosts, notices)
    known = sorted(inverted)
    index = Index(inverted, {ref: Vector(vector) for ref, vector in vectors.items()}, TokenSet.from_list(known),
                  list(terms.fields), Pipeline())  # fmt: skip
    query = index.create_query()
    for term in known:
        query.term(term, boost=boosts[term], use_pipeline=False)
    return {int(result["ref"]): result["score"] for result in index.query(query)}


# --- in which order -------------------------------------------------------------------------------------------------


def in_order(files: SearchFiles, scores: Mapping[int, float], *, by_date: bool = False) -> list[int]:
    """Order notices by score to six decimals, or by date alone; then as the library does, newest first."""
    places = read_places(files)
    rank = {number: 0 if by_date else -math.floor(score * _SCORE_STEPS + 0.5) for number, score in scores.items()}
    return sorted(scores, key=lambda number: (rank[number], places[number]))


def read_places(files: SearchFiles) -> Sequence[int]:
    """Read the place of each notice in the order of the library."""
    key = "lengths" if "lengths" in files.directory.files else "lunr"
    written = files.json(key)
    with telling(files.directory.files[key]):
        places: Sequence[int] = written["places"]
        if sorted(places) != list(range(files.directory.notices)):
            raise ValueError("places of other notices")
        return places
