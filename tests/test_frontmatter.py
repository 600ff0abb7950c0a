"""A content file is an exact writing of a notice, and a bad one says where it is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.frontmatter import format_content, parse_content
from sitegen.frontmatter.revision import revise_content
from sitegen.model import Converted, Facts, Flag, InferredDate, Notice, Source

LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20).filter(str.strip)
TRICKY = st.sampled_from(
    ["no", "2022", "12:30:00", "0123", "~", "null", "a: b", "a #b", "'", '"', "\\", "- a", "{a", "&a", "*"]
)
TEXT = st.one_of(LINE, TRICKY)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
EDTF = st.sampled_from(["2020", "2020-02", "2020-02-04", "2020-02?", "2020-01-28/..", "[..2020-02-04]"])
HEX8 = st.text("0123456789abcdef", min_size=8, max_size=8)
FACTS = st.builds(
    Facts,
    title=st.none() | TEXT,
    institutions=TEXTS,
    document_number=st.none() | TEXT,
    signed=st.none() | EDTF,
    dated=st.none() | st.builds(InferredDate, EDTF, TEXT),
    attachments=TEXTS,
    flags=st.lists(st.builds(Flag, st.just("no-title"), TEXT, st.none() | TEXT), max_size=2).map(tuple),
)
NOTICES = st.builds(
    Notice,
    id=st.from_regex(r"[a-z0-9-]{1,80}", fullmatch=True),
    facts=FACTS,
    body=st.just("") | LINE.map(lambda line: line + "\n"),
    tags=TEXTS,
    draft=st.booleans(),
    added=st.none() | st.dates().map(str),
    source=st.none() | st.builds(Source, TEXT, st.just("a" * 64), st.just("utf-8")),
    converted=st.none()
    | st.builds(Converted, st.just((("title", "0" * 8),)), HEX8, st.lists(HEX8, max_size=2).map(tuple)),
)


@given(NOTICES)
def test_what_is_written_reads_back(notice: Notice) -> None:
    parsed = parse_content(format_content(notice), "content/x.md")
    assert parsed.problems == ()
    assert parsed.notice == notice


@given(NOTICES, NOTICES)
def test_a_file_the_converter_wrote_is_revised_to_what_it_would_write_now(before: Notice, after: Notice) -> None:
    assert revise_content(format_content(before), after) == format_content(after)


@given(st.text(max_size=300))
def test_any_text_parses_or_is_refused_with_a_problem(text: str) -> None:
    for written in (text, f"---\n{text}\n---\n\n甲\n"):
        parsed = parse_content(written, "content/x.md")
        assert (parsed.notice is None) == bool(parsed.problems)


def refused(front: str, body: str = "甲\n") -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in parse_content(f"---\n{front}\n---\n\n{body}", "x.md").problems]


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("id: a\ntitel: 甲", ("unknown-key", 3)),
        ("id: a\nid: b", ("duplicate-key", 3)),
        ("id: a\nsigned: 2022-02-30", ("bad-value", 3)),
        ("id: a\nsigned: 昨天", ("bad-value", 3)),
        ("id: A_B", ("bad-value", 2)),
        ("id: ../../etc/passwd", ("bad-value", 2)),
        ("title: 甲", ("bad-value", 2)),
        ("id: a\ntitle: &x 甲", ("bad-front-matter", 3)),
        ("id: a\ntitle: *x", ("bad-front-matter", 3)),
        ("id: a\ntitle: !!python/object:os.system 甲", ("bad-front-matter", 3)),
        ("id: a\n<<: {title: 甲}", ("bad-front-matter", 3)),
        ("id: a\ntitle: [甲", ("bad-front-matter", 3)),
        ("id: a\ntitle: ''", ("bad-value", 3)),
        ('id: a\ntitle: "\\ud800"', ("bad-front-matter", 3)),
        ('id: a\ntitle: "a\\nb"', ("bad-value", 3)),
        ("id: a\ndated: {edtf: 2020}", ("bad-value", 3)),
        ("id: a\ndraft: yes", ("bad-value", 3)),
        ("- a", ("bad-front-matter", 2)),
        ("id: a\ntags: " + "[" * 2000, ("bad-front-matter", 3)),
    ],
)
def test_a_fault_is_named_with_its_line(front: str, fault: tuple[str, int]) -> None:
    assert fault in refused(front)


def test_every_fault_of_a_file_is_told_at_once() -> None:
    assert refused("id: a\nsigned: 昨天\npublished: 明天") == [("bad-value", 3), ("bad-value", 4)]


def test_an_unknown_key_is_refused_with_a_suggestion() -> None:
    problem = parse_content("---\nid: a\ntitel: 甲\n---\n", "content/a.md").problems[0]
    assert problem.hint == "Did you mean title?"
    assert str(problem).startswith("content/a.md:3: unknown-key: ")


def test_a_control_character_in_the_body_is_named_with_its_line() -> None:
    assert refused("id: a", "甲\n\n乙\x07丙\n") == [("bad-character", 7)]


def test_a_merge_key_bomb_is_refused_before_it_is_constructed() -> None:
    bomb = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    assert refused("id: a\n" + bomb)[0] == ("bad-front-matter", 3)


def test_a_file_with_windows_line_ends_is_read() -> None:
    parsed = parse_content("---\r\nid: a\r\n---\r\n\r\n甲\r\n", "content/a.md")
    assert parsed.notice == Notice(id="a", facts=Facts(), body="甲\n")


def test_values_keep_the_type_of_the_schema() -> None:
    parsed = parse_content("---\nid: 2022\ntitle: no\n---\n", "content/2022.md")
    assert parsed.notice is not None
    assert (parsed.notice.id, parsed.notice.facts.title) == ("2022", "no")
