"""Words that a space parts in the texts, for phrases that leave it out: GB18030 finds "GB 18030".

Folded text keeps one space between two words that are no Han characters, and loses all others. So a phrase without
its white space is that of the text but for those spaces. The index names the stretches of the texts that hold one,
and a phrase also stands for every way in which its words stand in them; the twin is `templates/static/js/spaced.js`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, product

from sitegen.search.lines import INSTITUTION, Line
from sitegen.search.query import Phrase, demand_at, elements_of
from sitegen.text import folding, is_han

MOST_ALTERNATIVES = 30
_SHORTEST = 2
_LINES_AT_A_TIME = 20_000
_OPEN_BEFORE = ("tail", "part")
_OPEN_AFTER = ("head", "part")
_EDGES = " \n"


# --- for the index --------------------------------------------------------------------------------------------------


def count_runs(notices: Iterable[Iterable[Line]]) -> Counter[str]:
    """Count the stretches of two and more words, folded, with the one space between each, in the articles."""
    from sitegen.search.folded import LINE_END, decode, fold_lines  # numpy takes 0.1 s to import; no query needs it

    has_space, may_part = (pattern.search for pattern in _spaces())
    lines = (
        line
        for of_notice in notices
        for place, line in of_notice
        if has_space(line) and may_part(line) and place != INSTITUTION
    )
    runs: Counter[str] = Counter()
    while batch := list(islice(lines, _LINES_AT_A_TIME)):
        for folded in decode(fold_lines(batch)).split(chr(LINE_END)):
            if " " in folded:
                runs.update(_run().findall(folded))
    return runs


@cache
def _spaces() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match what folds to a space, and where that may part two words: with no common Chinese character beside it."""
    forms = {" ": " ", **{chr(code): form for code, form in folding().changes.items() if " " in form}}
    spaces = "".join(re.escape(character) for character, form in forms.items() if not form.strip())
    others = "".join(re.escape(character) for character, form in forms.items() if form.strip())
    parting = f"[^一-鿿{spaces}][{spaces}]+[^一-鿿{spaces}]|[{others}]"
    return re.compile(f"[{spaces}{others}]"), re.compile(parting)


@cache
def _run() -> re.Pattern[str]:
    words = folding().words
    return re.compile(f"[{words}]+(?: [{words}]+)+")


# --- for a query ----------------------------------------------------------------------------------------------------


def has_long_word(phrase: Phrase) -> bool:
    """Tell whether a phrase has a word that a space can part."""
    return any(map(_is_long, elements_of(phrase).bases))


def with_spaces(phrase: Phrase, runs: Sequence[str]) -> tuple[Phrase, ...]:
    """Give what a phrase may stand for: itself first, then with its words parted as they are in the runs."""
    elements, text = elements_of(phrase), "\n".join(["", *runs, ""])
    ways = [
        [base, *_partings(base, demand_at(elements, at).kind, text)] if _is_long(base) else [base]
        for at, base in enumerate(elements.bases)
    ]
    written = (
        "".join(gap + base for gap, base in zip(elements.gaps, (*bases, ""), strict=True)) for bases in product(*ways)
    )
    return tuple(Phrase(folded, phrase.is_exact) for folded in islice(written, MOST_ALTERNATIVES))


def _is_long(base: str) -> bool:
    return len(base) >= _SHORTEST and not is_han(base[0])


def _partings(base: str, kind: str, text: str) -> list[str]:
    """List how a word stands in runs over a space or more.

    Where it may be a part of longer words it is written with the rest of them, which far fewer words of the index
    meet; but as it is where that makes too many.
    """
    places = list(_find_parted(base, kind, text))
    whole = dict.fromkeys(_widened(text, start, end) for start, end in places)
    if len(whole) < MOST_ALTERNATIVES:
        return list(whole)
    return list(dict.fromkeys(text[start:end] for start, end in places))


def _find_parted(base: str, kind: str, text: str) -> Iterator[tuple[int, int]]:
    # Looked ahead, so that places which overlap are found.
    for match in re.finditer(f"(?=({' ?'.join(map(re.escape, base))}))", text):
        start, end = match.span(1)
        is_begun = kind in _OPEN_BEFORE or text[start - 1] in _EDGES
        if " " in match[1] and is_begun and (kind in _OPEN_AFTER or text[end] in _EDGES):
            yield start, end


def _widened(text: str, start: int, end: int) -> str:
    """Give a stretch of the runs with the whole of its first and last word."""
    first = max(text.rfind(edge, 0, start) for edge in _EDGES) + 1
    last = min(at for at in (text.find(edge, end) for edge in _EDGES) if at >= 0)
    return text[first:last]
