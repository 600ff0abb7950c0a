"""Files as a curator names them on the command line, and the conversions they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sitegen import store
from sitegen.build import check_collection, convert_seeds
from sitegen.config import SiteConfig
from sitegen.errors import InputError, Problem, UsageError


def convert_named(project: Path, config: SiteConfig, names: Sequence[str]) -> tuple[store.Update, ...]:
    """Convert the seeds that are named, themselves or by their content files, in that order; nothing is written.

    Raises UsageError where a name is that of no seed and no content file, InputError where one of them has a fault or
    has nothing to convert.
    """
    check_collection(project)
    collection = store.read_collection(project, config)
    files = tuple(dict.fromkeys(_find_seed(project, config, collection, name) for name in names))
    # A new id depends on the other new ones: those that collide all take a digest.
    new = {seed.file for seed in collection.new}
    only = {*files, *(new if new & set(files) else ())}
    report = convert_seeds(project, config, write=False, only=only, collection=collection)
    found = {update.offered.source.file: update for update in report.updates if update.offered.source}
    _refuse(report.problems, [f"{store.SEEDS}/{file}" for file in files if file not in found])
    for path in report.waiting:
        hint = "Mend the faulty content files first; `sitegen status` names them."
        raise InputError(Problem("waiting", path, "it may belong to a content file that has a fault.", hint))
    return tuple(found[file] for file in files)


def _find_seed(project: Path, config: SiteConfig, collection: store.Collection, name: str) -> str:
    """Find the seed that a name stands for; give its path below `seeds/`."""
    path = _below(project, name)
    file = path.removeprefix(f"{store.SEEDS}/")
    if path == file:
        return _find_source(collection, path)
    if all(seed.file != file for seed in collection.seeds):
        _refuse(collection.problems, [path])
        reasons = [entry.reason for entry in config.ignore if entry.file == file]
        message = f"the settings leave it out: {reasons[0]}." if reasons else "it is no source of a notice."
        raise InputError(Problem("no-source", path, message, "Name a source, or a content file."))
    return file


def _find_source(collection: store.Collection, path: str) -> str:
    """Find the seed of a content file."""
    _refuse(collection.problems, [path])
    notice = next((one for one in collection.notices if store.content_path(one.id) == path), None)
    if notice is None:
        raise UsageError(Problem("no-such-file", path, "it is no notice.", "Name a file in seeds/ or content/."))
    owned = [file for file, owner in collection.owners.items() if owner.id == notice.id]
    if not owned:
        code, message = "no-source", "it has no source."
        if notice.source:
            code, message = "source-missing", f"its source {notice.source.path} is gone."
        raise InputError(Problem(code, path, message, "Without a source there is nothing to convert."))
    return owned[0]


def _below(project: Path, name: str) -> str:
    """Give the path of a file below the project, be it named from here or from the project."""
    root = project.resolve()
    for base in (Path.cwd(), root):
        path = base / name
        place = path.parent.resolve() / path.name
        if place.is_file() and place.is_relative_to(root / store.SEEDS):
            return place.relative_to(root).as_posix()
        if place.is_file() and place.is_relative_to(root / store.CONTENT):
            return place.relative_to(root).as_posix()
    message = "there is no such file in seeds/ or content/."
    raise UsageError(Problem("no-such-file", name, message, "Name a source or a content file of this collection."))


def _refuse(problems: Iterable[Problem], paths: Sequence[str]) -> None:
    """Raise the problems that these files have, if any."""
    found = [problem for problem in problems if problem.path in paths]
    if found:
        raise InputError(found)
