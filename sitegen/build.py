"""The build, in reading order: convert, read, put in order, render, index, publish."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote

from sitegen import markup, output, search, store
from sitegen.config import SETTINGS_FILE, SiteConfig, is_site_url, read_config
from sitegen.convert import convert
from sitegen.convert.ledger import with_curator
from sitegen.errors import InputError, Problem, SitegenError, UsageError
from sitegen.library import build_library, find_collisions
from sitegen.model import Block, Conversion, Library, Notice, OutputFile
from sitegen.render import NoticePage, render_site, static_files

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told the name of a stage, how many of its items are done, and how many there are (0 where nobody knows)."""

Announce: TypeAlias = Callable[[store.Update], None]
"""Told of each content file as it is written or kept."""

PACKAGE = Path(__file__).parent
_LUNR = PACKAGE / "_vendor"


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """What a conversion of all seeds did."""

    updates: tuple[store.Update, ...]
    problems: tuple[Problem, ...]
    """Faults of seeds and content files; the others were converted all the same."""
    waiting: tuple[str, ...]
    """New seeds that were not converted because one of the faulty content files may be theirs."""
    notices: tuple[Notice, ...]
    """Every notice of the collection as it now stands, sorted by id."""
    conversions: Mapping[str, Conversion]
    """What the converter makes of the seed of a notice, by id."""
    missing: tuple[Notice, ...]
    """Notices whose seed is no longer there."""
    collection: store.Collection
    """What lay on disk before."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    updates: tuple[store.Update, ...]
    notices: int
    """Published notices."""
    files: int
    """Files of the site."""
    missing: tuple[Notice, ...]
    """Notices whose seed is no longer there; their pages stay, without the page of the source."""
    site_url: str | None
    """Where the site will stand, if that was told."""


def build_site(
    project: Path,
    *,
    locked: bool = False,
    site_url: str | None = None,
    force: bool = False,
    progress: Progress = lambda stage, done, total: None,
    announce: Announce = lambda update: None,
) -> BuildReport:
    """Build the site of a project into `output/`; what is new or changed in `seeds/` is converted first.

    `site_url` overrides the setting; `force` moves foreign files out of `output/`. With `locked` nothing is written
    to `content/`. Raises InputError with every fault of the input, OutputError where the site cannot be written; the
    old site then stays.
    """
    config = with_site_url(read_config(project), site_url)
    converted = convert_seeds(project, config, write=not locked, progress=progress, announce=announce)
    problems = [*converted.problems, *(_unconverted(converted.updates) if locked else ())]
    if problems:
        raise InputError(problems)
    library = build_library(converted.notices, converted.collection.authority)
    site = tuple(_site_files(project, library, converted.conversions, config, progress))
    output.publish(project, site, _inputs(project, converted.notices, config), force=force)
    return BuildReport(converted.updates, len(library.notices), len(site), converted.missing, config.site_url)


def with_site_url(config: SiteConfig, site_url: str | None) -> SiteConfig:
    """Give the settings with another address of the site. Raises UsageError where it is none."""
    if not site_url:
        return config
    if not is_site_url(site_url):
        message, hint = f"{site_url!r} is no web address of a site.", "Write it like https://example.org/archive/."
        raise UsageError(Problem("bad-site-url", "--site-url", message, hint))
    return replace(config, site_url=site_url.rstrip("/") + "/")


# --- convert --------------------------------------------------------------------------------------------------------


def convert_seeds(
    project: Path,
    config: SiteConfig,
    *,
    write: bool = True,
    only: Collection[str] | None = None,
    collection: store.Collection | None = None,
    progress: Progress = lambda stage, done, total: None,
    announce: Announce = lambda update: None,
) -> ConvertReport:
    """Convert every seed of a project and bring the results together with `content/`; faults do not stop the others.

    `only` names the seeds to convert, by their paths below `seeds/`, in the place of all; `collection` is what lies on
    disk, where that was read already. With `write` the content files that change are written. Raises UsageError where
    the folder is no collection, OutputError where writing fails.
    """
    check_collection(project)
    collection = collection or store.read_collection(project, config)
    seeds, notices = collection.seeds, collection.notices
    made, problems = _convert_all([seed for seed in seeds if only is None or seed.file in only], progress)
    problems = [*collection.problems, *problems]
    held = {seed.file for seed in collection.waiting}
    waiting = tuple(seed.path for seed, _ in made if seed.file in held)
    made = [(seed, conversion) for seed, conversion in made if seed.file not in held]
    updates = store.reconcile(made, notices, store.today(), collection.owners)
    if write:
        problems += store.write_updates(project, updates)
        for update in updates:
            announce(update)
    current = {notice.id: notice for notice in notices} | {update.notice.id: update.notice for update in updates}
    paths = {notice_id: store.content_path(notice_id) for notice_id in current}
    problems += find_collisions(tuple(current.values()), paths)
    conversions = {update.notice.id: update.conversion for update in updates}
    ordered = tuple(current[notice_id] for notice_id in sorted(current))
    present = {seed.file for seed in seeds}
    owners = {update.notice.source.file: update.notice.id for update in updates if update.notice.source}
    missing = tuple(
        notice
        for notice in ordered
        if notice.source
        and (notice.source.file not in present or owners.get(notice.source.file, notice.id) != notice.id)
    )
    return ConvertReport(updates, tuple(problems), waiting, ordered, conversions, missing, collection)


def check_collection(project: Path) -> None:
    """Check that a folder holds a collection. Raises UsageError where it does not."""
    if not any((project / name).is_dir() for name in (store.SEEDS, store.CONTENT)):
        message = f"there is neither {store.SEEDS}/ nor {store.CONTENT}/ in this folder."
        hint = "Go to the folder of a collection, name it with --project, or start one with `sitegen new FOLDER`."
        raise UsageError(Problem("no-collection", str(project), message, hint))


def _convert_all(
    seeds: Sequence[store.Seed], progress: Progress
) -> tuple[list[tuple[store.Seed, Conversion]], list[Problem]]:
    made: list[tuple[store.Seed, Conversion]] = []
    problems: list[Problem] = []
    for number, seed in enumerate(seeds, start=1):
        try:
            conversion = convert(seed.data, seed.path)
            _check_name(seed, conversion)
            made.append((seed, conversion))
        except SitegenError as error:
            problems += error.problems
        progress("Converting", number, len(seeds))
    return made, problems


_TELLING_RUN = 3
"""Neighbouring characters of advertising by which it can be known."""


def _check_name(seed: store.Seed, conversion: Conversion) -> None:
    """Refuse a seed whose own name, which is published, repeats the advertising that its text has."""
    name = unquote(seed.file)
    for start, end in conversion.masked:
        for at in range(start, end - _TELLING_RUN + 1):
            if conversion.raw[at : at + _TELLING_RUN] in name:
                message = "its name holds the advertising that overwrote a name in its text."
                raise InputError(Problem("advertising-in-name", seed.path, message, "Rename the file."))


def _unconverted(updates: Sequence[store.Update]) -> Iterator[Problem]:
    for update in updates:
        if update.is_change and update.notice.source:
            what = "has no content file yet" if update.before is None else "would now be converted differently"
            path = f"{store.SEEDS}/{update.notice.source.file}"
            hint = f"Run `sitegen convert` and review {store.content_path(update.notice.id)}."
            yield Problem("not-converted", path, f"it {what}, and --locked allows no change.", hint)


# --- the files of the site ------------------------------------------------------------------------------------------


def template_folders(project: Path) -> tuple[Path, ...]:
    """Give the folders templates are looked for in, the project's own first, sitegen's last."""
    own, shipped, checkout = project / "templates", PACKAGE / "_templates", PACKAGE.parent / "templates"
    base = shipped if shipped.is_dir() else checkout
    return (own, base) if own.is_dir() and own.resolve() != base.resolve() else (base,)


def _site_files(
    project: Path,
    library: Library,
    conversions: Mapping[str, Conversion],
    config: SiteConfig,
    progress: Progress,
) -> Iterator[OutputFile]:
    folders = template_folders(project)
    blocks = {notice.id: markup.parse(notice.body) for notice in library.notices}
    pages = [_notice_page(notice, blocks[notice.id], conversions.get(notice.id)) for notice in library.notices]
    progress("Rendering", 0, 0)
    yield from render_site(library, pages, config, folders)
    yield from static_files(folders)
    yield OutputFile("static/js/lunr.js", (_LUNR / "lunr.js").read_bytes())
    yield OutputFile("static/js/lunr.LICENSE.txt", (_LUNR / "lunr.LICENSE").read_bytes())
    numbered = search.number_notices(library.notices)
    lines = [tuple(search.notice_lines(notice, blocks[notice.id])) for notice in numbered]
    yield from search.build_index(library, lines, config.search).files


def _notice_page(notice: Notice, blocks: tuple[Block, ...], conversion: Conversion | None) -> NoticePage:
    edits = with_curator(conversion, blocks) if conversion else ()
    return NoticePage(notice, markup.render(notice.body), conversion, edits)


def _inputs(project: Path, notices: Sequence[Notice], config: SiteConfig) -> Mapping[str, str]:
    """Digest what the site was made from; drafts and what the settings ignore are not told to the world."""
    names = (SETTINGS_FILE, store.SEEDS, store.CONTENT, "templates")
    digests = output.hash_inputs(project, [project / name for name in names])
    drafts = [notice for notice in notices if notice.draft]
    sources = {entry.file for entry in config.ignore} | {draft.source.file for draft in drafts if draft.source}
    hidden = {store.content_path(draft.id) for draft in drafts}
    hidden |= {f"{store.SEEDS}/{file}{suffix}" for file in sources for suffix in ("", ".source.json")}
    beside = tuple(f"{store.SEEDS}/{file}.files/" for file in sources)
    return {path: digest for path, digest in digests.items() if path not in hidden and not path.startswith(beside)}
