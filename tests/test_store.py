"""Conversions and content files come together, and nothing a person wrote is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import store
from sitegen.config import Ignored, SiteConfig
from sitegen.errors import InputError
from sitegen.frontmatter import FACT_KEYS, format_content
from sitegen.model import Conversion, Facts, Flag, Notice, Paragraph
from sitegen.store.edits import digest

DAY = "2024-05-01"
FACTS = Facts(
    title="关于甲的通知", institutions=("上海电机学院",), document_number="沪〔2020〕14号", signed="2020-02-04"
)


def conversion(facts: Facts = FACTS, text: str = "正文。") -> Conversion:
    return Conversion(text, "utf-8", (), (), facts, (Paragraph(text),))


def convert(
    facts: Facts = FACTS, text: str = "正文。", *, notices: tuple[Notice, ...] = (), seed: store.Seed | None = None
) -> store.Update:
    return store.reconcile([(seed or store.Seed("a.txt", b"1"), conversion(facts, text))], notices, DAY)[0]


def ids(*seeds: tuple[store.Seed, Facts], taken: tuple[Notice, ...] = ()) -> list[str]:
    updates = store.reconcile([(seed, conversion(facts)) for seed, facts in seeds], taken, DAY)
    return [update.notice.id for update in updates]


# --- ids ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "notice_id"),
    [
        (FACTS, "2020-02-04-shanghaidianjixueyuan-14"),
        (replace(FACTS, document_number=None), "2020-02-04-shanghaidianjixueyuan-6b86b2"),
        (replace(FACTS, document_number="第十二号"), "2020-02-04-shanghaidianjixueyuan-12"),
        (replace(FACTS, institutions=()), "2020-02-04-14"),
        (replace(FACTS, signed=None, published="2020-02-05"), "undated-shanghaidianjixueyuan-14"),
        (replace(FACTS, signed="2020-02?"), "undated-shanghaidianjixueyuan-14"),
        (Facts(), "undated-6b86b2"),
        (
            replace(FACTS, institutions=("中共西安海棠职业学院委员会办公室",)),
            "2020-02-04-zhonggongxianhaitangzhiyexueyuanweiyuan-14",
        ),
    ],
)
def test_an_id_is_made_of_date_institution_and_number(facts: Facts, notice_id: str) -> None:
    assert ids((store.Seed("a.txt", b"1"), facts)) == [notice_id]


def test_ids_that_collide_all_take_a_digest() -> None:
    first, second = ids((store.Seed("a.txt", b"1"), FACTS), (store.Seed("b.txt", b"2"), FACTS))
    assert (first, second) == ("2020-02-04-shanghaidianjixueyuan-6b86b2", "2020-02-04-shanghaidianjixueyuan-d4735e")


def test_an_id_that_is_stored_is_never_taken_again() -> None:
    old = Notice("2020-02-04-shanghaidianjixueyuan-14", Facts(), "")
    assert ids((store.Seed("a.txt", b"1"), FACTS), taken=(old,)) == ["2020-02-04-shanghaidianjixueyuan-6b86b2"]


# --- a person's edits -----------------------------------------------------------------------------------------------


def test_a_second_conversion_changes_nothing() -> None:
    first = convert().notice
    again = convert(notices=(first,))
    assert not again.is_change
    assert again.kept == ()


def test_a_fact_nobody_touched_follows_the_converter() -> None:
    first = convert().notice
    assert convert(replace(FACTS, genre="通知"), notices=(first,)).notice.facts.genre == "通知"
    assert convert(replace(FACTS, title=None), notices=(first,)).notice.facts.title is None


def test_a_fact_that_a_person_changed_is_kept_and_named() -> None:
    first = convert().notice
    edited = replace(first, facts=replace(FACTS, title="改过的标题", genre="函"))
    update = convert(replace(FACTS, title="另一个标题", genre="通知", addressee="各单位"), notices=(edited,))
    assert update.notice.facts == replace(FACTS, title="改过的标题", genre="函", addressee="各单位")
    assert update.kept == ("title", "genre")


def test_a_fact_that_a_person_removed_stays_away() -> None:
    first = convert().notice
    edited = replace(first, facts=replace(FACTS, document_number=None))
    update = convert(notices=(edited,))
    assert update.notice == edited
    assert update.kept == ("document_number",)


def test_a_body_that_a_person_changed_is_kept_while_facts_follow() -> None:
    edited = replace(convert().notice, body="改过的正文。\n")
    update = convert(replace(FACTS, genre="通知"), "新的转换。", notices=(edited,))
    assert (update.notice.body, update.notice.facts.genre) == ("改过的正文。\n", "通知")
    assert update.kept == ("body",)


def test_an_edit_survives_every_later_conversion() -> None:
    notice = replace(convert().notice, facts=replace(FACTS, title="改过的标题"))
    for title in ("甲", "乙", "丙"):
        notice = convert(replace(FACTS, title=title), notices=(notice,)).notice
        assert notice.facts.title == "改过的标题"


@given(
    st.sampled_from(FACT_KEYS[:5]),
    st.lists(st.sampled_from(["title", "genre", "addressee"]), max_size=4),
    st.data(),
)
def test_no_order_of_edits_and_conversions_loses_an_edit(key: str, steps: list[str], data: st.DataObject) -> None:
    value: Any = ("某局",) if key == "institutions" else "人手写的"
    notice = replace(convert().notice, facts=replace(FACTS, **{key: value}))
    for step in steps:
        drawn: Any = data.draw(st.sampled_from([None, "一", "二"]))
        facts = replace(FACTS, **{step: drawn})
        notice = convert(facts, notices=(notice,)).notice
        assert getattr(notice.facts, key) == value


# --- flags ----------------------------------------------------------------------------------------------------------

DAMAGED, DATE = Flag("damaged-text", "有“and”。"), Flag("no-date", "没有日期。")
CLOSED = replace(DATE, closed="查无日期。")


def flags_after(there: tuple[Flag, ...], raised: tuple[Flag, ...], before: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """Give the flags of a file that the converter wrote with `before`, a person changed to `there`, and that is
    converted again with `raised`."""
    first = convert(replace(FACTS, flags=before)).notice
    edited = replace(first, facts=replace(first.facts, flags=there))
    update = convert(replace(FACTS, flags=raised), notices=(edited,))
    again = convert(replace(FACTS, flags=raised), notices=(update.notice,))
    assert not again.is_change
    return update.notice.facts.flags


def test_a_flag_comes_and_goes_with_the_converter() -> None:
    assert flags_after((), (DATE,), before=()) == (DATE,)
    assert flags_after((DATE, DAMAGED), (DAMAGED,), before=(DATE, DAMAGED)) == (DAMAGED,)


def test_a_closed_flag_stays_closed_while_the_converter_says_the_same() -> None:
    assert flags_after((CLOSED,), (DATE, DAMAGED), before=(DATE,)) == (CLOSED, DAMAGED)


def test_a_flag_with_another_note_is_open_beside_the_closed_one() -> None:
    other = replace(DATE, note="日期写作2月30日。")
    assert flags_after((CLOSED,), (other,), before=(DATE,)) == (CLOSED, other)


def test_the_reason_of_a_closed_flag_outlives_the_flag() -> None:
    assert flags_after((CLOSED,), (), before=(DATE,)) == (CLOSED,)


def test_a_flag_that_a_person_added_stays() -> None:
    own = Flag("to-check", "待核对。")
    assert flags_after((DATE, own), (DAMAGED,), before=(DATE,)) == (own, DAMAGED)


def test_a_flag_that_a_person_took_away_stays_away_while_the_converter_says_the_same() -> None:
    assert flags_after((), (DATE, DAMAGED), before=(DATE,)) == (DAMAGED,)


def test_an_edited_flag_is_named_as_kept_and_a_closed_one_is_not() -> None:
    first = convert(replace(FACTS, flags=(DATE,))).notice
    for flags, kept in (((CLOSED,), ()), ((), ("flags",)), ((DATE,), ())):
        edited = replace(first, facts=replace(first.facts, flags=flags))
        assert convert(replace(FACTS, flags=(DATE,)), notices=(edited,)).kept == kept


# --- what conversions leave alone -----------------------------------------------------------------------------------


def test_a_new_id_is_none_that_a_notice_once_had() -> None:
    old = Notice("other", Facts(), "", aliases=("2020-02-04-shanghaidianjixueyuan-14",))
    assert ids((store.Seed("a.txt", b"1"), FACTS), taken=(old,)) == ["2020-02-04-shanghaidianjixueyuan-6b86b2"]


def test_a_comment_in_the_front_matter_outlives_a_conversion(tmp_path: Path) -> None:
    first = convert()
    store.write_updates(tmp_path, [first])
    path = tmp_path / store.content_path(first.notice.id)
    path.write_text(path.read_text("utf-8").replace("title:", "# 校对：李\ntitle:", 1), encoding="utf-8")
    store.write_updates(tmp_path, [convert(replace(FACTS, genre="通知"), notices=(first.notice,))])
    assert "# 校对：李\ntitle:" in path.read_text("utf-8")
    assert store.read_contents(tmp_path)[0][0].facts.genre == "通知"


def test_what_the_converter_does_not_know_is_kept() -> None:
    edited = replace(convert().notice, tags=("防疫",), draft=True, aliases=("old",), anchors=("p-123456",))
    assert convert(replace(FACTS, genre="通知"), notices=(edited,)).notice == replace(
        convert(replace(FACTS, genre="通知"), notices=(convert().notice,)).notice,
        tags=("防疫",),
        draft=True,
        aliases=("old",),
        anchors=("p-123456",),
    )


def test_a_notice_written_by_hand_is_never_changed_but_for_its_source() -> None:
    written = replace(convert().notice, converted=None, facts=Facts(title="手写"))
    update = convert(text="新的转换。", notices=(written,), seed=store.Seed("a.txt", b"2"))
    assert update.notice == replace(written, source=update.notice.source)


def test_a_seed_that_was_renamed_keeps_its_notice() -> None:
    first = convert().notice
    update = convert(notices=(first,), seed=store.Seed("renamed.txt", b"1"))
    assert (update.notice.id, update.notice.source and update.notice.source.file) == (first.id, "renamed.txt")


def test_two_seeds_that_swap_their_names_keep_their_notices() -> None:
    seeds = [store.Seed("a.txt", b"1"), store.Seed("b.txt", b"2")]
    facts = [FACTS, replace(FACTS, title="关于乙的通知")]
    made = [conversion(fact) for fact in facts]
    first = store.reconcile(zip(seeds, made, strict=True), (), DAY)
    swapped = [store.Seed("b.txt", b"1"), store.Seed("a.txt", b"2")]
    second = store.reconcile(zip(swapped, made, strict=True), [update.notice for update in first], DAY)
    assert [update.notice.id for update in second] == [update.notice.id for update in first]
    assert [update.notice.facts for update in second] == facts


def test_a_new_seed_under_the_name_of_a_renamed_one_does_not_take_its_notice() -> None:
    old = replace(convert().notice, body="改过的正文。\n")
    seeds = [(store.Seed("b.txt", b"1"), conversion()), (store.Seed("a.txt", b"2"), conversion(text="新的。"))]
    renamed, new = store.reconcile(seeds, [old], DAY)
    assert (renamed.notice.id, renamed.notice.body) == (old.id, "改过的正文。\n")
    assert (new.before, new.notice.body) == (None, "新的。\n")


def test_where_a_person_says_a_notice_was_found_stays() -> None:
    first = convert().notice
    assert first.source is not None
    told = replace(first, source=replace(first.source, url="https://example.org/a", captured="2020"))
    assert convert(notices=(told,)).notice == told


def test_an_edit_is_outdated_when_the_converter_changes_its_mind() -> None:
    edited = replace(convert().notice, body="改过的正文。\n", facts=replace(FACTS, title="改过的标题"))
    assert convert(notices=(edited,)).outdated == ()
    assert convert(replace(FACTS, title="新标题"), "新正文。", notices=(edited,)).outdated == ("title", "body")


def test_a_changed_source_is_known_by_its_digest() -> None:
    update = convert(notices=(convert().notice,), seed=store.Seed("a.txt", b"2"))
    assert update.is_change
    assert update.notice.source is not None
    assert update.notice.source.sha256 == store.Seed("a.txt", b"2").sha256


def test_digests_tell_values_apart() -> None:
    assert len({digest(value) for value in ("", None, [], ["a"], "a", ["a", "b"], ["ab"])}) == 7


# --- reading --------------------------------------------------------------------------------------------------------


def make(folder: Path, **contents: bytes) -> Path:
    for name, data in contents.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_seeds_are_read_in_the_order_of_their_paths(tmp_path: Path) -> None:
    make(
        tmp_path,
        **{"seeds__b.txt": b"2", "seeds__a__x.txt": b"1", "seeds__.hidden": b"", "seeds__b.txt.files__scan": b""},
    )
    seeds, problems = store.read_seeds(tmp_path, SiteConfig())
    assert [seed.path for seed in seeds] == ["seeds/a/x.txt", "seeds/b.txt"]
    assert problems == ()


def test_the_folder_a_browser_saves_with_a_page_holds_no_seeds(tmp_path: Path) -> None:
    make(tmp_path, **{"seeds__a.html": b"1", "seeds__a_files__x.js": b"2", "seeds__b_files__c.txt": b"3"})
    assert [seed.file for seed in store.read_seeds(tmp_path, SiteConfig())[0]] == ["a.html", "b_files/c.txt"]


def test_where_a_seed_was_found_is_read_from_the_file_beside_it(tmp_path: Path) -> None:
    origin = b'{"url": "https://example.org/a", "captured": "2024-05-01"}'
    make(tmp_path, **{"seeds__a.txt": b"1", "seeds__a.txt.source.json": origin})
    assert store.read_seeds(tmp_path, SiteConfig())[0] == (
        store.Seed("a.txt", b"1", "https://example.org/a", "2024-05-01"),
    )


@pytest.mark.parametrize(
    "origin", [b"[]", b"{", b'{"url": "javascript:x"}', b'{"captured": "soon"}', b"\xff", b"[" * 5000]
)
def test_a_bad_file_of_origin_is_a_problem(tmp_path: Path, origin: bytes) -> None:
    make(tmp_path, **{"seeds__a.txt": b"1", "seeds__a.txt.source.json": origin})
    seeds, problems = store.read_seeds(tmp_path, SiteConfig())
    assert (seeds, [problem.code for problem in problems]) == ((), ["bad-origin"])


def test_two_seeds_of_the_same_bytes_are_a_problem(tmp_path: Path) -> None:
    make(tmp_path, **{"seeds__a.txt": b"1", "seeds__b.txt": b"1"})
    assert [(p.code, p.path) for p in store.read_seeds(tmp_path, SiteConfig())[1]] == [
        ("duplicate-source", "seeds/b.txt")
    ]


def test_of_two_seeds_of_the_same_bytes_one_is_read(tmp_path: Path) -> None:
    make(tmp_path, **{"seeds__a.txt": b"1", "seeds__b.txt": b"1"})
    assert [seed.file for seed in store.read_seeds(tmp_path, SiteConfig())[0]] == ["a.txt"]


def test_a_link_to_a_folder_is_told_of_and_not_followed(tmp_path: Path) -> None:
    make(tmp_path, **{"elsewhere__a.txt": b"1", "seeds__b.txt": b"2"})
    (tmp_path / "seeds/linked").symlink_to(tmp_path / "elsewhere")
    seeds, problems = store.read_seeds(tmp_path, SiteConfig())
    assert [seed.file for seed in seeds] == ["b.txt"]
    assert [(problem.code, problem.path) for problem in problems] == [("not-a-file", "seeds/linked")]


def test_two_content_files_of_one_seed_are_a_problem() -> None:
    first = convert().notice
    problems = list(store.find_claims([first, replace(first, id="second")], SiteConfig()))
    assert [(problem.code, problem.path) for problem in problems] == [("shared-source", "content/second.md")]


def test_a_published_notice_of_an_ignored_seed_is_a_problem_and_a_draft_is_none() -> None:
    config, notice = SiteConfig(ignore=(Ignored("a.txt", "侵权"),)), convert().notice
    assert [problem.code for problem in store.find_claims([notice], config)] == ["ignored-source"]
    assert list(store.find_claims([replace(notice, draft=True)], config)) == []


def test_names_that_differ_in_case_alone_are_a_problem(tmp_path: Path) -> None:
    make(tmp_path, **{"seeds__a.txt": b"1", "seeds__A.txt": b"2"})
    assert [problem.code for problem in store.read_seeds(tmp_path, SiteConfig())[1]] == ["name-collision"]


def test_a_link_is_no_seed(tmp_path: Path) -> None:
    make(tmp_path, **{"secret": b"1", "seeds__b.txt": b"2"})
    (tmp_path / "seeds/a.txt").symlink_to(tmp_path / "secret")
    seeds, problems = store.read_seeds(tmp_path, SiteConfig())
    assert [seed.file for seed in seeds] == ["b.txt"]
    assert [(problem.code, problem.path) for problem in problems] == [("not-a-file", "seeds/a.txt")]


def test_what_the_settings_ignore_is_no_seed_and_must_be_there(tmp_path: Path) -> None:
    make(tmp_path, **{"seeds__a.txt": b"1"})
    config = SiteConfig(ignore=(Ignored("a.txt", "空白"), Ignored("b.txt", "空白")))
    seeds, problems = store.read_seeds(tmp_path, config)
    assert seeds == ()
    assert [problem.code for problem in problems] == ["bad-settings"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.md", b"\xff\xfe", "bad-encoding"),
        ("a.md", b"text", "no-front-matter"),
        ("b.md", b"---\nid: a\n---\n", "id-mismatch"),
        ("a.txt", b"---\nid: a\n---\n", "id-mismatch"),
        ("a.md", b"---\nid: a\n---\n" + b">" * 100 + b" x\n", "bad-body"),
    ],
)
def test_a_faulty_content_file_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    make(tmp_path, **{f"content__{name}": data, "content__good.md": b"---\nid: good\n---\n"})
    notices, problems = store.read_contents(tmp_path)
    assert [notice.id for notice in notices] == ["good"]
    assert [(problem.code, problem.path) for problem in problems] == [(code, f"content/{name}")]


def test_the_day_of_joining_comes_from_the_source_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert store.today() == "1970-01-01"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        store.today()


def test_files_are_written_where_they_change_alone(tmp_path: Path) -> None:
    update = convert()
    store.write_updates(tmp_path, [update])
    path = tmp_path / store.content_path(update.notice.id)
    before = path.stat()
    assert store.read_contents(tmp_path) == ((update.notice,), ())
    store.write_updates(tmp_path, [convert(notices=(update.notice,))])
    assert path.stat() == before


def test_a_file_that_was_saved_meanwhile_is_left_alone_and_named(tmp_path: Path) -> None:
    first = convert()
    store.write_updates(tmp_path, [first])
    saved = replace(first.notice, facts=replace(FACTS, genre="人手改的"))
    path = tmp_path / store.content_path(first.notice.id)
    path.write_text(format_content(saved), encoding="utf-8")
    problems = store.write_updates(tmp_path, [convert(replace(FACTS, genre="通知"), notices=(first.notice,))])
    assert [problem.code for problem in problems] == ["changed-meanwhile"]
    assert store.read_contents(tmp_path)[0] == (saved,)


def test_a_new_file_does_not_replace_one_that_appeared_meanwhile(tmp_path: Path) -> None:
    first = convert()
    make(tmp_path, **{f"content__{first.notice.id}.md": "人写的".encode()})
    assert [problem.code for problem in store.write_updates(tmp_path, [first])] == ["changed-meanwhile"]
    assert (tmp_path / store.content_path(first.notice.id)).read_text("utf-8") == "人写的"
