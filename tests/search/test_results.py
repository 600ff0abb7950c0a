"""Results: their order, the blocks of a page, the sentences they show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sitegen.model import Facts

Run = Callable[..., Any]

PAGES = [
    (
        ["ARTICLE", ["HEADER", ["H1", "关于", ["SPAN", "疫情"], "的通知"], ["P", "校〔2020〕1号"]]],
        ["关于疫情的通知", "校〔2020〕1号"],
    ),
    (["ARTICLE", ["P", "一", ["STRONG", "二"], "三", ["BR"], "四"]], ["一二三 四"]),
    (["ARTICLE", ["DIV.signature", ["P", "某大学", ["BR"], "2020年"]]], ["某大学", "2020年"]),
    (["ARTICLE", ["PRE", ["CODE", "甲\n乙\n"]]], ["甲", "乙"]),
    (["ARTICLE", ["TABLE", ["TR", ["TD", "甲"], ["TD", "乙"]]]], ["甲", "乙"]),
    (["ARTICLE", "\n ", ["UL", ["LI", "甲", ["P", "乙"], "丙"]], "\n"], ["甲", "乙", "丙"]),
    (["ARTICLE"], []),
]


def test_a_block_is_what_stands_on_a_line_of_its_own(run_node: Run) -> None:
    answers = run_node("blocks", cases=[page for page, _ in PAGES])
    assert answers == [blocks for _, blocks in PAGES]


def test_results_stand_by_score_to_six_decimals_then_as_the_library_has_them(run_node: Run) -> None:
    new, old, best, undated = 2, 0, 1, 3
    found = [[old, 1.00000049], [new, 1.0], [best, 1.000002], [undated, 1.0]]
    places = [1, 3, 0, 2]
    assert run_node("order", found=found, places=places, isByDate=False) == [best, new, old, undated]
    assert run_node("order", found=found, places=places, isByDate=True) == [new, old, undated, best]


def found(answer: dict[str, Any]) -> list[str]:
    return [entry["record"]["id"] for entry in answer["results"]]


def test_a_notice_with_all_the_pairs_but_not_the_phrase_is_a_candidate_and_no_result(search: Run) -> None:
    (answer,) = search({"a": ["疫情防控"], "b": ["疫情，情防，防控"]}, "疫情防控")
    assert answer["candidates"]["atMost"] == 2
    assert found(answer) == ["a"]


def test_a_phrase_does_not_run_from_one_block_into_the_next(search: Run) -> None:
    (answer,) = search({"a": ["疫情", "防控"]}, "疫情防控")
    assert found(answer) == []


def test_an_exclusion_takes_out_only_what_holds_the_whole_phrase(search: Run) -> None:
    texts = {"a": ["通知", "战斗堡垒"], "b": ["通知", "战斗。斗堡。堡垒"], "c": ["通知"], "d": ["战斗堡垒"]}
    (answer,) = search(texts, "通知 -战斗堡垒")
    assert sorted(found(answer)) == ["b", "c"]


def test_all_words_must_be_there(search: Run) -> None:
    (answer,) = search({"a": ["甲", "乙"], "b": ["甲"], "c": ["乙"]}, "甲 乙")
    assert found(answer) == ["a"]


def test_a_part_of_a_number_is_found_also_across_a_space_but_not_across_another_sign(search: Run) -> None:
    texts = {"a": ["共2020件"], "b": ["20 20"], "c": ["〔1920〕"], "d": ["20，20"]}
    answers = search(texts, "202", "2020", "20", '"20 20"', "920")
    assert [sorted(found(answer)) for answer in answers] == [
        ["a", "b"], ["a", "b"], ["a", "b", "c", "d"], ["b"], ["c"],
    ]  # fmt: skip


def test_a_single_character_is_found_wherever_it_stands(search: Run) -> None:
    texts = {"a": ["站在"], "b": ["车站"], "c": ["站"], "d": ["戰"], "e": ["𠀀"], "f": ["一𠀀二"]}
    answers = search(texts, "站", "函", "战", "𠀀")
    assert [sorted(found(answer)) for answer in answers] == [["a", "b", "c"], [], ["d"], ["e", "f"]]


def test_a_title_weighs_more_than_the_body(search: Run) -> None:
    texts = {name: ["正文里有疫情二字，也有别的字。" * 3] for name in "abcdefgh"} | {"titled": ["正文"]}
    (answer,) = search(texts, "疫情", facts=dict.fromkeys(texts, Facts("通知")) | {"titled": Facts("疫情")})
    assert found(answer)[0] == "titled"
    assert len(found(answer)) == 9


def shown(answer: dict[str, Any]) -> list[str]:
    """Write the snippets of the first result with the hits in brackets."""
    snippets = answer["results"][0]["snippets"]
    return ["".join(f"[{cut['text']}]" if cut["isHit"] else cut["text"] for cut in snippet) for snippet in snippets]


def test_a_snippet_shows_the_sentence_with_its_hits(search: Run) -> None:
    (answer,) = search({"a": ["前一句。后一句说疫情防控，再说疫情防控。"]}, "疫情")
    assert shown(answer) == ["后一句说[疫情]防控，再说[疫情]防控。"]


def test_a_snippet_marks_the_source_as_it_is_written(search: Run) -> None:
    (answer,) = search({"a": ["發揮戰鬥堡壘作用"]}, "战斗堡垒")
    assert shown(answer) == ["發揮[戰鬥堡壘]作用"]


def test_no_hit_is_cut_in_two_at_the_end_of_a_snippet(search: Run) -> None:
    for before in range(90, 101):
        (answer,) = search({"a": ["疫情" + "一" * before + "疫情" + "一" * 90]}, "疫情")
        (snippet,) = shown(answer)
        assert "[疫]" not in snippet
        assert snippet.endswith("……")


def test_a_long_sentence_is_cut_on_both_sides_and_never_within_a_character(search: Run) -> None:
    (answer,) = search({"a": ["𠀀" * 60 + "疫情" + "𠀀" * 90]}, "疫情")
    (snippet,) = shown(answer)
    assert snippet.startswith("……𠀀")
    assert snippet.endswith("𠀀……")
    assert "[疫情]" in snippet
    assert len(snippet) < 70


def test_words_far_apart_are_each_shown_once(search: Run) -> None:
    (answer,) = search({"a": ["甲", "无关", "乙", "甲"]}, "甲 乙")
    assert shown(answer) == ["[甲]", "[乙]"]


def test_what_stands_in_the_title_alone_needs_no_snippet(search: Run) -> None:
    (answer,) = search({"a": ["正文"]}, "通知", facts={"a": Facts("通知")})
    assert shown(answer) == []


def test_markup_in_a_text_stays_text(search: Run) -> None:
    (answer,) = search({"a": ["<b>疫情</b>"]}, "疫情")
    assert shown(answer) == ["<b>[疫情]</b>"]


def test_hostile_queries_find_nothing_and_harm_nothing(search: Run) -> None:
    queries = ["constructor", "__proto__", "toString", "*", "a*", "+疫情", "title:疫情", "疫情~2", "疫" * 10_000]
    queries += ["\ud840", "[", "(a+)+$", "<img src=x onerror=alert(1)>"]
    answers = search({"a": ["疫情"]}, *queries)
    assert [found(answer) for answer in answers] == [[] for _ in queries]
