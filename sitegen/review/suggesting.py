"""Records for the curators' authority file, suggested from the names that notices bear."""

from __future__ import annotations

from pathlib import Path

from sitegen import store
from sitegen.build import check_collection
from sitegen.config import SiteConfig
from sitegen.errors import Problem
from sitegen.frontmatter.authority import format_authority
from sitegen.library import suggest_records


def suggest_authority(project: Path, config: SiteConfig) -> tuple[str, tuple[Problem, ...]]:
    """Write records for institutions that have none, sorted by pinyin; give them with the faults of the input.

    Only content files are read, for they hold what people have corrected. Raises UsageError where the folder is no
    collection.
    """
    check_collection(project)
    collection = store.read_collection(project, config)
    return format_authority(suggest_records(collection.notices, collection.authority)), collection.problems
