"""What commands print: results, problems with the exit status they mean, progress."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sitegen.errors import Problem, SitegenError

if TYPE_CHECKING:  # `sitegen --version` and `--help` answer without loading what builds a site
    from sitegen.build import Progress
    from sitegen.model import Notice
    from sitegen.store import Update


def say(line: str) -> None:
    """Print a line."""
    click.echo(line)


def count(number: int, what: str) -> str:
    """Write how many of something there are."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def announcer(quiet: bool) -> Callable[[Update], None]:
    """Give what is told of each content file as it is written or kept."""
    return (lambda update: None) if quiet else _announce


def _announce(update: Update) -> None:
    """Name a content file that is new or changed, and what a person has kept from being changed."""
    path = f"content/{update.notice.id}.md"
    if update.before is None:
        say(f"new: {path}")
    elif update.is_change:
        say(f"updated: {path}")
    if kept := [key for key in update.kept if key not in update.outdated]:
        say(f"kept as edited: {path}: {', '.join(kept)}")
    if update.outdated:
        say(f"kept as edited, though its source or the converter has changed: {path}: {', '.join(update.outdated)}")


def print_missing(notices: Sequence[Notice]) -> None:
    """Name the notices whose evidence is gone; their text stays published."""
    for notice in notices:
        if notice.source:
            say(
                f"source missing: seeds/{notice.source.file}, of content/{notice.id}.md; restore it, or remove `source`"
            )


def fail(problems: Sequence[Problem], status: int) -> NoReturn:
    """Print problems, sorted by place, and end the program."""
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.code))
    for problem in ordered:
        click.echo(str(problem), err=True)
    click.echo(f"{count(len(ordered), 'problem')} in {count(len({p.path for p in ordered}), 'file')}.", err=True)
    sys.exit(status)


@contextlib.contextmanager
def failing() -> Iterator[None]:
    """End the program with the problems and the exit status of an error that sitegen raises."""
    try:
        yield
    except SitegenError as error:
        fail(error.problems, error.exit_status)


@contextlib.contextmanager
def telling(quiet: bool) -> Iterator[Progress]:
    """Show progress while the block runs: a bar on a terminal, a line a stage elsewhere, nothing when quiet."""
    with failing():
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
