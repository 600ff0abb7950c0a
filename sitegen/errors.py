"""What can go wrong, as values: `Problem`, and the exceptions that carry problems to the command line.

    SitegenError
    ├── InputError     a fault in the input: seeds, content, settings      (exit status 1)
    ├── OutputError    the site cannot be written where it should be       (exit status 1)
    └── UsageError     the command was called in a way that makes no sense (exit status 2)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault that stops a notice, or the build, told so that a person can mend it."""

    code: str
    """Short name of the kind of fault, in kebab case; stable, so that it can be searched for."""
    path: str
    """File the fault is in, relative to the project, with forward slashes."""
    message: str
    """What is wrong, in the reader's words; one sentence."""
    hint: str
    """What to do about it; one sentence."""
    line: int | None = None
    """Line of the file, counted from 1; None where the fault is about the whole file."""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.code}: {self.message}\n    {self.hint}"


class SitegenError(Exception):
    """Base of every error that sitegen raises on purpose.

    Carries one or more problems; its text is theirs, one after the other.
    """

    exit_status = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class InputError(SitegenError):
    """Seeds, content or settings hold faults."""


class OutputError(SitegenError):
    """The site cannot be written safely where it is asked for."""


class UsageError(SitegenError):
    """The command line asks for something that makes no sense."""

    exit_status = 2
