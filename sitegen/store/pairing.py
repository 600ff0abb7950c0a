"""Which seed belongs to which content file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from sitegen.model import Notice, Source
from sitegen.store.reading import Seed


def pair(seeds: Iterable[Seed], notices: Iterable[Notice]) -> Mapping[str, Notice]:
    """Find the notice of each seed, by the seed's file; a new seed has none. No notice belongs to two seeds.

    The bytes say more than the name: a notice stays with its bytes where they have another name now, and only then
    does a file with other bytes count as a new version of the source.
    """
    owners: dict[str, Notice] = {}
    left, known = list(seeds), [notice for notice in notices if notice.source]
    for of_seed, of_source in _EVIDENCE:
        left, known = _pair_by(of_seed, of_source, left, known, owners)
    return owners


_EVIDENCE: tuple[tuple[Callable[[Seed], Hashable], Callable[[Source], Hashable]], ...] = (
    (lambda seed: (seed.file, seed.sha256), lambda source: (source.file, source.sha256)),
    (lambda seed: seed.sha256, lambda source: source.sha256),
    (lambda seed: seed.file, lambda source: source.file),
)
"""What shows that a seed is the source of a notice, the strongest first."""


def _pair_by(
    of_seed: Callable[[Seed], Hashable],
    of_source: Callable[[Source], Hashable],
    seeds: Sequence[Seed],
    notices: Sequence[Notice],
    owners: dict[str, Notice],
) -> tuple[list[Seed], list[Notice]]:
    """Pair what one kind of evidence pairs; give what is left of seeds and notices."""
    waiting: dict[Hashable, list[Notice]] = {}
    for notice in reversed(notices):
        if notice.source:
            waiting.setdefault(of_source(notice.source), []).append(notice)
    left = []
    for seed in seeds:
        found = waiting.get(of_seed(seed))
        if found:
            owners[seed.file] = found.pop()
        else:
            left.append(seed)
    taken = {notice.id for notice in owners.values()}
    return left, [notice for notice in notices if notice.id not in taken]
