"""How much processor time the workers of a browser take, moment by moment, out of what the system counts for threads.

Slowing the processor down through the browser's protocol reaches the page and not its workers. Linux counts the time of
every thread to the nanosecond (`/proc/…/schedstat`); it is read every few milliseconds and drawn between.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

THREAD = "DedicatedWorker"
"""Beginning of the names Chromium gives the threads of workers."""
EVERY = 0.003
LOOK_AGAIN = 0.1
"""Seconds after which new threads are looked for."""


@dataclass(slots=True)
class Meter:
    """Readings: moments in seconds since 1970, and the seconds of all workers together up to each."""

    moments: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def at(self, moment: float) -> float:
        """Give the seconds up to a moment."""
        place = min(bisect_right(self.moments, moment), len(self.moments) - 1)
        if place == 0:
            return self.seconds[0]
        start, end = self.moments[place - 1], self.moments[place]
        share = min(1.0, max(0.0, (moment - start) / (end - start)))
        return self.seconds[place - 1] + share * (self.seconds[place] - self.seconds[place - 1])


@contextmanager
def metered(browser: Any) -> Iterator[Meter]:
    """Meter the workers of a browser until the end of the block."""
    session = browser.new_browser_cdp_session()
    processes = [info["id"] for info in session.send("SystemInfo.getProcessInfo")["processInfo"]]
    session.detach()
    meter, stop = Meter(), threading.Event()
    thread = threading.Thread(target=_read, args=(processes, meter, stop), daemon=True)
    thread.start()
    try:
        yield meter
    finally:
        stop.set()
        thread.join()


def _read(processes: list[int], meter: Meter, stop: threading.Event) -> None:
    last: dict[Path, float] = {}
    looked = 0.0
    while not stop.is_set():
        if time.monotonic() - looked > LOOK_AGAIN:
            last |= dict.fromkeys(_threads(processes) - last.keys(), 0.0)
            looked = time.monotonic()
        for thread in last:
            last[thread] = _seconds(thread, last[thread])
        meter.moments.append(time.time())
        meter.seconds.append(sum(last.values()))
        stop.wait(EVERY)


def _threads(processes: list[int]) -> set[Path]:
    found = set()
    for process in processes:
        for thread in Path(f"/proc/{process}/task").glob("*"):
            try:
                if (thread / "comm").read_text().startswith(THREAD):
                    found.add(thread)
            except OSError:
                continue
    return found


def _seconds(thread: Path, last: float) -> float:
    """Read what a thread has used; one that has ended keeps what it had."""
    try:
        return int((thread / "schedstat").read_text().split()[0]) / 1e9
    except (OSError, IndexError):
        return last
