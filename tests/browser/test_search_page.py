"""What stands around the results: facets, dates, order, the chart, phrases compared; the hits on a notice's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sitegen.build import build_site
from sitegen.search.ranges import FORMAT

pytestmark = pytest.mark.browser

COUNT = 26
"""Notices of the collection: from 2019 on one a month, but for one inferred, one without month and one without date."""

# --- the collection -------------------------------------------------------------------------------------------------


def dating(number: int) -> str:
    if number == 3:
        return 'dated:\n  edtf: "2019-04"\n  basis: "四月"'
    if number == 4:
        return 'signed: "2019"'
    return "" if number == 5 else f'signed: "{2019 + number // 12}-{number % 12 + 1:02}-15"'


def notice(number: int) -> str:
    """Write a notice; all hold 春耕生产, every second one 防汛, every third one is of another institution."""
    institution = "上海电机学院" if number % 3 else "青浦水利局"
    body = "做好春耕**生产**的各项工作，春耕生产不等人。" + ("检查堤坝，落实防汛责任。" if number % 2 else "")
    return f"""---
id: "n{number:02}"
title: "关于做好第{number}号农田春耕生产的{"通知" if number % 2 else "意见"}"
institutions: ["{institution}"]
genre: "{"通知" if number % 2 else "意见"}"
{dating(number)}
---

{body}

::: signature
{institution}
:::
"""


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of the collection; gives its output folder."""
    project = tmp_path_factory.mktemp("collection")
    (project / "content").mkdir()
    (project / "pyproject.toml").write_text('[tool.sitegen]\ntitle = "农田"\nsearch = "packed"\n', encoding="utf-8")
    for number in range(COUNT):
        (project / "content" / f"n{number:02}.md").write_text(notice(number), encoding="utf-8")
    build_site(project)
    return project / "output"


@pytest.fixture(scope="module")
def base(collection: Path, serve_folder: Callable[..., Any]) -> Iterator[str]:
    """Serve the collection; gives its address."""
    with serve_folder(collection) as address:
        yield address


@pytest.fixture
def found(page: Any, base: str) -> Any:
    """Open the search page with the notices on 春耕生产."""
    return search(page, base, "q=春耕生产")


def search(page: Any, base: str, query: str) -> Any:
    page.goto(f"{base}search/?{query}")
    settle(page)
    return page


def settle(page: Any) -> None:
    page.locator("#results-count[data-exact=true]").wait_for(state="attached")


def wait_for_count(page: Any, count: int) -> None:
    """Wait until a search that another one replaces has this many results, and all of them are counted."""
    page.locator("#results-count[data-exact=true]", has_text=f"共 {count} 件").wait_for()


def ids(page: Any) -> list[str]:
    links = page.locator("#results a").evaluate_all("all => all.map(one => one.href)")
    return [urlsplit(link).path.strip("/").split("/")[-1] for link in links]


def state(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def facet(page: Any, name: str) -> dict[str, int]:
    """Read the values of a facet with their counts."""
    read = "all => all.map(one => [one.querySelector('a').firstChild.data, Number(one.lastChild.textContent)])"
    return dict(page.locator(f"#facet-{name} li:has(a)").evaluate_all(read))


# --- results --------------------------------------------------------------------------------------------------------


def test_more_results_are_shown_when_they_are_asked_for(found: Any) -> None:
    assert len(ids(found)) == 10
    found.click("#results-more button")
    found.locator("#results li:nth-child(20)").wait_for()
    assert found.evaluate("document.activeElement.closest('li') === document.querySelectorAll('#results li')[10]")
    found.click("#results-more button")
    found.locator(f"#results li:nth-child({COUNT})").wait_for()
    assert len(set(ids(found))) == COUNT
    assert not found.locator("#results-more").is_visible()


def test_arrows_reach_the_button_for_more(found: Any) -> None:
    found.focus("#results li:last-child a")
    found.keyboard.press("ArrowDown")
    found.keyboard.press("Enter")
    found.locator("#results li:nth-child(20)").wait_for()


def test_the_count_says_at_most_until_it_is_exact(page: Any, base: str) -> None:
    held: list[Any] = []
    page.route("**/search/facets-*.json", lambda route: held.append(route))
    with page.expect_request("**/search/facets-*.json"):
        page.goto(f"{base}search/?q=春耕生产")
    page.locator("#results li").first.wait_for()
    count = page.locator("#results-count")
    assert ("至多" in count.inner_text(), count.get_attribute("data-exact")) == (True, "false")
    assert not page.locator("#chart").is_visible()
    held.pop().continue_()
    wait_for_count(page, COUNT)
    assert page.locator("#chart").is_visible()


def test_what_was_found_stays_until_something_else_is_found(found: Any) -> None:
    before = ids(found)
    held: list[Any] = []
    found.route("**/notices/n07/*", lambda route: held.append(route))
    with found.expect_request("**/notices/n07/*"):
        found.fill("#q", '"第7号农田"')
    assert (ids(found), found.get_attribute("#results", "aria-busy")) == (before, "true")
    held.pop().continue_()
    wait_for_count(found, 1)


def test_a_search_that_takes_long_says_that_it_is_under_way(page: Any, base: str) -> None:
    held: list[Any] = []
    page.route("**/search/index.json", lambda route: held.append(route))
    page.goto(f"{base}search/?q=防汛")
    page.locator("#results-count", has_text="正在检索").wait_for()
    held.pop().continue_()
    wait_for_count(page, COUNT // 2)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_jumps_while_typing(found: Any, width: int) -> None:
    found.set_viewport_size({"width": width, "height": 900})
    places = set()
    for query in ("春耕生产 防汛", "防汛", "春耕生产 青浦水利局", "第7号"):
        found.fill("#q", query)
        settle(found)
        places.add(tuple(found.locator(name).bounding_box()["y"] for name in ("#results-count", "#plots", "#results")))
    assert len(places) == 1


def test_a_script_that_cannot_be_fetched_is_told_and_tried_again(page: Any, base: str, faults: list[str]) -> None:
    page.route("**/static/js/worker.js", lambda route: route.abort(), times=1)
    page.goto(f"{base}search/?q=防汛")
    page.locator("#search-hint button").wait_for()
    assert "出了错" in page.locator("#search-hint").inner_text()
    page.click("#search-hint button")
    wait_for_count(page, COUNT // 2)
    faults.clear()


# --- what narrows ---------------------------------------------------------------------------------------------------


def test_facets_count_what_was_found(found: Any) -> None:
    assert facet(found, "institution") == {"上海电机学院": 17, "青浦水利局": 9}
    assert facet(found, "genre") == {"意见": 13, "通知": 13}
    assert facet(found, "year") == {"2021年": 2, "2020年": 12, "2019年": 11}


def test_a_facet_narrows_and_leaves_its_own_counts(found: Any) -> None:
    found.click("#facet-institution a:has-text('青浦水利局')")
    wait_for_count(found, 9)
    assert facet(found, "institution") == {"上海电机学院": 17, "青浦水利局": 9}
    assert sum(facet(found, "genre").values()) == 9
    assert found.locator("#facet-institution a[aria-current=true]").count() == 1
    assert list(state(found)) == ["q", "institution"]


def test_what_was_chosen_can_be_taken_back_one_by_one_or_at_once(found: Any) -> None:
    found.click("#facet-genre a:has-text('通知')")
    wait_for_count(found, 13)
    found.click("#facet-year a:has-text('2020年')")
    wait_for_count(found, 6)
    assert [text.strip("×") for text in found.locator("#chosen a").all_inner_texts()] == ["2020年", "通知", "全部去掉"]
    assert found.locator("#chosen a").first.get_attribute("aria-label") == "去掉限定：2020年"
    found.locator("#chosen a").first.click()
    wait_for_count(found, 13)
    found.click("#facet-year a:has-text('2020年')")
    wait_for_count(found, 6)
    found.click("#chosen a:has-text('全部去掉')")
    wait_for_count(found, COUNT)
    assert not found.locator("#chosen").is_visible()


def test_the_focus_stays_on_the_facet_that_was_chosen(found: Any) -> None:
    found.focus("#facet-genre a:has-text('通知')")
    found.keyboard.press("Enter")
    wait_for_count(found, 13)
    assert "通知" in found.evaluate("document.activeElement.textContent")


def test_back_and_forward_go_through_what_was_chosen(found: Any) -> None:
    found.click("#facet-genre a:has-text('通知')")
    wait_for_count(found, 13)
    found.click("#sort a:has-text('日期')")
    found.wait_for_url("**sort=date*")
    found.go_back()
    wait_for_count(found, 13)
    found.go_back()
    wait_for_count(found, COUNT)
    found.go_forward()
    wait_for_count(found, 13)
    assert list(state(found)) == ["q", "genre"]


def test_a_state_can_be_shared(page: Any, base: str) -> None:
    search(page, base, "q=春耕生产&genre=通知&year=2020&from=2020-03&to=2020-08-20&sort=date&compare=防汛")
    assert page.locator("#results-count").inner_text() == "共 3 件"
    assert (page.input_value("#from"), page.input_value("#to")) == ("2020-03", "2020-08-20")
    assert page.locator("#sort a[aria-current=true]").inner_text() == "日期"
    assert page.locator("#sort a[aria-current]").count() == 1
    assert page.locator("figcaption").count() == 2


def test_results_can_be_sorted_by_date(found: Any) -> None:
    found.click("#sort a:has-text('日期')")
    found.locator("#results li:first-child time[datetime='2021-02-15']").wait_for()
    dates = found.locator("#results time").evaluate_all("all => all.map(one => one.dateTime)")
    assert dates == sorted(dates, reverse=True)


def test_dates_are_read_as_people_write_them(found: Any) -> None:
    found.fill("#from", "2020年3月")
    found.fill("#to", "２０２０/4/30")
    found.keyboard.press("Enter")
    wait_for_count(found, 2)
    assert state(found)["from"] + state(found)["to"] == ["2020-03", "2020-04-30"]
    assert found.locator("#chosen").inner_text().strip("×") == "2020-03 至 2020-04-30"


@pytest.mark.parametrize(
    ("first", "last", "wrong", "said"),
    [
        ("2020-02-30", "", ["from"], "日期要写作"),
        ("2020", "去年", ["to"], "日期要写作"),
        ("2020-05", "2020-04-30", ["from", "to"], "晚于"),
    ],
)
def test_dates_that_are_none_are_refused_with_a_reason(
    found: Any, first: str, last: str, wrong: list[str], said: str
) -> None:
    found.fill("#from", first)
    found.fill("#to", last)
    found.click("#dates button")
    assert said in found.locator("#dates-fault").inner_text()
    marked = found.locator("#dates [aria-invalid=true][aria-describedby~=dates-fault]")
    assert marked.evaluate_all("all => all.map(one => one.id)") == wrong
    assert found.locator("#dates :is([aria-invalid], [aria-describedby~=dates-fault])").count() == len(wrong)
    assert found.evaluate("document.activeElement.id") == wrong[0]
    assert list(state(found)) == ["q"]


def test_dates_in_an_address_that_are_none_are_passed_over(page: Any, base: str) -> None:
    search(page, base, "q=春耕生产&from=x&to=2020-13&sort=y")
    wait_for_count(page, COUNT)


def test_nothing_in_the_chosen_range_is_told_apart_from_nothing_at_all(page: Any, base: str) -> None:
    search(page, base, "q=春耕生产&year=1999")
    assert "限定的范围内没有" in page.locator("#results-count").inner_text()
    search(page, base, "q=甲骨文")
    assert "没有找到" in page.locator("#results-count").inner_text()


def test_narrow_screens_fold_what_narrows_away(page: Any, base: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    search(page, base, "q=春耕生产")
    assert not page.locator("#facet-genre").is_visible()
    page.click("#refine summary")
    page.click("#facet-genre a:has-text('通知')")
    wait_for_count(page, 13)


def test_a_slash_is_a_letter_in_every_field(found: Any) -> None:
    found.focus("#from")
    found.keyboard.press("/")
    assert found.input_value("#from") == "/"


# --- the chart ------------------------------------------------------------------------------------------------------


def titles(page: Any) -> dict[str, str]:
    """Read what the bars say when they are pointed at, of months that have notices."""
    bars = page.locator(".bar[title]:has(i)").evaluate_all("all => all.map(one => one.title.split('：'))")
    return dict(bars)


def test_the_chart_shows_each_month_and_apart_what_has_none(found: Any) -> None:
    assert len(titles(found)) == COUNT - 2
    assert titles(found)["2019年1月"] == "1 件"
    apart = [bar.split() for bar in found.locator(".apart .bar").all_inner_texts()]
    assert apart == [["1", "月份不详"], ["1", "日期不详"]]
    assert found.locator(".bars .inferred").count() == 1
    assert "斜纹" in found.locator("#chart-note").inner_text()
    assert "最多" in found.locator(".bars").get_attribute("aria-label")


def test_the_table_says_what_the_chart_shows(found: Any) -> None:
    found.click("#chart-table summary")
    rows = dict(row.split("\t") for row in found.locator("#chart-table tbody tr").all_inner_texts())
    assert len(rows) == COUNT
    assert rows["2019年4月"] == "1（推定 1）"
    assert (rows["2019年 月份不详"], rows["日期不详"]) == ("1", "1")


def test_a_bar_leads_to_its_month(found: Any) -> None:
    found.click(".bar[data-period='2020-05']")
    wait_for_count(found, 1)
    assert state(found)["from"] == state(found)["to"] == ["2020-05"]


def test_the_keyboard_reaches_a_month_by_the_table(found: Any) -> None:
    found.focus("#chart-table summary")
    found.keyboard.press("Enter")
    found.focus("#figures th a:has-text('2020年5月')")
    found.keyboard.press("Enter")
    wait_for_count(found, 1)
    assert state(found)["from"] == state(found)["to"] == ["2020-05"]
    assert found.evaluate("document.activeElement.textContent") == "2020年5月"


def test_phrases_are_compared_on_one_axis(found: Any) -> None:
    for phrase, others in (("防汛", 2), ("堤坝 春耕", 3)):
        found.fill("#compare-with", phrase)
        found.click("#compare button")
        found.locator(f"figcaption >> nth={others - 1}").wait_for()
    captions = [caption.inner_text().split("\n")[0] for caption in found.locator("figcaption").all()]
    assert captions[0].startswith("春耕生产") and "13 件" in captions[1] and "13 件" in captions[2]
    assert state(found)["compare"] == ["防汛", "堤坝 春耕"]
    assert not found.locator("#compare").is_visible()
    lefts = {round(box.bounding_box()["x"]) for box in found.locator(".bar[data-period='2020-05']").all()}
    assert len(lefts) == 1
    found.click("figcaption a[aria-label='不再对比：防汛']")
    found.locator("figcaption >> nth=2").wait_for(state="detached")
    assert state(found)["compare"] == ["堤坝 春耕"]


# --- loosely --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["shdj", "shanghai dianji", "shanghaidianji", "shanghaidianjj"])
def test_what_was_searched_for_instead_is_named(page: Any, base: str, query: str) -> None:
    search(page, base, f"q={query}")
    assert page.locator("#results-count").inner_text() == "共 17 件"
    line = page.locator("#search-loose").inner_text()
    assert "没有找到" in line and "上海" in line and "电机" in line


def test_the_page_of_every_result_marks_what_was_searched_for_instead(page: Any, base: str) -> None:
    held: list[Any] = []
    page.route("**/search/facets-*.json", lambda route: held.append(route))
    with page.expect_request("**/search/facets-*.json"):
        page.goto(f"{base}search/?q=shanghaidianji")
    page.locator("#results li").first.wait_for()
    address = page.locator("#results a").first.get_attribute("href")
    assert parse_qs(urlsplit(address).query)["hits"] == ["shanghaidianji 上海电机"]
    held.pop().continue_()
    wait_for_count(page, 17)
    page.click("#results-more button")
    page.click("#results li:nth-child(17) a")
    page.locator("#hits").wait_for()
    assert set(marks(page)) == {"上海电机"}


@pytest.mark.parametrize(
    ("typed", "others", "marked"),
    [
        ("shdj", [], "shdj"),
        ("shdj -函", ["上海电机", "上海电巨"], "shdj -函 上海电机 上海电巨"),
        ("sh", ["上"] * 30, "sh" + " 上" * 19),
        ("sh", ["上" * 148] * 3, "sh " + " ".join(["上" * 148] * 2)),
        ("𠀀" * 400, ["上"], "𠀀" * 300),
    ],
)
def test_no_more_is_marked_than_is_read_of_a_query(found: Any, typed: str, others: list[str], marked: str) -> None:
    write = "async ([typed, others]) => (await import('../static/js/entry.js')).wordsToMark(typed, others)"
    assert found.evaluate(write, [typed, others]) == marked


# --- for everyone ---------------------------------------------------------------------------------------------------


@pytest.fixture
def paused(page: Any, base: str) -> Any:
    """Open the search page where time passes only when it is told to, and what the worker is sent can be read."""
    page.add_init_script("""
        const { postMessage } = Worker.prototype;
        window.posted = [];
        Worker.prototype.postMessage = function (message) {
            window.posted.push(message);
            postMessage.call(this, message);
        };
    """)
    page.clock.install(time=0)
    search(page, base, "q=春耕生产")
    page.clock.pause_at(3_600_000)
    return page


def searched(page: Any) -> list[str]:
    """Read what was searched for, one after the other."""
    return list(page.evaluate("posted.filter(({ type }) => type === 'run').map(({ state }) => state.q)"))


def spoken(page: Any) -> str:
    """Read what those who listen are told."""
    assert page.locator("main [role=status]").count() == 1
    return str(page.locator("#search-status[role=status]").inner_text())


def test_the_count_is_said_aloud_once_nothing_changes(paused: Any) -> None:
    assert spoken(paused) == "共 26 件"
    paused.fill("#q", "防汛")
    settle(paused)
    paused.clock.run_for(400)
    assert spoken(paused) == ""
    paused.fill("#q", "甲骨文")
    settle(paused)
    paused.clock.run_for(400)
    assert spoken(paused) == ""
    paused.clock.run_for(100)
    assert spoken(paused).startswith("没有找到")
    paused.fill("#q", "-函")
    settle(paused)
    paused.clock.run_for(500)
    assert "再写一个" in spoken(paused)


def test_a_letter_or_digit_alone_waits_for_more(paused: Any) -> None:
    for typed in ("２", "20", "2020", "k", ""):
        paused.fill("#q", typed)
        paused.clock.run_for(399)
    settle(paused)
    assert searched(paused) == ["春耕生产", "20", "2020", ""]
    paused.fill("#q", "2")
    assert paused.get_attribute("#results-count", "data-exact") == "false"
    paused.clock.run_for(400)
    settle(paused)
    paused.fill("#q", "7")
    paused.press("#q", "Enter")
    settle(paused)
    paused.clock.run_for(1000)
    assert searched(paused)[4:] == ["2", "7"]


@pytest.mark.parametrize("status", [404, 410, 500, 0])
def test_a_page_that_is_missing_is_told_from_one_that_cannot_be_fetched(
    paused: Any, faults: list[str], status: int
) -> None:
    paused.route("**/notices/n07/*", lambda route: route.fulfill(status=status) if status else route.abort())
    paused.fill("#q", '"第7号农田"')
    settle(paused)
    answers = paused.evaluate("posted.filter(({ type, page }) => type === 'page' && !page)")
    assert {answer["isMissing"] for answer in answers} == {status in (404, 410)}
    faults.clear()


def test_pages_that_cannot_be_fetched_are_counted_in_one_hint(page: Any, base: str, faults: list[str]) -> None:
    words = "春耕生产 " * 25
    search(page, base, f"q={words}")
    page.click("#results-more button")
    page.locator("#results li:nth-child(20)").wait_for()
    lost = [ids(page)[at] for at in (2, 14)]
    for name in lost:
        page.route(f"**/notices/{name}/*", lambda route: route.abort())
    search(page, base, f"q={words}&sort=")
    hint = page.locator("#search-hint")
    hint.locator("button").wait_for()
    cut = "检索词太长，只用前 300 个字。"
    assert hint.inner_text() == f"{cut}另有 1 件的正文没有取到，没有列出。请检查网络，然后重试。重试"
    page.click("#results-more button")
    page.locator("#search-hint", has_text="另有 2 件").wait_for()
    assert hint.inner_text() == f"{cut}另有 2 件的正文没有取到，没有列出。请检查网络，然后重试。重试"
    faults.clear()


def test_the_switch_for_the_slash_is_there_on_narrow_screens(found: Any) -> None:
    found.set_viewport_size({"width": 390, "height": 900})
    assert found.locator("#shortcut").is_visible()
    assert not found.locator(".keys > span").is_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_fits_with_everything_open(page: Any, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    long = "农田水利基本建设和防汛抗旱工作"
    search(page, base, f"q=春耕生产&genre=通知&year=2020&from=2020-03&compare=防汛&compare={long}")
    page.click("#chart-table summary")
    if width < 800:
        page.click("#refine summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_places_to_press_are_large_enough_in_the_search(found: Any) -> None:
    found.set_viewport_size({"width": 390, "height": 900})
    found.click("#refine summary")
    found.click("#facet-genre a:has-text('通知')")
    wait_for_count(found, 13)
    small = [
        place.inner_text()
        for place in found.locator("main :is(a, button, summary, input):visible").all()
        if (box := place.bounding_box()) and (box["height"] < 24 or box["width"] < 24)
    ]
    assert [text for text in small if text] == []


# --- hits on the notice's page --------------------------------------------------------------------------------------


@pytest.fixture
def opened(page: Any, base: str) -> Any:
    """Open a notice from the results."""
    search(page, base, "q=春耕生产&from=2019-08&to=2019-08")
    page.click("#results a")
    page.locator("#hits").wait_for()
    return page


def marks(page: Any) -> list[str]:
    return list(page.locator("#text mark").all_inner_texts())


def test_the_words_are_marked_where_they_stand(opened: Any) -> None:
    assert "".join(marks(opened)) == "春耕生产" * 3
    assert opened.locator("#hits .place").inner_text() == "1 / 3"
    assert opened.locator("#hits [role=status]").inner_text() == "第 1 处，共 3 处"
    assert opened.locator("h1 mark[aria-current]").count() == 1


def test_a_hit_that_runs_across_elements_is_one(opened: Any) -> None:
    opened.click("#hits [data-step='1']")
    assert opened.locator("mark[aria-current]").all_inner_texts() == ["春耕", "生产"]


def test_hits_that_touch_are_one_as_in_the_list(page: Any, base: str) -> None:
    page.goto(f"{base}notices/n07/?hits=春耕 生产")
    page.locator("#hits").wait_for()
    assert page.locator("#hits .place").inner_text() == "1 / 3"


def test_an_index_of_another_format_marks_nothing(page: Any, base: str) -> None:
    page.route("**/search/index.json", lambda route: route.fulfill(json={"format": FORMAT + 1, "edition": "0" * 16}))
    page.goto(f"{base}notices/n07/?hits=春耕生产", wait_until="networkidle")
    assert (marks(page), page.locator("#hits").is_visible()) == ([], False)


def test_the_keyboard_steps_through_the_hits(opened: Any) -> None:
    opened.focus("#hits [data-step='1']")
    for place in ("2 / 3", "3 / 3", "1 / 3"):
        opened.keyboard.press("Enter")
        assert opened.locator("#hits .place").inner_text() == place
    opened.keyboard.press("Shift+Tab")
    opened.keyboard.press("Enter")
    assert opened.locator("#hits .place").inner_text() == "3 / 3"


def test_closing_leaves_the_page_as_it_was(opened: Any, base: str) -> None:
    opened.focus("#hits [data-step='1']")
    opened.keyboard.press("Escape")
    assert (marks(opened), opened.locator("#hits").is_visible()) == ([], False)
    assert opened.url == f"{base}notices/n07/"
    text = opened.inner_html("#text")
    opened.reload()
    assert opened.inner_html("#text") == text


def test_a_notice_opened_otherwise_loads_nothing_more(page: Any, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(f"{base}notices/n07/", wait_until="networkidle")
    assert sorted(asked) == ["/notices/n07/", "/static/css/main.css", "/static/icon.svg", "/static/js/hits.js"]
    assert (marks(page), page.locator("#hits").is_visible()) == ([], False)


@pytest.mark.parametrize("hits", ["甲骨文", "<img src=x onerror=alert(1)>", "(((((", "-春耕", "\ud83d"])
def test_words_that_are_not_there_mark_nothing(page: Any, base: str, hits: str) -> None:
    page.goto(f"{base}notices/n07/")
    page.evaluate("hits => location.search = new URLSearchParams({ hits })", hits)
    page.wait_for_load_state("networkidle")
    assert (marks(page), page.locator("#hits").is_visible()) == ([], False)


def test_hits_are_found_after_a_new_build(page: Any, base: str, faults: list[str]) -> None:
    names = {"folding": "folding-0000000000.json", "forms": "forms-0000000000.json"}
    stale = {"format": FORMAT, "edition": "0" * 16, "files": names}
    page.route("**/search/index.json", lambda route: route.fulfill(json=stale), times=1)
    page.goto(f"{base}notices/n07/?hits=春耕生产")
    page.locator("#hits").wait_for()
    assert len(faults) == 1 and "404" in faults.pop()
