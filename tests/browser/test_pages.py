"""Pages in a real browser: at every width, by keyboard, on paper, below a path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest

pytestmark = pytest.mark.browser

KINDS = ("", "timeline/", "institutions/", "institutions/unknown/", "genres/", "quality/", "about/", "search/")


def addresses(site: Path) -> list[str]:
    """Give an address of every kind of page, and those of every notice."""
    notices = sorted(path.relative_to(site).as_posix() for path in site.glob("notices/*/index.html"))
    sources = sorted(path.relative_to(site).as_posix() for path in site.glob("notices/*/source/index.html"))
    assert notices and sources
    return [*KINDS, *(path.removesuffix("index.html") for path in notices + sources)]


def a_notice(site: Path) -> str:
    """Give the notice with most headings, which has an outline for certain."""
    pages = {path.parent.name: path.read_text("utf-8").count("<h2 id=") for path in site.glob("notices/*/index.html")}
    return f"notices/{max(sorted(pages), key=lambda name: pages[name])}/"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(page: Any, site: Path, site_address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in addresses(site):
        page.goto(site_address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_line_holds_thirty_eight_characters_at_most(page: Any, site: Path, site_address: str) -> None:
    page.goto(site_address + a_notice(site))
    width, size = page.eval_on_selector(
        "#text .body > p", "p => [p.clientWidth, parseFloat(getComputedStyle(p).fontSize)]"
    )
    assert 30 <= width / size <= 38


def test_the_elements_stand_beside_the_text_on_wide_screens(page: Any, site: Path, site_address: str) -> None:
    page.goto(site_address + a_notice(site))
    article, margin = page.locator("#text").bounding_box(), page.locator(".margin").bounding_box()
    assert margin["x"] > article["x"] + article["width"]
    assert abs(margin["y"] - article["y"]) < 50


def test_the_elements_stand_between_title_and_text_on_narrow_screens(page: Any, site: Path, site_address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(site_address + a_notice(site))
    tops = [page.locator(name).first.bounding_box()["y"] for name in ("h1", ".margin", "#text .body")]
    assert tops == sorted(tops)


def test_the_first_key_leads_past_the_menu_to_the_text(page: Any, site: Path, site_address: str) -> None:
    page.goto(site_address + a_notice(site))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"


def test_the_outline_leads_to_its_heading(page: Any, site: Path, site_address: str) -> None:
    page.goto(site_address + a_notice(site))
    entry = page.locator(".outline a").first
    entry.click()
    heading = page.locator(":target")
    assert heading.inner_text() == entry.inner_text()
    assert 0 <= heading.bounding_box()["y"] < 900


def test_places_to_press_are_large_enough(page: Any, site_address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    for address in ("timeline/", "institutions/"):
        page.goto(site_address + address)
        for box in page.locator("nav a, .foot-links a").all():
            size = box.bounding_box()
            assert size["height"] >= 24 and size["width"] >= 24, box.inner_text()


def test_paper_shows_the_document_without_the_site_around_it(page: Any, site: Path, site_address: str) -> None:
    page.goto(site_address + a_notice(site))
    page.emulate_media(media="print")
    for name in (".site-head", ".site-foot", ".outline", ".skip"):
        assert not page.locator(name).is_visible(), name
    for name in ("h1", "#text .body", ".citation"):
        assert page.locator(name).first.is_visible(), name


def test_the_search_field_of_the_first_page_leads_to_the_results(page: Any, site_address: str) -> None:
    page.goto(site_address)
    page.fill("#q", "通知")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.input_value("#q") == "通知"


def test_every_link_works_below_a_path(page: Any, site: Path, serve_folder: Callable[..., Any]) -> None:
    with serve_folder(site, "/repository/") as base:
        seen, waiting = set(), [base]
        while waiting:
            address = waiting.pop()
            seen.add(address)
            response = page.goto(address)
            assert response is None or response.ok, address
            links = page.eval_on_selector_all(
                "a[href], link[href], script[src]", "all => all.map(one => one.getAttribute('href') || one.src)"
            )
            for link in links:
                target, fragment = urldefrag(urljoin(address, link))
                if target.startswith(base) and target.endswith("/") and target not in seen and target not in waiting:
                    waiting.append(target)
                elif not target.startswith((base, "data:", "mailto:", "http:", "https:")):
                    pytest.fail(f"{address} links to {target}")
                assert not target.startswith("http://127.0.0.1") or target.startswith(base), (address, link)
                if fragment and target == address:
                    assert page.locator(f"[id='{fragment}']").count() == 1, (address, fragment)
        assert len(seen) >= len(addresses(site))
