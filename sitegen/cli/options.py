"""What commands have in common on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click


def examples(*lines: str) -> str:
    """Write examples below a command's help, behind the mark that keeps click from joining the lines."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all share."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    command = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")(command)
    return click.option(
        "-C", "--project", default=".", type=folder, help="Folder of the collection.  [default: the current folder]"
    )(command)
