"""The ledger: what a conversion changed, as spans of the raw text, so that every change can be seen and undone.

A ledger is a tuple of `Edit`s, sorted and apart from each other. A pass looks at the current text and yields `Change`s
in its coordinates; `compose` folds them into the ledger over the raw text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate

from sitegen.model import Block, Conversion, Edit, Span, block_lines


@dataclass(frozen=True, slots=True)
class Change:
    """What one pass asks for: a span of the text it was given, and what shall stand there."""

    start: int
    end: int
    after: str
    key: str | None = None
    """The fact that is taken out of the body here, as a front-matter key."""


def record(text: str, changes: Iterable[Change], name: str) -> tuple[Edit, ...]:
    """Make edits over `text` of the changes of the pass `name`; those that change nothing are left out.

    Raises ValueError where they overlap or are not sorted: the pass is wrong.
    """
    edits: list[Edit] = []
    position = 0
    for change in changes:
        if not position <= change.start <= change.end <= len(text):
            raise ValueError(f"pass {name}: change {change.start}:{change.end} after {position} of {len(text)}")
        position = change.end
        before = text[change.start : change.end]
        if before != change.after:
            edits.append(Edit(change.start, change.end, before, change.after, (name,), change.key))
    return tuple(edits)


def apply(raw: str, edits: Iterable[Edit]) -> str:
    """Apply a ledger to the text it was made over.

    Raises ValueError where the text is not the one it was made over.
    """
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position or raw[edit.start : edit.end] != edit.before:
            raise ValueError(f"the edit at {edit.start} does not fit the text")
        pieces += (raw[position : edit.start], edit.after)
        position = edit.end
    pieces.append(raw[position:])
    return "".join(pieces)


def undo(clean: str, edits: Iterable[Edit]) -> str:
    """Give back the raw text from the clean one, character for character.

    Raises ValueError where the text is not what the ledger made.
    """
    return apply(clean, inverse(edits))


def inverse(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Turn a ledger round: edits over the clean text that give the raw text back."""
    turned: list[Edit] = []
    shift = 0
    for edit in edits:
        start = edit.start + shift
        turned.append(Edit(start, start + len(edit.after), edit.after, edit.before, edit.passes, edit.key))
        shift += len(edit.after) - len(edit.before)
    return tuple(turned)


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Give one ledger over the raw text that does what `first` and then `second` do.

    `first` is over the raw text, `second` over what it makes. An edit of `second` that overlaps replaced stretches
    becomes one edit with them, under the names of all their passes; edits that only touch stay apart, so that each
    fact taken out keeps its own key.
    """
    united: list[Edit] = []
    i = j = shift = 0  # shift: what the edits of `first` before `i` add to a position of the raw text
    while i < len(first) and j < len(second):
        start = first[i].start + shift
        if start + len(first[i].after) <= second[j].start:
            united.append(first[i])
            i, shift = i + 1, shift + _growth(first[i])
        elif second[j].end <= start:
            united.append(_moved(second[j], -shift))
            j += 1
        else:
            cluster = _Cluster(shift)
            i, j, shift = cluster.gather(first, second, i, j)
            united.append(cluster.united())
    united += first[i:]
    united += (_moved(edit, -shift) for edit in second[j:])
    return tuple(edit for edit in united if edit.before or edit.after)


@dataclass(slots=True)
class _Cluster:
    """Edits of two ledgers that overlap each other in a chain and become one."""

    shift: int
    firsts: list[tuple[int, int, Edit]] = field(default_factory=list)
    """Span in the text between, and the edit of the first ledger that made it."""
    seconds: list[tuple[int, int, Edit]] = field(default_factory=list)
    """Span in the text between, and the edit of the second ledger that replaces it."""

    def gather(self, first: Sequence[Edit], second: Sequence[Edit], i: int, j: int) -> tuple[int, int, int]:
        """Take in all edits of the chain that begins at `i` and `j`; give the positions and the shift behind it."""
        shift = self.shift
        while True:
            if i < len(first) and self._reaches(*_made(first[i], shift), self.seconds or [_placed(second[j])]):
                self.firsts.append((*_made(first[i], shift), first[i]))
                i, shift = i + 1, shift + _growth(first[i])
            elif j < len(second) and self._reaches(second[j].start, second[j].end, self.firsts):
                self.seconds.append(_placed(second[j]))
                j += 1
            else:
                return i, j, shift

    @staticmethod
    def _reaches(start: int, end: int, others: Sequence[tuple[int, int, Edit]]) -> bool:
        return bool(others) and start < others[-1][1] and others[-1][0] < end

    def united(self) -> Edit:
        """Give the one edit over the raw text."""
        start = min(self.firsts[0][0], self.seconds[0][0])
        end = max(self.firsts[-1][1], self.seconds[-1][1])
        before = _fill(
            start,
            end,
            [(a, b, edit.before) for a, b, edit in self.firsts],
            [(a, edit.before) for a, _, edit in self.seconds],
        )
        after = _fill(
            start,
            end,
            [(a, b, edit.after) for a, b, edit in self.seconds],
            [(a, edit.after) for a, _, edit in self.firsts],
        )
        raw_start = start - self.shift
        edits = [edit for _, _, edit in (*self.firsts, *self.seconds)]
        passes = tuple(dict.fromkeys(name for edit in edits for name in edit.passes))
        key = next((edit.key for edit in reversed(edits) if edit.key), None)
        return Edit(raw_start, raw_start + len(before), before, after, passes, key)


def _fill(start: int, end: int, replaced: Sequence[tuple[int, int, str]], beneath: Sequence[tuple[int, str]]) -> str:
    """Write out `start:end` of the text between: `replaced` spans as given, the gaps from what lies beneath them."""
    pieces: list[str] = []
    position = start
    for a, b, text in (*replaced, (end, end, "")):
        if position < a:
            pieces += [
                under[max(position - origin, 0) : a - origin]
                for origin, under in beneath
                if origin < a and position < origin + len(under)
            ]
        pieces.append(text)
        position = b
    return "".join(pieces)


def _growth(edit: Edit) -> int:
    return len(edit.after) - len(edit.before)


def _made(edit: Edit, shift: int) -> Span:
    """Span of what an edit made, in the text it made."""
    return edit.start + shift, edit.start + shift + len(edit.after)


def _placed(edit: Edit) -> tuple[int, int, Edit]:
    return edit.start, edit.end, edit


def _moved(edit: Edit, by: int) -> Edit:
    if by == 0:
        return edit
    return Edit(edit.start + by, edit.end + by, edit.before, edit.after, edit.passes, edit.key)


# --- the curator's pass ---------------------------------------------------------------------------------------------

_COSTLY = 4_000_000
"""Most pairs of lines, or of characters, that are compared one by one; beyond, the whole stretch counts as changed."""


def with_curator(conversion: Conversion, blocks: Iterable[Block]) -> tuple[Edit, ...]:
    """Give the ledger from the raw text to the blocks of a content file: the converter's, then the pass `curator`."""
    clean = apply(conversion.raw, conversion.edits)
    edited = "\n".join(line for block in blocks for line in block_lines(block))
    return compose(conversion.edits, record(clean, _differences(clean, edited), "curator"))


def _differences(before: str, after: str) -> Iterator[Change]:
    """Find what to change in one text to get the other: line by line, then inside the lines that differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts, new_starts = [0, *accumulate(map(len, old))], [0, *accumulate(map(len, new))]
    for a, b, c, d in _compare(old, new):
        start, line = starts[a], "".join(old[a:b])
        replacement = after[new_starts[c] : new_starts[d]]
        for e, f, g, h in _compare(line, replacement):
            yield Change(start + e, start + f, replacement[g:h])


def _compare(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches in which two sequences differ."""
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = min(len(old), len(new)) - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if not a and not b:
        return
    if len(a) * len(b) > _COSTLY:
        yield head, head + len(a), head, head + len(b)
        return
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            yield head + i, head + j, head + k, head + m


# --- spans across a ledger ------------------------------------------------------------------------------------------


def to_raw(edits: Sequence[Edit], spans: Iterable[Span]) -> Iterator[Span]:
    """Carry sorted spans of the clean text to the raw text; a span that cuts a replaced stretch takes in all of it."""
    wanted = tuple(spans)
    return _carry(inverse(edits) if wanted else (), wanted)


def to_clean(edits: Sequence[Edit], spans: Iterable[Span]) -> Iterator[Span]:
    """Carry sorted spans of the raw text to the clean text; a span that cuts a replaced stretch takes in all of it."""
    return _carry(edits, spans)


def _carry(edits: Sequence[Edit], spans: Iterable[Span]) -> Iterator[Span]:
    """Carry spans over sorted edits to the text they make, in one walk for all starts and one for all ends."""
    index, shift = 0, 0
    for start, end in spans:
        while index < len(edits) and edits[index].end <= start:
            shift += _growth(edits[index])
            index += 1
        here, moved = index, shift
        inside = here < len(edits) and edits[here].start < start
        new_start = (edits[here].start if inside else start) + moved
        while here < len(edits) and edits[here].start < end and edits[here].end <= end:
            moved += _growth(edits[here])
            here += 1
        if here < len(edits) and edits[here].start < end:
            yield new_start, edits[here].start + moved + len(edits[here].after)
        else:
            yield new_start, end + moved
