"""Interface words: two languages, the same keys, and no words in templates."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sitegen.convert.passes import TO_CLEAN, TO_LINES, TO_PLAIN
from sitegen.errors import InputError
from sitegen.render.templates import counted, fill, read_words


def keys(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from keys(value, f"{prefix}{key}.")
        else:
            yield prefix + key, frozenset(re.findall(r"\{(\w+)\}", value))


def read(templates: Path, language: str) -> dict[str, Any]:
    return tomllib.loads((templates / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def test_both_languages_have_the_same_keys_with_the_same_places(templates: Path) -> None:
    assert dict(keys(read(templates, "zh-Hans"))) == dict(keys(read(templates, "en")))


def test_templates_hold_no_words_of_their_own(templates: Path) -> None:
    for template in sorted(templates.glob("*.html")):
        code = re.compile(r"\{% block (?:kind|skip) %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
        words = re.sub(r"<[^>]*>", "", code.sub("", template.read_text("utf-8")))
        assert not re.search(r"[A-Za-z\u4e00-\u9fff]", words), template.name


def test_every_step_of_the_conversion_has_a_name(templates: Path) -> None:
    names = {name for name, _ in (*TO_PLAIN, *TO_CLEAN, *TO_LINES)} | {"advertising", "anatomy", "curator"}
    assert names <= set(read(templates, "zh-Hans")["passes"])


def test_every_word_of_chinese_interfaces_is_quiet(templates: Path) -> None:
    assert not re.search("[！!]", (templates / "words" / "zh-Hans.toml").read_text("utf-8"))


def test_a_value_is_never_read_as_a_sentence() -> None:
    assert fill("{a}，{b}", a="{b}", b="乙") == "{b}，乙"
    assert fill("{a.__class__} {unknown}", a="甲") == "{a.__class__} {unknown}"


def test_one_is_told_from_many() -> None:
    sentences = {"one": "{count} notice", "other": "{count} notices"}
    assert [counted(sentences, count) for count in (0, 1, 2)] == ["0 notices", "1 notice", "2 notices"]


def test_a_language_without_words_is_refused(templates: Path) -> None:
    with pytest.raises(InputError, match="unknown-language"):
        read_words([templates], "tlh")


def test_a_faulty_file_of_words_is_named(tmp_path: Path, templates: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text("[site", encoding="utf-8")
    with pytest.raises(InputError, match=r"templates/words/en\.toml"):
        read_words([tmp_path, templates], "en")
