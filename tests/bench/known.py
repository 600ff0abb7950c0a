"""Known items: a few characters of one notice's title, typed as they are; is that notice among the first ten?"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sitegen.text import tokens
from tests.bench import node
from tests.bench.chromium import fresh_page
from tests.bench.figures import Aim, Figure
from tests.bench.serving import served
from tests.bench.wire import until

SEED = 8
QUERIES = 200
SHORTEST, LONGEST = 4, 8
FIRST = 10
TITLE = re.compile(r'^title: "(.*)"$', re.MULTILINE)
PAGEFIND = """async ([query, count]) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const { results } = await pagefind.search(query);
  const found = await Promise.all(results.slice(0, count).map((result) => result.data()));
  return found.map(({ url }) => url);
}"""


def figures(size: int, ours: Path, theirs: Path, corpus: Path, browser: Any) -> Iterator[Figure]:
    """Ask both for the same phrases."""
    cases = sample(corpus)
    answers = node.search(ours, ({"q": query, "most": 0} for _, query in cases))
    found = sum(name in answer["ids"][:FIRST] for (name, _), answer in zip(cases, answers, strict=True))
    other = ask_pagefind(theirs, cases, browser)
    aim = Aim("at least as many", found >= other)
    yield Figure(size, f"known items among the first ten, of {len(cases)}", found, other, "", (aim,))


def sample(corpus: Path) -> list[tuple[str, str]]:
    """Draw notices, and of the title of each a phrase."""
    chance = random.Random(SEED)
    names, cases = sorted(path.stem for path in corpus.glob("*.md")), list[tuple[str, str]]()
    while len(cases) < QUERIES:
        name = chance.choice(names)
        found = TITLE.search((corpus / f"{name}.md").read_text(encoding="utf-8"))
        title, length = found[1] if found else "", chance.randint(SHORTEST, LONGEST)
        start = chance.randrange(max(1, len(title) - length + 1))
        phrase = title[start : start + length]
        if not re.search(r"\s", phrase) and tokens(phrase):
            cases.append((name, phrase))
    return cases


def ask_pagefind(site: Path, cases: Sequence[tuple[str, str]], browser: Any) -> int:
    """Count the notices that are among Pagefind's first ten results."""
    with served(site) as server, fresh_page(browser) as page:
        page.goto(f"{server.address}search/")
        until(page, "() => window.__ready")
        return sum(f"/notices/{name}/" in page.evaluate(PAGEFIND, [query, FIRST]) for name, query in cases)
