"""Laws that hold for every page of every collection."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.errors import InputError
from sitegen.model import MASK, Edit, Flag, Heading, InferredDate, Paragraph, Signature, Table
from sitegen.render import NoticePage, static_files

MakePage = Callable[..., NoticePage]
Render = Callable[..., dict[str, str]]

HTML = "{http://www.w3.org/1999/xhtml}"
SPAM = "国内永久第一免费福利视频"
RAW = f"首页 > 正文\r\n\n中共{SPAM}委员会的号召,\t\u200b\n各级党组织:\n见{SPAM}方案。\x00"


def parse(page: str) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    tree: Element = parser.parse(page)
    assert parser.errors == []
    return tree


def elements(page: str) -> Iterator[Element]:
    return parse(page).iter()


@pytest.fixture
def collection(make_page: MakePage) -> list[NoticePage]:
    """Notices in every state that pages are designed for."""
    start = RAW.index(SPAM)
    spans = tuple((match.start(), match.end()) for match in re.finditer(SPAM, RAW))
    edits = (
        Edit(0, 12, RAW[0:12], "", ("chrome",)),
        Edit(start + 3, start + 20, RAW[start + 3 : start + 20], MASK, ("mask", "curator"), "title"),
    )
    four = ("教育部", "国家发展改革委", "财政部", '某"局&<处>')
    return [
        make_page(
            "2022-03-14-a", title=f"中共{MASK}委员会的号召", genre="号召", signed="2022-03-14", published="2022-03-15",
            raw=RAW, edits=edits, masked=spans, file=f"x{SPAM}.txt", url="https://example.org/%E7%A6%8F%E5%88%A9%E8%A7%86",
            flags=(Flag("institution-masked", "名称被覆盖。"), Flag("odd code", "奇怪。")), added="2026-01-02",
            blocks=[Paragraph(f"中共{MASK}委员会。"), Signature((f"中共{MASK}委员会", "2022年3月14日"))],
        ),
        make_page(
            "2021-02-20-b", title="关于印发<script>alert(1)</script>“办法”\u2028的通知" * 6, institutions=four,
            document_number="教学〔2021〕2号", genre="通知", addressee="各省", signed="2021-02-20", attachments=("表",),
            blocks=[Heading(2, "一、<b>总则</b>"), Heading(3, "（一）范围"), Table((("甲", "乙"), ("1", "")))],
            aliases=("old-b",),
        ),
        make_page("2020-c", institutions=("学校纪委",), genre="倡议", dated=InferredDate("2020-01/2020-02?", "一月")),
        make_page("2019-d", title="发布", published="2019-05"),
        make_page("2019-e", title="年份", signed="2019", institutions=("甲大学教务处",)),
        make_page("undated-f"),
        make_page("undated-g", title="javascript:alert(1)", institutions=("中共甲大学委员会",)),
    ]  # fmt: skip


@pytest.fixture(params=[{}, {"site_url": "https://example.org/archive/", "contact": "a@example.org", "language": "en"}])
def site(request: pytest.FixtureRequest, collection: list[NoticePage], render: Render) -> dict[str, str]:
    return render(collection, **request.param)


def test_every_page_is_valid_html(site: dict[str, str]) -> None:
    for page in site.values():
        assert page.startswith("<!DOCTYPE html>\n")
        parse(page)


def test_every_page_says_language_viewport_and_policy(site: dict[str, str]) -> None:
    for page in site.values():
        assert re.search(r'<html lang="(zh-Hans|en)">', page)
        assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
        assert page.index("Content-Security-Policy") < page.index("<title>")
        assert "default-src &#39;none&#39;; script-src &#39;self&#39;; style-src &#39;self&#39;; " in page


def test_every_page_has_one_first_heading_one_main_and_a_way_past_the_menu(site: dict[str, str]) -> None:
    for path, page in site.items():
        names = [element.tag for element in elements(page)]
        assert names.count(f"{HTML}h1") == 1, path
        assert names.count(f"{HTML}main") == 1, path
        if "site-nav" in page:
            skip = re.search(r'<a class="skip" href="#([^"]+)">', page)
            assert skip and f'id="{skip[1]}"' in page, path


def test_no_page_holds_inline_script_or_style(site: dict[str, str]) -> None:
    for path, page in site.items():
        for element in elements(page):
            assert element.tag != f"{HTML}style", path
            assert "style" not in element.attrib, path
            assert not any(name.startswith("on") for name in element.attrib), path
            if element.tag == f"{HTML}script":
                assert element.get("src") and not element.text, path


def test_an_id_stands_once_on_a_page_and_every_reference_to_one_is_met(site: dict[str, str]) -> None:
    for path, page in site.items():
        found = [element.attrib["id"] for element in elements(page) if "id" in element.attrib]
        assert len(found) == len(set(found)), path
        for element in elements(page):
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                assert element.get(name, found[0] if found else None) in [*found, None], (path, name)


def test_every_link_inside_the_site_is_relative_and_leads_somewhere(site: dict[str, str], templates: Path) -> None:
    files = set(site) | {file.path for file in static_files([templates])} | {"static/js/lunr.js"}
    ids = {path: {element.get("id") for element in elements(page)} for path, page in site.items()}
    for path, page in site.items():
        for element in elements(page):
            for name in ("href", "src", "action"):
                link = element.get(name)
                if link is None or element.get("rel") == "canonical" or urlsplit(link).scheme or path == "404.html":
                    continue
                assert link and not link.startswith("/"), (path, link)
                to, _, fragment = link.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), to)) if to else path
                target = posixpath.join(target, "index.html") if to.endswith("/") else target
                assert target.removeprefix("./") in files, (path, link)
                if fragment:
                    assert fragment in ids[target.removeprefix("./")], (path, link)


def test_links_that_leave_the_site_are_plain_web_or_mail_addresses(site: dict[str, str]) -> None:
    for page in site.values():
        for element in elements(page):
            for name in ("href", "src", "action"):
                assert urlsplit(element.get(name, "")).scheme in ("", "https", "mailto", "data"), element.get(name)
                assert element.tag != f"{HTML}a" or not element.get("href", "").startswith("data")


def test_masked_words_stand_on_no_page(site: dict[str, str]) -> None:
    runs = {SPAM[at : at + 3] for at in range(len(SPAM) - 2)}
    for path, page in site.items():
        text = "".join(parse(page).itertext())
        assert [run for run in runs if run in page or run in text] == [], path


def test_the_same_collection_in_any_order_gives_the_same_bytes(collection: list[NoticePage], render: Render) -> None:
    assert list(render(collection).items()) == list(render(collection[::-1]).items())


def test_markup_in_facts_reaches_every_page_as_text(site: dict[str, str]) -> None:
    shown = site["notices/2021-02-20-b/index.html"]
    assert "<script>alert" not in "".join(site.values())
    assert "某&#34;局&amp;&lt;处&gt;" in shown
    assert '<meta name="citation_author" content="某&#34;局&amp;&lt;处&gt;">' in shown


def test_no_page_shows_an_absent_value_as_a_word(site: dict[str, str]) -> None:
    for page in site.values():
        text = " ".join(parse(page).itertext())
        assert not re.search(r"\b(None|Undefined|built-in|Markup|tuple|datetime)\b", text.replace("datetime", ""))


def test_every_notice_stands_once_in_the_timeline(site: dict[str, str], collection: list[NoticePage]) -> None:
    for page in collection:
        assert site["timeline/index.html"].count(f'href="../notices/{page.notice.id}/"') == 1


def test_every_year_of_a_large_collection_has_its_page_and_every_notice_stands_once(
    make_page: MakePage, render: Render
) -> None:
    pages = [make_page(f"n-{at}", title=f"第{at}号", signed=f"{1990 + at % 3}-01-02") for at in range(401)]
    pages += [make_page("n-undated", title="无日期")]
    site = render(pages)
    timeline = "".join(page for path, page in site.items() if path.startswith("timeline/"))
    for page in pages:
        assert timeline.count(f'/notices/{page.notice.id}/"') == 1
    assert "timeline/1991/index.html" in site and "timeline/undated/index.html" in site


def test_a_collection_without_notices_has_all_its_pages(render: Render) -> None:
    site = render([])
    assert "这里还没有公文。" in site["index.html"]
    for page in site.values():
        parse(page)


def test_an_address_a_notice_had_before_leads_to_it(site: dict[str, str]) -> None:
    page = site["notices/old-b/index.html"]
    assert '<meta http-equiv="refresh" content="0; url=../2021-02-20-b/">' in page


def test_the_page_for_missing_pages_has_links_below_the_base_path_or_none(
    collection: list[NoticePage], render: Render
) -> None:
    with_address = render(collection, site_url="https://example.org/archive/")["404.html"]
    links = re.findall(r'(?:href|action|src)="([^"]*)"', with_address)
    assert "/archive/static/css/main.css" in links
    assert all(link.startswith(("/archive/", "#main")) for link in links)
    without = render(collection)["404.html"]
    assert re.findall(r'(?:href|action|src)="([^"]*)"', without) == ["data:,"]


def test_canonical_addresses_are_written_only_where_the_site_knows_its_own(
    collection: list[NoticePage], render: Render
) -> None:
    known = render(collection, site_url="https://example.org/archive/")
    link = '<link rel="canonical" href="https://example.org/archive/notices/2019-d/">'
    assert link in known["notices/2019-d/index.html"]
    assert not any("canonical" in page for page in render(collection).values())


def test_raw_texts_are_kept_out_of_search_engines(site: dict[str, str]) -> None:
    sources = [page for path, page in site.items() if path.endswith("/source/index.html")]
    assert sources and all('<meta name="robots" content="noindex">' in page for page in sources)
    assert "noindex" not in site["notices/2022-03-14-a/index.html"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_any_title_and_institution_give_valid_pages(
    make_page: MakePage, render: Render, title: str, institution: str
) -> None:
    site = render([make_page("x", title=title, institutions=(institution,), signed="2020")])
    for page in site.values():
        parse(page)


def test_a_template_of_the_project_replaces_the_one_it_names_and_may_build_on_it(
    tmp_path: Path, templates: Path, collection: list[NoticePage], render: Render
) -> None:
    (tmp_path / "about.html").write_text(
        '{% extends "sitegen/about.html" %}{% block main %}<h1>馆史</h1>{% endblock %}', encoding="utf-8"
    )
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "zh-Hans.toml").write_text('[nav]\ntimeline = "年表"\n', encoding="utf-8")
    site = render(collection, (tmp_path, templates))
    assert "<h1>馆史</h1>" in site["about/index.html"]
    assert ">年表</a>" in site["index.html"] and ">文种</a>" in site["index.html"]


def test_a_broken_template_is_named_with_its_line(
    tmp_path: Path, templates: Path, collection: list[NoticePage], render: Render
) -> None:
    (tmp_path / "about.html").write_text("<p>\n{% if %}", encoding="utf-8")
    with pytest.raises(InputError, match=r"templates/about\.html:2: template"):
        render(collection, (tmp_path, templates))


def test_a_template_that_asks_for_an_unknown_name_is_refused(
    tmp_path: Path, templates: Path, collection: list[NoticePage], render: Render
) -> None:
    (tmp_path / "about.html").write_text("{{ words.about.nothing }}", encoding="utf-8")
    with pytest.raises(InputError, match="nothing"):
        render(collection, (tmp_path, templates))


def test_static_files_of_the_project_win_and_hidden_ones_stay_behind(tmp_path: Path, templates: Path) -> None:
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "static" / "css" / "main.css").write_text("own", encoding="utf-8")
    (tmp_path / "static" / ".hidden").write_text("no", encoding="utf-8")
    files = {file.path: file.data for file in static_files([tmp_path, templates])}
    assert files["static/css/main.css"] == b"own"
    assert "static/icon.svg" in files and "static/.hidden" not in files
    assert list(files) == sorted(files)


def test_a_page_of_another_notice_is_not_needed(collection: list[NoticePage], render: Render) -> None:
    draft = replace(collection[0], notice=replace(collection[0].notice, draft=True))
    assert "notices/2022-03-14-a/index.html" not in render([draft, *collection[1:]])
