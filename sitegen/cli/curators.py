"""Commands for those who look after the texts: convert, status, institutions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from sitegen.cli.options import examples, options
from sitegen.cli.printing import announcer, count, fail, failing, print_missing, say, telling
from sitegen.cli.wording import status_lines


@click.command(
    epilog=examples(
        "sitegen convert",
        "sitegen convert --explain seeds/a.txt",
        "sitegen convert --diff",
        "sitegen convert --diff content/2024-03-01-a-1.md",
        "sitegen convert --accept content/2024-03-01-a-1.md",
        "sitegen convert --accept content/2024-03-01-a-1.md --key title",
    )
)
@options
@click.option("--explain", is_flag=True, help="Show every change of these files with its rule; write nothing.")
@click.option("--diff", is_flag=True, help="Show what a conversion would change, in all or in these; write nothing.")
@click.option("--accept", is_flag=True, help="Take the new conversion of these files; what people changed is dropped.")
@click.option("--key", metavar="KEY", help="With --accept: take this key alone, such as title or body.")
@click.argument("files", metavar="[FILE]...", nargs=-1)
def convert(
    project: Path, quiet: bool, explain: bool, diff: bool, accept: bool, key: str | None, files: tuple[str, ...]
) -> None:
    """Convert what is new or changed in seeds/ to Markdown in content/.

    What a person has changed in content/ is kept. A seed that cannot be converted is named, and the others go on.

    FILE is a file in seeds/ or content/, for --explain, --diff and --accept.
    """
    if explain + diff + accept > 1:
        raise click.UsageError("--explain, --diff and --accept exclude each other.")
    if files and not (explain or diff or accept):
        raise click.UsageError("Files are named for --explain, --diff and --accept; convert takes all that is new.")
    if (explain or accept) and not files:
        raise click.UsageError(f"{'--explain' if explain else '--accept'} needs the name of a file.")
    if key and not accept:
        raise click.UsageError("--key belongs to --accept.")
    show = (lambda line: None) if quiet else say
    if explain:
        _explain(project, files, show)
    elif diff:
        _diff(project, files, show)
    elif accept:
        _accept(project, files, key, show)
    else:
        _convert_all(project, quiet)


def _convert_all(project: Path, quiet: bool) -> None:
    from sitegen.build import convert_seeds
    from sitegen.config import read_config

    with telling(quiet) as progress:
        report = convert_seeds(project, read_config(project), progress=progress, announce=announcer(quiet))
    if not quiet:
        print_missing(report.missing)
        written = sum(update.is_change for update in report.updates)
        say(f"{count(len(report.updates), 'source')}, {count(written, 'content file')} written.")
    for path in report.waiting:
        say(f"{path}: not converted, since it may belong to one of the faulty content files below.")
    if report.problems:
        fail(report.problems, 1)


def _explain(project: Path, files: Sequence[str], show: Callable[[str], None]) -> None:
    from sitegen.config import read_config
    from sitegen.review import explain_conversion

    with failing():
        for number, name in enumerate(files):
            for line in (*([""] if number else []), *explain_conversion(project, read_config(project), name)):
                show(line)


def _diff(project: Path, files: Sequence[str], show: Callable[[str], None]) -> None:
    from sitegen.config import read_config
    from sitegen.review import list_differences

    with failing():
        lines, problems = list_differences(project, read_config(project), files)
    for line in lines or ("A conversion would change nothing.",):
        show(line)
    if problems:
        fail(problems, 1)


def _accept(project: Path, files: Sequence[str], key: str | None, show: Callable[[str], None]) -> None:
    from sitegen.config import read_config
    from sitegen.review import accept_conversions
    from sitegen.store import KEYS

    if key is not None and key not in KEYS:
        raise click.BadParameter(f"{key!r} is none of {', '.join(KEYS)}.", param_hint="--key")
    with failing():
        for path, is_change in accept_conversions(project, read_config(project), files, key, show):
            show(f"{'updated' if is_change else 'as it was'}: {path}")


@click.command(epilog=examples("sitegen status", "sitegen status --json"))
@options
@click.option("--json", "as_json", is_flag=True, help="Print the state for machines.")
def status(project: Path, quiet: bool, as_json: bool) -> None:
    """Tell what is new, changed, edited, flagged or faulty, and what a conversion would change. Nothing is written."""
    from sitegen.config import read_config
    from sitegen.review import read_status

    with telling(quiet or as_json) as progress:
        state = read_status(project, read_config(project), progress=progress)
    if as_json:
        say(json.dumps(state.as_plain(), ensure_ascii=False, indent=2))
    elif not quiet:
        for line in status_lines(state):
            say(line)
    if state.problems:
        fail(state.problems, 1)


@click.command(epilog=examples("sitegen institutions", "sitegen institutions >> content/institutions.yaml"))
@options
def institutions(project: Path, quiet: bool) -> None:
    """Suggest records for institutions that content/institutions.yaml does not hold, as YAML ready to paste.

    Bodies are grouped by rule; correct what the rule cannot know. Nothing is written.
    """
    from sitegen.config import read_config
    from sitegen.review import suggest_authority

    with failing():
        written, problems = suggest_authority(project, read_config(project))
    if not quiet and written:
        say(written.rstrip("\n"))
    if problems:
        fail(problems, 1)
