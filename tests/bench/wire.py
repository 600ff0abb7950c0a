"""Bytes on the wire, cold cache: from the opened search page to the first ten results, and once all is told.

sitegen: everything but the page itself and its styles, pages of notices read for snippets included; at the moment the
first ten results stand there, and two seconds later, when count, facets and chart are exact. Pagefind: as `query.mjs`
of the bench folder counts it, which is its scripts, its index and the first five fragments.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.bench.chromium import fresh_page
from tests.bench.figures import Figure, ratio_aim
from tests.bench.serving import Request, Served, served

QUERIES = ("疫情防控 志愿服务", "志愿服务 党支部")
MOST = {1_000: 0.35, 10_000: 0.2}
"""Of Pagefind's bytes, for the first query; by notices."""
RESULTS = 10
PATIENCE = 20_000
"""Milliseconds to wait for the exact count."""
KINDS = {
    "scripts": "/static/js/",
    "the directory": "/search/index.json",
    "terms": "/search/terms/",
    "contexts": "/search/contexts/",
    "records": "/search/records/",
    "pages of notices": "/notices/",
}
"""Beginnings of the addresses of what is fetched."""
UNCOUNTED = (".css", ".svg", ".png", ".ico")


def figures(size: int, ours: Path, theirs: Path, browser: Any) -> Iterator[Figure]:
    """Measure both sites for each query."""
    with served(ours) as site, served(theirs) as other:
        for query in QUERIES:
            first, settled = measure_ours(browser, site, query)
            pagefind = measure_theirs(browser, other, query)
            aims = (ratio_aim(first.total(), pagefind, MOST[size]),) if query == QUERIES[0] and size in MOST else ()
            yield Figure(size, f"wire: {query}, first ten results", first.total(), pagefind, "B", aims)
            if query == QUERIES[0]:
                yield from (Figure(size, f"wire:   of them {kind}", count, None, "B") for kind, count in first.items())
            yield Figure(size, f"wire: {query}, 2 s later", settled.total(), pagefind, "B")


def measure_ours(browser: Any, site: Served, query: str) -> tuple[Counter[str], Counter[str]]:
    """Give the bytes up to the first ten results, and those two seconds later, by what they are for."""
    site.log.clear()
    with fresh_page(browser) as page:
        page.goto(f"{site.address}search/?q={quote(query)}")
        moment = page.evaluate("count => window.bench.results(count)", RESULTS) / 1000
        page.evaluate("patience => window.bench.exact(patience)", PATIENCE)
        time.sleep(2)
    asked = [request for request in site.log if not _is_page(request)]
    return _weigh(request for request in asked if request.at <= moment), _weigh(asked)


def _weigh(requests: Iterable[Request]) -> Counter[str]:
    weights: Counter[str] = Counter()
    for request in requests:
        kinds = (kind for kind, start in KINDS.items() if request.path.startswith(start))
        weights[next(kinds, "other files of the index")] += request.wire
    return weights


def measure_theirs(browser: Any, site: Served, query: str) -> int:
    """Give the bytes of Pagefind up to its first five results."""
    site.log.clear()
    with fresh_page(browser) as page:
        page.goto(f"{site.address}search/?q={quote(query)}")
        until(page, "() => window.__done !== undefined")
    return sum(request.wire for request in site.log if "/pagefind/" in request.path)


def until(page: Any, condition: str, sleep: Callable[[float], None] = time.sleep) -> None:
    """Wait until a condition of a page holds."""
    while not page.evaluate(condition):
        sleep(0.02)


def _is_page(request: Request) -> bool:
    return request.path.endswith(UNCOUNTED) or request.path in ("/search/", "/search/index.html")
