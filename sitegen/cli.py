"""The command line: arguments, progress, printing, exit status. Only this module prints.

Exit status: 0 done, 1 a fault in the input or the output, 2 a command that makes no sense.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sitegen import __version__
from sitegen.errors import Problem, SitegenError

if TYPE_CHECKING:  # `sitegen --version` and `--help` answer without loading what builds a site
    from sitegen.build import Progress
    from sitegen.model import Notice
    from sitegen.store import Update


def _examples(*lines: str) -> str:
    """Write examples below a command's help, behind the mark that keeps click from joining the lines."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    epilog=_examples(
        "sitegen new my-archive       start a collection",
        "sitegen serve                write and see the result",
        "sitegen build                make the site in output/",
        "sitegen check                check the finished site",
    ),
    context_settings=_CONTEXT,
)
@click.version_option(__version__, "-V", "--version", message="sitegen %(version)s")
def main() -> None:
    """Turn a folder of raw public notices into a static archive that people can read, search, cite and trust.

    Exit status: 0 done, 1 a fault in the input (told as path:line: code: message, with what to do), 2 wrong usage.
    """


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all share."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    command = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")(command)
    return click.option(
        "-C", "--project", default=".", type=folder, help="Folder of the collection.  [default: the current folder]"
    )(command)


@main.command(
    epilog=_examples("sitegen build", "sitegen build --locked", "sitegen build --site-url https://example.org/archive/")
)
@_options
@click.option("--locked", is_flag=True, help="Refuse to build while seeds wait to be converted.")
@click.option("--force", is_flag=True, help="Move foreign files in output/ to output.foreign/ instead of stopping.")
@click.option("--site-url", metavar="URL", help="Address of the published site; overrides the setting.")
def build(project: Path, quiet: bool, locked: bool, force: bool, site_url: str | None) -> None:
    """Build the site into output/. What is new or changed in seeds/ is converted first.

    A fault in the input stops the build, and the site that is there stays as it is.
    """
    from sitegen.build import build_site

    with _telling(quiet) as progress:
        report = build_site(
            project, locked=locked, site_url=site_url, force=force, progress=progress, announce=_announcer(quiet)
        )
    if not quiet:
        _print_missing(report.missing)
        if report.site_url is None:
            _say("No site_url in [tool.sitegen]: canonical addresses are left out, and 404.html has no links.")
        _say(f"Built {_count(report.notices, 'notice')}, {_count(report.files, 'file')} in {project / 'output'}.")


@main.command(epilog=_examples("sitegen convert", "sitegen convert --project my-archive"))
@_options
def convert(project: Path, quiet: bool) -> None:
    """Convert what is new or changed in seeds/ to Markdown in content/.

    What a person has changed in content/ is kept. A seed that cannot be converted is named, and the others go on.
    """
    from sitegen.build import convert_seeds
    from sitegen.config import read_config

    with _telling(quiet) as progress:
        report = convert_seeds(project, read_config(project), progress=progress, announce=_announcer(quiet))
    if not quiet:
        _print_missing(report.missing)
        written = sum(update.is_change for update in report.updates)
        _say(f"{_count(len(report.updates), 'source')}, {_count(written, 'content file')} written.")
    for path in report.waiting:
        _say(f"{path}: not converted, since it may belong to one of the faulty content files below.")
    if report.problems:
        _fail(report.problems, 1)


@main.command(epilog=_examples("sitegen serve", "sitegen serve --port 8080"))
@_options
@click.option("--port", default=8000, type=click.IntRange(0, 65535), show_default=True, help="0 takes any free port.")
def serve(project: Path, quiet: bool, port: int) -> None:
    """Preview the site on 127.0.0.1. It is built again whenever seeds, content or templates change.

    Open pages reload by themselves. A fault is shown in the page, and the last good site stays.
    """
    from sitegen.build import check_collection
    from sitegen.serve import serve as serve_site

    with _failing():
        check_collection(project)
        serve_site(project, port=port, on_event=(lambda event: None) if quiet else _say)


@main.command(epilog=_examples("sitegen check", "sitegen check --project my-archive"))
@_options
def check(project: Path, quiet: bool) -> None:
    """Check the finished site in output/. Every link and anchor, every page, every word of every notice."""
    from sitegen.check import check_site

    with _failing():
        report = check_site(project)
    if report.problems:
        _fail(report.problems, 1)
    if not quiet:
        _say(f"Checked {_count(report.pages, 'page')}, {_count(report.links, 'link')}: no problem.")


@main.command(epilog=_examples("sitegen new my-archive", "sitegen new my-archive --title 示例市公文汇编"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="Title of the collection.")
def new(folder: Path, title: str | None) -> None:
    """Start a collection in FOLDER. It has settings, an example notice and a workflow for GitHub Pages."""
    from sitegen.scaffold import create_project

    with _failing():
        for path in create_project(folder, title):
            _say(f"made {folder / path}")
    _say(f"\nNow:\n  cd {folder}\n  sitegen serve")


# --- printing -------------------------------------------------------------------------------------------------------


def _say(line: str) -> None:
    click.echo(line)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _announcer(quiet: bool) -> Callable[[Update], None]:
    return (lambda update: None) if quiet else _announce


def _announce(update: Update) -> None:
    """Name a content file that is new or changed, and what a person has kept from being changed."""
    path = f"content/{update.notice.id}.md"
    if update.before is None:
        _say(f"new: {path}")
    elif update.is_change:
        _say(f"updated: {path}")
    if kept := [key for key in update.kept if key not in update.outdated]:
        _say(f"kept as edited: {path}: {', '.join(kept)}")
    if update.outdated:
        _say(f"kept as edited, though its source or the converter has changed: {path}: {', '.join(update.outdated)}")


def _print_missing(notices: Sequence[Notice]) -> None:
    """Name the notices whose evidence is gone; their text stays published."""
    for notice in notices:
        if notice.source:
            _say(
                f"source missing: seeds/{notice.source.file}, of content/{notice.id}.md; restore it, or remove `source`"
            )


def _fail(problems: Sequence[Problem], status: int) -> NoReturn:
    """Print problems, sorted by place, and end the program."""
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.code))
    for problem in ordered:
        click.echo(str(problem), err=True)
    click.echo(f"{_count(len(ordered), 'problem')} in {_count(len({p.path for p in ordered}), 'file')}.", err=True)
    sys.exit(status)


@contextlib.contextmanager
def _failing() -> Iterator[None]:
    """End the program with the problems and the exit status of an error that sitegen raises."""
    try:
        yield
    except SitegenError as error:
        _fail(error.problems, error.exit_status)


@contextlib.contextmanager
def _telling(quiet: bool) -> Iterator[Progress]:
    """Show progress while the block runs: a bar on a terminal, a line a stage elsewhere, nothing when quiet."""
    with _failing():
        if quiet:
            yield lambda stage, done, total: None
        elif sys.stderr.isatty():
            with _bar() as progress:
                yield progress
        else:
            yield _Lines()


class _Lines:
    """Prints a line as each stage begins."""

    def __init__(self) -> None:
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self._stage = stage
            click.echo(f"{stage} …", err=True)


@contextlib.contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as RichProgress

    columns: tuple[Any, ...] = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield tell
