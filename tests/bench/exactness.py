"""Recall, precision and counts: random substrings of the corpus, each given as a phrase, beside a plain scan.

Each is asked for twice. As it is: what is shown must hold it, the final count, the facets and the months must be the
scan's, and where there are not many results all of them are shown and must be the scan's. And narrowed to the day and
the genre of the notice it was taken from, by filters: all of the few results are shown and must be the scan's, that
notice among them. Through the shipped scripts under Node; some of them in Chromium too.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sitegen.text import fold, tokens
from tests.bench import node, pages
from tests.bench.chromium import fresh_page
from tests.bench.figures import Aim, Figure
from tests.bench.serving import served

SEED = 4
LONGEST = 12
MOST_LISTED = 40
"""Results up to which all are asked for."""
FACT = re.compile(r'^(institution|doc_type|date): "?(.*?)"?$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """A substring and the notice it was taken from."""

    notice: str
    text: str


@dataclass(slots=True)
class Tally:
    """What the answers were worth."""

    cases: int
    found: int = 0
    """Cases whose notice was shown."""
    shown: int = 0
    right: int = 0
    """Results shown that hold the phrase."""
    counted: int = 0
    """Cases whose counts were the scan's."""
    summed: int = 0
    """Cases whose facets and months were the scan's."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The notices as the scan knows them."""

    texts: Mapping[str, str]
    facts: Mapping[str, Mapping[str, str]]

    def scan(self, text: str) -> set[str]:
        """Find the notices that hold a text, folded."""
        wanted = fold(text)
        return {name for name, written in self.texts.items() if wanted in written}

    def beside(self, name: str) -> set[str]:
        """Find the notices of the same day and genre."""
        own = self.facts[name]
        keys = ("date", "doc_type")
        return {other for other, facts in self.facts.items() if all(facts[key] == own[key] for key in keys)}


def figures(size: int, site: Path, corpus: Path, browser: Any, count: int, in_browser: int) -> Iterator[Figure]:
    """Ask for every case under Node, and for the first few in Chromium."""
    lines = pages.read_lines(site)
    collection = Collection(pages.folded(lines), read_facts(corpus))
    cases = sample(lines, count)
    del lines
    yield from _figures(size, f"of {len(cases):,} substrings", through_node(site, collection, cases))
    yield from _figures(size, "in Chromium", through_browser(site, collection, cases[:in_browser], browser))


def read_facts(corpus: Path) -> dict[str, dict[str, str]]:
    """Read what the front matter of each notice says, by id."""
    heads = ((path, path.read_text(encoding="utf-8").split("---\n", 2)[1]) for path in sorted(corpus.glob("*.md")))
    return {path.stem: dict(FACT.findall(head)) for path, head in heads}


def sample(lines: Mapping[str, Sequence[str]], count: int) -> list[Case]:
    """Draw substrings without white space that hold a letter, a digit or a Han character."""
    chance = random.Random(SEED)
    names, cases = sorted(lines), list[Case]()
    while len(cases) < count:
        name = chance.choice(names)
        line = chance.choice(lines[name])
        length = chance.randint(1, LONGEST)
        start = chance.randrange(max(1, len(line) - length + 1))
        text = line[start : start + length]
        if not re.search(r"\s", text) and tokens(text):
            cases.append(Case(name, text))
    return cases


# --- under Node -----------------------------------------------------------------------------------------------------


def through_node(site: Path, collection: Collection, cases: Sequence[Case]) -> Tally:
    """Hold the session's answers to the scan's."""
    tally = Tally(len(cases))
    answers = node.search(site, (state for case in cases for state in states(collection, case)))
    for case, whole, narrow in zip(cases, answers, answers, strict=False):
        held = collection.scan(case.text)
        near = held & collection.beside(case.notice)
        is_listed = len(held) <= MOST_LISTED
        tally.found += case.notice in narrow["ids"] and (not is_listed or case.notice in whole["ids"])
        tally.shown += len(whole["ids"]) + len(narrow["ids"])
        tally.right += len(held & {*whole["ids"]}) + len(near & {*narrow["ids"]})
        is_whole = (not is_listed or {*whole["ids"]} == held) and {*narrow["ids"]} == near
        is_counted = is_whole and (whole["count"], narrow["count"]) == (len(held), len(near))
        is_summed = summary(whole) == scanned_summary(collection, held)
        tally.counted, tally.summed = tally.counted + is_counted, tally.summed + is_summed
        if not (is_counted and is_summed and case.notice in narrow["ids"]):
            complain(case, len(held), len(near), whole, narrow)
    return tally


def states(collection: Collection, case: Case) -> Iterator[dict[str, object]]:
    """Give the two states in which a case is asked for."""
    yield {"q": f'"{case.text}"', "most": MOST_LISTED}
    yield {"q": f'"{case.text}"', **narrowing(collection, case), "most": sys.maxsize}


def narrowing(collection: Collection, case: Case) -> dict[str, str]:
    """Give the filters of the day and the genre of a case's notice."""
    facts = collection.facts[case.notice]
    return {"from": facts["date"], "to": facts["date"], "genre": facts["doc_type"]}


def summary(answer: Mapping[str, Any]) -> list[dict[str, int]]:
    """Give the counts by facet and by month that a session told, those above nothing."""
    if answer["count"] is None:
        return []
    facets = [{value["name"]: value["count"] for value in answer["facets"][key]} for key in ("institution", "genre")]
    years = {value["value"]: value["count"] for value in answer["facets"]["year"]}
    months = {month["month"]: month["stated"] for month in answer["chart"]["months"] if month["stated"]}
    return [*facets, years, months]


def scanned_summary(collection: Collection, held: Iterable[str]) -> list[dict[str, int]]:
    """Count the same by the front matter."""
    facts = [collection.facts[name] for name in held]
    by_fact = [Counter(fact[key] for fact in facts) for key in ("institution", "doc_type")]
    return [*by_fact, Counter(fact["date"][:4] for fact in facts), Counter(fact["date"][:7] for fact in facts)]


def complain(case: Case, held: int, near: int, *answers: Mapping[str, Any]) -> None:
    """Name a case that went wrong."""
    told = [(answer["count"], len(answer["ids"]), answer["faults"]) for answer in answers]
    print(f"  {case.notice} {case.text!r}: {held} and {near} hold it; told {told}", file=sys.stderr)


# --- in Chromium ----------------------------------------------------------------------------------------------------


def through_browser(site: Path, collection: Collection, cases: Sequence[Case], browser: Any) -> Tally:
    """Hold what the page shows to the scan's."""
    tally = Tally(len(cases))
    with served(site) as server, fresh_page(browser) as page:
        for case in cases:
            held = collection.scan(case.text)
            query = {"q": f'"{case.text}"'}
            count, ids = look(page, server.address, query)
            narrow_count, narrow = look(page, server.address, {**query, **narrowing(collection, case)})
            near = held & collection.beside(case.notice)
            tally.found += case.notice in narrow
            tally.shown += len(ids) + len(narrow)
            tally.right += len(held & {*ids}) + len(near & {*narrow})
            is_counted = (count, narrow_count) == (len(held), len(near))
            tally.counted += is_counted
            if not (is_counted and case.notice in narrow):
                told = [(count, len(ids)), (narrow_count, len(narrow))]
                print(f"  {case.notice} {case.text!r}: {len(held)} and {len(near)}; shown {told}", file=sys.stderr)
    return tally


def look(page: Any, address: str, state: Mapping[str, str]) -> tuple[int, list[str]]:
    """Open the search page in a state; gives its final count and the notices it shows."""
    page.goto(f"{address}search/?{urlencode(state)}")
    page.evaluate("patience => window.bench.exact(patience)", 20_000)
    count = page.evaluate("() => document.querySelector('#results-count').textContent")
    links = page.evaluate("() => Array.from(document.querySelectorAll('#results > li a'), (link) => link.pathname)")
    number = re.search(r"\d[\d,]*", count)
    ids = [found[1] for link in links if (found := re.search(r"/notices/([^/]+)/", link))]
    return int(number[0].replace(",", "")) if number else 0, list(dict.fromkeys(ids))


def _figures(size: int, what: str, tally: Tally) -> Iterator[Figure]:
    rows = [
        (f"recall {what}", tally.found, tally.cases),
        (f"precision {what}, results shown", tally.right, tally.shown),
        (f"counts {what} equal a plain scan's", tally.counted, tally.cases),
        (f"facets and months {what} equal a plain scan's", tally.summed, tally.cases),
    ]
    for name, good, of in rows[: 4 if tally.summed else 3]:
        aims = (Aim("100 %", good == of),)
        yield Figure(size, f"{name} ({good:,} of {of:,})", 100 * good / max(1, of), None, "%", aims)
