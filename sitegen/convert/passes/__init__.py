"""The passes that clean a text, in the order in which they run: order is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from sitegen.convert.ledger import Change
from sitegen.convert.passes.characters import (
    drop_bold_marks,
    drop_controls,
    drop_glosses,
    drop_heading_marks,
    drop_page_numbers,
    drop_residue,
    unify_line_ends,
)
from sitegen.convert.passes.joins import drop_blank_lines, join_hard_wraps, join_page_breaks
from sitegen.convert.passes.punctuation import pair_quotes, widen_brackets, widen_marks
from sitegen.convert.passes.radicals import unify_radicals
from sitegen.convert.passes.spacing import close_up_spaced_lines, drop_spaces
from sitegen.convert.passes.splits import split_addressee, split_dates, split_glued_numbers

Pass: TypeAlias = Callable[[str], Iterable[Change]]

TO_PLAIN: tuple[tuple[str, Pass], ...] = (
    ("line-ends", unify_line_ends),
    ("controls", drop_controls),
    ("residue", drop_residue),
    ("radicals", unify_radicals),
    ("heading-marks", drop_heading_marks),
)
"""To text without the marks of files and converters; bold marks are read off what these make."""

TO_CLEAN: tuple[tuple[str, Pass], ...] = (
    ("bold-marks", drop_bold_marks),
    ("glosses", drop_glosses),
    ("page-numbers", drop_page_numbers),
    ("hard-wraps", join_hard_wraps),
    ("page-breaks", join_page_breaks),
    ("blank-lines", drop_blank_lines),
    ("spaced-lines", close_up_spaced_lines),
    ("spaces", drop_spaces),
    ("quotes", pair_quotes),
    ("brackets", widen_brackets),
    ("punctuation", widen_marks),
)
"""To clean lines. Joins come before the lines lose their edges; punctuation comes when sentences are whole again."""

TO_LINES: tuple[tuple[str, Pass], ...] = (
    ("blank-lines", drop_blank_lines),
    ("glued-numbers", split_glued_numbers),
    ("run-together-dates", split_dates),
    ("run-together-addressee", split_addressee),
)
"""To one part of the notice a line; runs after advertising is out."""
