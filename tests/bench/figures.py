"""What was measured, as rows of one table: sitegen, Pagefind, their ratio, what is aimed at and whether it is met."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure should be."""

    text: str
    is_met: bool
    is_firm: bool = True
    """Whether it is the same on every machine and in every run, so that missing it is a fault."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row."""

    size: int
    """Notices of the corpus."""
    what: str
    ours: float
    theirs: float | None
    unit: str
    aims: tuple[Aim, ...] = ()

    @property
    def ratio(self) -> float | None:
        """Ours to theirs."""
        return self.ours / self.theirs if self.theirs else None


def ratio_aim(ours: float, theirs: float, most: float, *, is_firm: bool = True) -> Aim:
    """Give the aim to be at most a part of theirs."""
    return Aim(f"<= {most:g} of Pagefind", ours <= most * theirs, is_firm)


HEAD = ("notices", "figure", "sitegen", "Pagefind", "ratio", "aim", "met")


def table(figures: Iterable[Figure]) -> str:
    """Write figures as a table of Markdown, its columns aligned."""
    rows = [HEAD, *(_row(figure) for figure in figures)]
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _row(figure: Figure) -> tuple[str, ...]:
    theirs = "" if figure.theirs is None else _number(figure.theirs, figure.unit)
    ratio = "" if figure.ratio is None else f"{figure.ratio:.3f}"
    aims = "; ".join(aim.text for aim in figure.aims)
    met = "; ".join("yes" if aim.is_met else "NO" for aim in figure.aims)
    return f"{figure.size:,}", figure.what, _number(figure.ours, figure.unit), theirs, ratio, aims, met


def _number(value: float, unit: str) -> str:
    if unit == "B":
        return f"{value / 1e6:.2f} MB" if value >= 1e6 else f"{value / 1e3:.1f} kB"
    if unit == "s":
        return f"{value:.2f} s"
    if unit == "%":
        return f"{value:.2f} %"
    return f"{value:,.0f} {unit}".rstrip()


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return "| " + " | ".join(cells) + " |"


def _width(text: str) -> int:
    """Count the columns a terminal takes for a text."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
