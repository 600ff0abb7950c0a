"""How long a reader with a slow phone waits for the first results, beside Pagefind in the same run.

Chromium with its network slowed to 1.6 Mbit/s and 150 ms, and its processor four times; the slow-down of the processor
hardly reaches workers, so three times the processor time that workers took while the reader waited is added (for both;
an upper bound, since some of it passes while the network is waited for). A query is typed at one go, as an input method
hands it over, on a page that has come to rest; what counts is the time from that key to the first results. Cold: the
first query on the page. Warm: another one on the same page. Again: the first one, typed once more.

Pagefind does what its own interface does, without the pause that waits for further keys: `search`, then the data of the
first five results.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.chromium import fresh_page
from tests.bench.figures import Aim, Figure, ratio_aim
from tests.bench.processor import Meter, metered
from tests.bench.serving import Served, served
from tests.bench.wire import QUERIES, until

RUNS = 5
QUIET = 3.0
"""Seconds without a request after which a page is at rest."""
SLOWER = 4
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
"""1.6 Mbit/s both ways, in bytes; milliseconds."""
TYPED = {"cold": QUERIES[0], "warm": QUERIES[1], "again": QUERIES[0]}
MOST = {"cold": 3.0, "warm": 0.15}
"""Seconds."""
MOST_RATIO = 0.5
AIMED = 10_000
"""Notices at which the seconds are aimed at."""

PAGEFIND = """async () => {
  const pagefind = await import("/pagefind/pagefind.js");
  document.querySelector("#q").addEventListener("input", async (event) => {
    const { results } = await pagefind.search(event.target.value);
    const found = await Promise.all(results.slice(0, 5).map((result) => result.data()));
    const entry = ({ url, meta, excerpt }) => `<li><a href="${url}">${meta.title}</a><p>${excerpt}</p></li>`;
    document.querySelector("#r").innerHTML = found.map(entry).join("");
  });
}"""


def figures(size: int, ours: Path, theirs: Path, browser: Any, runs: int = RUNS) -> Iterator[Figure]:
    """Measure both in turn; the medians count. A round before the first fills the server's own memory."""
    with served(ours) as site, served(theirs) as other:
        rounds = [(_wait(browser, site), _wait(browser, other, PAGEFIND)) for _ in range(runs + 1)][1:]
    for name in TYPED:
        mine, their = (statistics.median(waits[name] for waits in side) for side in zip(*rounds, strict=True))
        aims = [ratio_aim(mine, their, MOST_RATIO, is_firm=False)]
        if size == AIMED and name in MOST:
            aims.append(Aim(f"<= {MOST[name]:g} s", mine <= MOST[name], is_firm=False))
        yield Figure(size, f"slow phone, {name}: {TYPED[name]}", mine, their, "s", tuple(aims))


def _wait(browser: Any, site: Served, prepare: str = "") -> dict[str, float]:
    """Open the search page, let it come to rest, and type each query; gives the seconds waited for each."""
    with fresh_page(browser) as page:
        slow = page.context.new_cdp_session(page)
        slow.send("Network.enable")
        slow.send("Network.emulateNetworkConditions", NETWORK)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{site.address}search/")
        if prepare:
            until(page, "() => window.__ready")
            page.evaluate(prepare)
        site.settle(QUIET)
        with metered(browser) as meter:
            return {name: _type(page, site, meter, query) for name, query in TYPED.items()}


def _type(page: Any, site: Served, meter: Meter, query: str) -> float:
    field = page.locator("#q")
    field.fill("")
    field.focus()
    page.evaluate("() => window.bench.nextQuery()")
    page.keyboard.insert_text(query)
    moments = page.evaluate("() => window.bench.answered")
    start, end = moments["typed"] / 1000, moments["first"] / 1000
    site.settle(QUIET)
    workers = meter.at(end) - meter.at(start)
    return float(end - start + (SLOWER - 1) * workers)
