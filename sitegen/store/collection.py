"""A collection as it lies on disk: sources, content files, curators' records, and which belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import SiteConfig
from sitegen.errors import Problem
from sitegen.model import AuthorityRecord, Notice
from sitegen.store.pairing import pair
from sitegen.store.reading import Seed, find_claims, read_authority, read_contents, read_seeds


@dataclass(frozen=True, slots=True)
class Collection:
    """All that a conversion starts from."""

    seeds: tuple[Seed, ...]
    """Sorted by path."""
    notices: tuple[Notice, ...]
    """Sorted by id."""
    authority: tuple[AuthorityRecord, ...]
    problems: tuple[Problem, ...]
    """Faults of all these files; the others are here all the same."""
    owners: Mapping[str, Notice]
    """The notice of each seed that has one, by the seed's file."""
    new: tuple[Seed, ...]
    """Seeds without a notice."""
    waiting: tuple[Seed, ...]
    """Seeds without a notice that must not be converted: one of the faulty content files may be theirs."""


def read_collection(project: Path, config: SiteConfig) -> Collection:
    """Read the sources, content files and curators' records of a project, with what is wrong with the rest."""
    seeds, seed_problems = read_seeds(project, config)
    notices, content_problems = read_contents(project)
    authority, authority_problems = read_authority(project)
    owners = pair(seeds, notices)
    unknown = tuple(seed for seed in seeds if seed.file not in owners)
    new, waiting = ((), unknown) if content_problems else (unknown, ())
    problems = (*seed_problems, *content_problems, *authority_problems, *find_claims(notices, config))
    return Collection(seeds, notices, authority, problems, owners, new, waiting)
