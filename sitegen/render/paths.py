"""Addresses of the site, and the way from one page to another.

An address is a path below the root of the site; a page's ends with a slash ("" is the home page) and may name a
fragment. All links are relative, so that the same site works at `/`, below `/repository/` and in the preview.
"""

from __future__ import annotations

from urllib.parse import urlsplit


def page_path(address: str) -> str:
    """Give the file below `output/` that holds the page of an address."""
    return f"{address}index.html"


def notice_address(notice_id: str) -> str:
    """Give the address of a notice."""
    return f"notices/{notice_id}/"


def source_address(notice_id: str) -> str:
    """Give the address of a notice's raw text and corrections."""
    return f"notices/{notice_id}/source/"


def institution_address(slug: str) -> str:
    """Give the address of an institution."""
    return f"institutions/{slug}/"


def relative(page: str, to: str) -> str:
    """Write the link from a page, given as its file, to an address or a file of the site."""
    here = page.split("/")[:-1]
    path, mark, fragment = to.partition("#")
    there = path.split("/")
    if mark and there == [*here, ""]:
        return mark + fragment
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    way = "../" * (len(here) - common) + "/".join(there[common:])
    return (way or "./") + mark + fragment


def below_base(site_url: str, to: str) -> str:
    """Write the link to an address from anywhere on the host: the one kind that works on the page for missing pages."""
    base = urlsplit(site_url).path.strip("/")  # two slashes at its head would name another host
    return f"/{base}/{to}" if base else f"/{to}"


def absolute(site_url: str, to: str) -> str:
    """Write the full address, for the few places where a standard asks for one."""
    return f"{site_url.rstrip('/')}/{to}"
