"""The style sheet: readable contrasts by day and by night, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


def css(templates: Path) -> str:
    return (templates / "static" / "css" / "main.css").read_text(encoding="utf-8")


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(templates: Path, scheme: str) -> None:
    light, dark = css(templates).split("@media (prefers-color-scheme: dark)")[:2]
    found = colours(light) if scheme == "light" else colours(dark[: dark.index("/* --- ground")])
    assert set(found) >= {"accent", "paper", "ink", "grey", "rule", "tint"}
    for text in ("ink", "grey", "accent"):
        for ground in ("paper", "tint"):
            assert contrast(found[text], found[ground]) >= 4.5, (text, ground)


def test_nothing_is_fetched(templates: Path) -> None:
    assert not re.search(r"url\(|@import|@font-face", css(templates))


def test_the_style_of_the_reader_is_respected(templates: Path) -> None:
    for query in ("prefers-color-scheme: dark", "prefers-reduced-motion: reduce", "@media print"):
        assert query in css(templates)
