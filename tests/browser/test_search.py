"""The search page in a real browser, against a plain scan of the pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from opencc import OpenCC

pytestmark = pytest.mark.browser

QUERIES = (
    "疫情防控", "战斗堡垒", "上海电机学院", "学校党委", "沪电机院委〔2020〕14号", "校党发 19号", "戰鬥堡壘", "２０２２",
    "站", "函",
)  # fmt: skip
SIZES = (1280, 390)

# --- a plain scan ---------------------------------------------------------------------------------------------------


class Article(HTMLParser):
    """Reads the lines of `article#text`."""

    BLOCKS = frozenset(["article", "header", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "td", "th", "li", "br"])

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.lines = [""]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "article" and ("id", "text") in attributes:
            self.depth = 1
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.depth = 0
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.lines[-1] += data


@cache
def plain(written: str) -> str:
    """Write a text for comparison in a way of our own: whole strings, the standard library, OpenCC."""
    simplified = simplifier().convert(unicodedata.normalize("NFKC", written).lower())
    return re.sub(r"[〔【\[]", "(", re.sub(r"[〕】\]]", ")", re.sub(r"\s", "", simplified)))


@cache
def simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def texts(site: Path) -> dict[str, list[str]]:
    """Read the lines of every notice of a site, by id."""
    found = {}
    for page in (site / "notices").glob("*/index.html"):
        article = Article()
        article.feed(page.read_text(encoding="utf-8"))
        found[page.parent.name] = [plain(line) for line in article.lines]
    return found


def scan(site: Path, query: str) -> set[str]:
    """Find the ids of the notices whose text holds every word of a query."""
    words = [plain(word) for word in query.split()]
    return {name for name, lines in texts(site).items() if all(any(word in line for line in lines) for word in words)}


# --- reading the page -----------------------------------------------------------------------------------------------


def wait(page: Any) -> None:
    """Wait until the page says that its results are all there."""
    page.locator("#results-count[data-exact=true]").wait_for(state="attached")


def wait_for_query(page: Any, query: str) -> None:
    """Wait until the history has put a query into the field and its results are there."""
    from playwright.sync_api import expect

    expect(page.locator("#q")).to_have_value(query)
    wait(page)


def ask(page: Any, query: str) -> list[str]:
    """Type a query; gives the ids of the results."""
    page.fill("#q", query)
    wait(page)
    return results(page)


def results(page: Any) -> list[str]:
    return [
        urlsplit(address).path.rstrip("/").split("/")[-1]
        for address in page.locator("#results a").evaluate_all("all => all.map(a => a.href)")
    ]


@pytest.fixture
def search_page(page: Any, site_address: str) -> Any:
    """Open the search page at 1280 pixels."""
    page.goto(f"{site_address}search/")
    wait(page)
    return page


@pytest.fixture(params=SIZES, ids=lambda width: f"{width}px")
def sized_page(request: pytest.FixtureRequest, search_page: Any) -> Any:
    """Open the search page as wide as a desk and as wide as a hand."""
    search_page.set_viewport_size({"width": request.param, "height": 844})
    return search_page


# --- what is found --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_exactly_the_notices_whose_text_holds_it(sized_page: Any, site: Path, query: str) -> None:
    found = ask(sized_page, query)
    assert sorted(found) == sorted(scan(site, query))
    count = sized_page.locator("#results-count").inner_text()
    assert f" {len(found)} " in f" {count} " if found else "没有找到" in count


def test_the_queries_find_something_each_but_the_last(site: Path) -> None:
    assert [bool(scan(site, query)) for query in QUERIES] == [*([True] * (len(QUERIES) - 1)), False]


@pytest.mark.parametrize(
    "query", ["沪电机院委2020 14号", "沪电机院委[2020]14号", "沪电机院委【2020】14号", "滬電機院委(2020)１４號"]
)
def test_every_way_to_write_a_document_number_finds_the_notice(search_page: Any, site: Path, query: str) -> None:
    assert set(ask(search_page, query)) == scan(site, "沪电机院委〔2020〕14号")


def test_an_excluded_word_takes_notices_out(search_page: Any, site: Path) -> None:
    assert set(ask(search_page, "疫情防控 -上海电机学院")) == scan(site, "疫情防控") - scan(site, "上海电机学院")


def test_a_result_shows_title_date_institution_and_the_words_marked(sized_page: Any, site: Path) -> None:
    (name,) = ask(sized_page, "沪电机院委〔2020〕14号 战斗堡垒")
    result = sized_page.locator("#results li")
    assert result.locator(".what a").inner_text() in " ".join(
        (site / "notices" / name / "index.html").read_text("utf-8").split()
    )
    assert result.locator("time").count() == 1
    assert "上海电机学院" in result.locator(".under").inner_text()
    assert "战斗堡垒" in result.locator("mark").all_inner_texts()


def test_nothing_is_wider_than_the_window(sized_page: Any) -> None:
    ask(sized_page, "疫情防控")
    assert sized_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


# --- the address ----------------------------------------------------------------------------------------------------


def test_the_address_of_a_search_can_be_shared(page: Any, site: Path, site_address: str) -> None:
    page.goto(f"{site_address}search/?q=%E7%96%AB%E6%83%85%E9%98%B2%E6%8E%A7+-%E5%87%BD")
    wait(page)
    assert page.input_value("#q") == "疫情防控 -函"
    assert set(results(page)) == scan(site, "疫情防控")


def test_typing_writes_the_address(search_page: Any) -> None:
    ask(search_page, "疫情 防控")
    assert search_page.evaluate("new URLSearchParams(location.search).get('q')") == "疫情 防控"
    ask(search_page, "")
    assert search_page.evaluate("location.search") == ""


def test_back_and_forward_go_from_search_to_search(search_page: Any, site: Path) -> None:
    for query in ("战斗堡垒", "上海电机学院"):
        ask(search_page, query)
        search_page.press("#q", "Enter")
        wait(search_page)
    search_page.go_back()
    wait_for_query(search_page, "战斗堡垒")
    assert set(results(search_page)) == scan(site, "战斗堡垒")
    search_page.go_forward()
    wait_for_query(search_page, "上海电机学院")
    assert set(results(search_page)) == scan(site, "上海电机学院")


def test_letters_typed_one_by_one_make_one_entry_of_the_history(search_page: Any) -> None:
    before = search_page.evaluate("history.length")
    search_page.focus("#q")
    search_page.keyboard.type("疫情防控", delay=5)
    wait(search_page)
    assert search_page.evaluate("history.length") == before


# --- the keyboard ---------------------------------------------------------------------------------------------------


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href')"))


def test_arrows_move_through_the_results_and_enter_opens_one(sized_page: Any) -> None:
    found = ask(sized_page, "疫情防控")
    sized_page.focus("#q")
    sized_page.keyboard.press("ArrowDown")
    sized_page.keyboard.press("ArrowDown")
    assert found[1] in focused(sized_page)
    sized_page.keyboard.press("ArrowUp")
    assert found[0] in focused(sized_page)
    sized_page.keyboard.press("ArrowUp")
    assert focused(sized_page) == "q"
    sized_page.keyboard.press("ArrowDown")
    sized_page.keyboard.press("Enter")
    sized_page.wait_for_url(f"**/notices/{found[0]}/?hits=*")
    assert sized_page.locator("article#text").count() == 1


def test_escape_returns_to_the_field_and_then_clears_it(search_page: Any) -> None:
    ask(search_page, "疫情防控")
    search_page.focus("#q")
    search_page.keyboard.press("ArrowDown")
    search_page.keyboard.press("Escape")
    assert focused(search_page) == "q"
    assert search_page.input_value("#q") == "疫情防控"
    search_page.keyboard.press("Escape")
    wait(search_page)
    assert (search_page.input_value("#q"), results(search_page)) == ("", [])


def test_slash_goes_to_the_field_but_is_a_letter_in_it(search_page: Any) -> None:
    search_page.evaluate("document.activeElement.blur()")
    search_page.keyboard.press("/")
    assert (focused(search_page), search_page.input_value("#q")) == ("q", "")
    search_page.keyboard.press("/")
    assert search_page.input_value("#q") == "/"


def test_slash_can_be_switched_off_for_good(search_page: Any) -> None:
    search_page.uncheck("#shortcut")
    search_page.reload()
    wait(search_page)
    assert not search_page.is_checked("#shortcut")
    search_page.evaluate("document.activeElement.blur()")
    search_page.keyboard.press("/")
    assert focused(search_page) != "q"


COMPOSE = """([typed, isComposing]) => {
    const field = document.getElementById("q");
    field.value = typed;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing }));
}"""


def test_nothing_is_searched_while_the_input_method_composes(search_page: Any, site: Path) -> None:
    before = ask(search_page, "疫情防控")
    search_page.evaluate(COMPOSE, ["zhan", True])
    assert search_page.get_attribute("#results-count", "data-exact") == "true"
    assert results(search_page) == before
    search_page.evaluate(COMPOSE, ["站", True])
    search_page.dispatch_event("#q", "compositionend")
    wait(search_page)
    assert set(results(search_page)) == scan(site, "站")


# --- what is not trusted --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "<img src=x onerror=alert(1)>",
        '"><script>alert(1)</script>',
        "疫" * 10_000,
        "title:疫情 +a -b *",
        "(a+)+$",
        "\ud840",
        "😀",
    ],
    ids=["image", "script", "long", "lunr", "regex", "surrogate", "emoji"],
)
def test_hostile_queries_are_only_text(search_page: Any, query: str) -> None:
    search_page.evaluate(COMPOSE, [query, False])
    wait(search_page)
    assert results(search_page) == []
    assert search_page.locator("main :is(img, script)").count() == 0


def test_a_query_that_is_too_long_is_cut_and_says_so(search_page: Any) -> None:
    ask(search_page, "疫" * 1000)
    assert "300" in search_page.locator("#search-hint").inner_text()


def test_exclusions_alone_are_refused_with_a_hint(search_page: Any) -> None:
    assert ask(search_page, "-疫情") == []
    assert "再写一个" in search_page.locator("#search-hint").inner_text()


# --- when things fail -----------------------------------------------------------------------------------------------


def test_an_index_that_cannot_be_fetched_is_told_and_tried_again(
    page: Any, faults: list[str], site: Path, site_address: str
) -> None:
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto(f"{site_address}search/?q=函数疫情")
    page.locator("#search-hint:not([hidden])").wait_for()
    assert "没有取到" in page.locator("#search-hint").inner_text()
    page.unroute("**/search/index.json")
    page.fill("#q", "疫情防控")
    wait(page)
    assert set(results(page)) == scan(site, "疫情防控")
    faults.clear()


def test_a_notice_that_cannot_be_fetched_is_told_and_tried_again(
    page: Any, faults: list[str], site: Path, site_address: str
) -> None:
    lost = sorted(scan(site, "疫情防控"))[0]
    page.route(f"**/notices/{lost}/*", lambda route: route.abort())
    page.goto(f"{site_address}search/?q=疫情防控")
    page.locator("#search-hint button").wait_for()
    assert set(results(page)) == scan(site, "疫情防控") - {lost}
    assert f" {len(scan(site, '疫情防控'))} " in page.locator("#results-count").inner_text(), "the index counts it"
    page.unroute(f"**/notices/{lost}/*")
    page.click("#search-hint button")
    wait(page)
    assert set(results(page)) == scan(site, "疫情防控")
    faults.clear()


def test_the_page_works_below_a_prefix(page: Any, site: Path, serve_folder: Callable[..., Any]) -> None:
    with serve_folder(site, "/repository/") as address:
        page.goto(f"{address}search/?q=站")
        wait(page)
        assert set(results(page)) == scan(site, "站")
        page.click("#results a")
        page.wait_for_url("**/repository/notices/*/?hits=*")


def test_without_script_the_page_says_where_else_to_look(browser: Any, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}search/")
    links = [link.get_attribute("href") for link in page.locator("main p a").all()]
    context.close()
    assert links == ["../timeline/", "../institutions/"]
