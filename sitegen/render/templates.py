"""Templates and interface words, found in the project's own folder first, then in sitegen's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import Markup

from sitegen.errors import InputError, Problem
from sitegen.model import OutputFile

Words = Mapping[str, Any]
"""Interface words of one language: tables of strings, by the names that templates use."""

_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class _Environment(Environment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look a name up in a table as a key alone: `words.search.keys` is a word, not what every dict can do."""
        if not isinstance(obj, dict):
            return super().getattr(obj, attribute)
        return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)


def load_templates(folders: Sequence[Path]) -> Environment:
    """Make the Jinja environment: everything escaped, an unknown name is a fault.

    A template of the project may build on the one it replaces by the name `sitegen/<name>`.
    """
    environment = _Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(list(folders)), PrefixLoader({"sitegen": FileSystemLoader(list(folders[-1:]))})]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals = {"counted": counted, "fill": fill}
    return environment


def _finalize(value: object) -> object:
    """Replace what HTML cannot hold in texts from outside; refuse None, which would stand on the page as a word."""
    if value is None:
        raise TemplateError("a template prints a value that is absent")
    if isinstance(value, str) and not isinstance(value, Markup):
        return _NO_CHARACTER.sub("\ufffd", value)
    return value


def render(environment: Environment, template: str, context: Mapping[str, object]) -> bytes:
    """Render one template as UTF-8.

    Raises InputError where the template is missing, broken or asks for a value that is not there.
    """
    try:
        return environment.get_template(template).render(context).encode()
    except Exception as error:  # a template is a program of the project's, and may fail in any way
        line = error.lineno if isinstance(error, TemplateSyntaxError) else None
        name = error.name if isinstance(error, TemplateSyntaxError) and error.name else template
        problem = Problem(
            "template", f"templates/{name}", f"The template cannot be rendered: {error}.",
            "Compare it with the template of the same name that sitegen brings.", line,
        )  # fmt: skip
        raise InputError(problem) from error


# --- words ----------------------------------------------------------------------------------------------------------


def read_words(folders: Sequence[Path], language: str) -> Words:
    """Read the interface words of a language; a word in an earlier folder wins over the same word in a later one.

    Raises InputError where no folder has the language, or a file of words cannot be read.
    """
    files = [folder / "words" / f"{language}.toml" for folder in folders]
    tables = [_read_table(file) for file in files if file.is_file()]
    if not tables:
        problem = Problem(
            "unknown-language", "pyproject.toml", f"There are no interface words for the language {language!r}.",
            f"Set language to zh-Hans or en, or write templates/words/{language}.toml.",
        )  # fmt: skip
        raise InputError(problem)
    words: dict[str, Any] = {}
    for table in reversed(tables):
        words = _merged(words, table)
    return words


def _read_table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = Problem("words", f"templates/words/{file.name}", f"The file of words cannot be read: {error}.",
                          "Write it as TOML in UTF-8, like the one that sitegen brings.")  # fmt: skip
        raise InputError(problem) from error


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def fill(sentence: str, **values: object) -> str:
    """Put values in the places of a sentence, `{name}`; a value is never read as a sentence itself."""
    return re.sub(r"\{([a-z_]+)\}", lambda match: str(values.get(match[1], match[0])), sentence)


def counted(sentences: Mapping[str, str], count: int, **values: object) -> str:
    """Fill the sentence that fits a number: `one` for 1, else `other`; `{count}` is the number."""
    return fill(sentences["one" if count == 1 else "other"], count=count, **values)


# --- static files ---------------------------------------------------------------------------------------------------


def static_files(folders: Sequence[Path]) -> Iterator[OutputFile]:
    """Give every file below `<folder>/static`, in the order of their paths; hidden files and backups are left out.

    From sitegen's own scripts, which lie in the last folder, comments and needless white space are taken: a third of
    their bytes as sent.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        root = folder / "static"
        for file in sorted(root.rglob("*")):
            name = file.relative_to(root)
            if file.is_file() and not any(part.startswith(".") or part.endswith("~") for part in name.parts):
                found.setdefault(name.as_posix(), file)
    for path in sorted(found):
        data = found[path].read_bytes()
        is_own_script = path.endswith(".js") and found[path].is_relative_to(folders[-1])
        yield OutputFile(f"static/{path}", _compact(data) if is_own_script else data)


def _compact(script: bytes) -> bytes:
    from rjsmin import jsmin

    return str(jsmin(script.decode())).encode()
