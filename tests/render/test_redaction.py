"""The raw text as readers see it never opens a mask, and otherwise hides nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model import MASK, Conversion, Edit, Facts, Span
from sitegen.render.redaction import Redacted, Run, compare, hide_runs, redact, runs

SPAM = "免费福利视频"


def redacted(raw: str, masked: tuple[Span, ...]) -> Redacted:
    return redact(Conversion(raw, "utf-8", (), masked, Facts(), ()))


def shown(found: tuple[Run, ...]) -> str:
    return "".join(run.text for run in found)


@st.composite
def masked_texts(draw: st.DrawFn) -> tuple[str, tuple[Span, ...], tuple[Edit, ...]]:
    """Draw a text of plain characters and secrets, with the secrets masked, and a ledger that cuts it anywhere."""
    parts = draw(st.lists(st.tuples(st.text("甲乙 \n", max_size=4), st.sampled_from(["", SPAM, SPAM[:4]])), max_size=5))
    raw, masked = "", []
    for plain, secret in parts:
        raw += plain
        if secret:
            masked.append((len(raw), len(raw) + len(secret)))
        raw += secret
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    edits = [
        Edit(start, end, raw[start:end], draw(st.sampled_from(["", "，", MASK])), ("pass",))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return raw, tuple(masked), tuple(edits)


@given(masked_texts())
@example((f"中共{SPAM}委员会", ((2, 8),), (Edit(0, 4, "中共免费", "", ("a",)), Edit(6, 9, "视频委", "x", ("b",)))))
@example((SPAM, ((0, 6),), tuple(Edit(at, at + 1, SPAM[at], "", ("a",)) for at in range(6))))
def test_no_character_of_a_mask_is_shown_wherever_edits_cut(
    case: tuple[str, tuple[Span, ...], tuple[Edit, ...]],
) -> None:
    raw, masked, edits = case
    whole = redacted(raw, masked)
    pieces = compare(whole, edits)
    everything = shown(whole.show(0, len(raw))) + "".join(shown(one.before) + shown(one.after) for one in pieces)
    assert not set(everything) & set(SPAM)


@given(masked_texts())
def test_what_is_before_the_edits_is_the_whole_text_with_masks(
    case: tuple[str, tuple[Span, ...], tuple[Edit, ...]],
) -> None:
    raw, masked, edits = case
    whole = redacted(raw, masked)
    expected = raw.replace(SPAM, MASK).replace(SPAM[:4], MASK)
    assert shown(whole.show(0, len(raw))) == expected
    assert "".join(shown(piece.before) for piece in compare(whole, edits)) == expected


@given(masked_texts())
def test_every_edit_is_a_piece(case: tuple[str, tuple[Span, ...], tuple[Edit, ...]]) -> None:
    raw, masked, edits = case
    assert tuple(piece.edit for piece in compare(redacted(raw, masked), edits) if piece.edit) == edits


def test_the_same_words_elsewhere_are_masked_as_well() -> None:
    whole = redacted(f"{SPAM}甲{SPAM}", ((0, 6),))
    assert shown(whole.show(0, 13)) == f"{MASK}甲{MASK}"


def test_an_edit_that_writes_masked_words_shows_a_mask() -> None:
    whole = redacted(f"{SPAM}甲", ((0, 6),))
    (piece,) = (one for one in compare(whole, (Edit(6, 7, "甲", f"乙{SPAM}", ("curator",)),)) if one.is_edit)
    assert shown(piece.after) == f"乙{MASK}"


def test_overlapping_masks_are_one() -> None:
    assert shown(redacted("甲免费福利视频", ((1, 4), (3, 7))).show(0, 7)) == f"甲{MASK}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("甲.txt", "甲.txt"),
        (f"a-{SPAM}.txt", f"a-{MASK}.txt"),
        ("a-福利视.txt", f"a-{MASK}.txt"),
        ("https://example.org/%E7%A6%8F%E5%88%A9%E8%A7%86/1", f"https://example.org/{MASK}/1"),
        ("https://example.org/%E7%94%B2", "https://example.org/%E7%94%B2"),
        ("福利", "福利"),
    ],
)
def test_names_hide_what_they_share_with_masked_words(name: str, expected: str) -> None:
    assert hide_runs(name, (SPAM,)) == expected


@given(st.text())
def test_runs_lose_only_what_html_cannot_hold(text: str) -> None:
    impossible = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
    lines = re.sub("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    assert "".join(run.text for run in runs(text)) == impossible.sub("", lines)


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [(" \u3000", "space", None), ("\n", "line", "↵"), ("\r\n", "line", "CR↵"), ("\t", "sign", "→"),
     ("\u200b", "sign", "U+200B"), ("\x00", "sign", "U+0000"), ("\u202e", "sign", "U+202E")],
)  # fmt: skip
def test_what_has_no_shape_is_given_one(text: str, kind: str, code: str | None) -> None:
    (run,) = runs(text)
    assert (run.kind, run.code) == (kind, code)
