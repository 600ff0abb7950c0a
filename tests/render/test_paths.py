"""Links work wherever the site stands."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.paths import absolute, below_base, relative

SEGMENTS = st.lists(st.from_regex("[a-z0-9]{1,3}", fullmatch=True), max_size=4)


@pytest.mark.parametrize(
    ("page", "to", "expected"),
    [
        ("index.html", "", "./"),
        ("index.html", "timeline/", "timeline/"),
        ("notices/a/index.html", "", "../../"),
        ("notices/a/index.html", "notices/b/", "../b/"),
        ("notices/a/source/index.html", "notices/a/", "../"),
        ("notices/a/index.html", "notices/a/source/", "source/"),
        ("notices/a/index.html", "static/css/main.css", "../../static/css/main.css"),
        ("timeline/index.html", "timeline/#y2020", "#y2020"),
        ("timeline/2020/index.html", "timeline/#y2020", "../#y2020"),
    ],
)
def test_the_way_from_a_page_to_an_address(page: str, to: str, expected: str) -> None:
    assert relative(page, to) == expected


@given(SEGMENTS, SEGMENTS, st.sampled_from(["/", "/repository/"]))
def test_a_link_leads_to_its_address_under_any_base(here: list[str], there: list[str], base: str) -> None:
    page = "".join(f"{name}/" for name in here)
    to = "".join(f"{name}/" for name in there)
    link = relative(f"{page}index.html", to)
    assert urljoin(f"https://example.org{base}{page}", link) == f"https://example.org{base}{to}"


def test_links_below_the_base_path_and_in_full() -> None:
    assert below_base("https://example.org/archive/", "search/") == "/archive/search/"
    assert below_base("https://example.org", "") == "/"
    assert absolute("https://example.org/archive/", "notices/a/") == "https://example.org/archive/notices/a/"
