"""The imports of the package agree with the table of layers in ARCHITECTURE.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sitegen"
TABLE = re.compile(r"^\| (\d) \| `(\w+)` \|", re.MULTILINE)


def layers() -> dict[str, int]:
    return {
        name: int(layer) for layer, name in TABLE.findall((PACKAGE / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    }


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def top(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(source: str) -> Iterator[str]:
    """Yield the top-level module of sitegen that each import names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("sitegen.") and not name.endswith("__"))


def broken(source: str, own: str, table: dict[str, int]) -> list[str]:
    return [name for name in imported(source) if name != own and table[name] >= table[own]]


def test_every_module_stands_in_the_table_and_every_row_has_its_module() -> None:
    assert set(layers()) == {top(path) for path in modules()}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_from_lower_layers_alone(path: Path) -> None:
    assert broken(path.read_text(encoding="utf-8"), top(path), layers()) == []


def test_an_import_from_a_higher_layer_is_seen_in_every_form() -> None:
    table = layers()
    for line in ("from sitegen import build", "import sitegen.build", "from sitegen.build import build_site"):
        assert broken(f"def lazily():\n    {line}\n", "model", table) == ["build"]
    assert broken("from sitegen import __version__", "model", table) == []


WRITING_CALLS = {
    *("write_text", "write_bytes", "unlink", "rename", "mkdir", "rmdir", "touch", "symlink_to", "hardlink_to", "chmod"),
    *("rmtree", "copy", "copy2", "copyfile", "copytree", "move", "makedirs", "remove", "removedirs", "truncate"),
}


def writing_calls(source: str) -> list[str]:
    """List the calls in a module that can change the disk: those by name, and `open` in a mode other than reading."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if name in WRITING_CALLS and owner not in ("files", "lunr"):
            found.append(name)
        if name == "replace" and owner == "os":
            found.append("os.replace")
        constants = [
            one.value for one in [*node.args, *(word.value for word in node.keywords)] if isinstance(one, ast.Constant)
        ]
        modes = [value for value in constants if isinstance(value, str) and re.fullmatch("[rwaxbt+]{1,3}", value)]
        if name in ("open", "fdopen") and (owner == "os" or any(set("wax+") & set(mode) for mode in modes)):
            found.append("open")
    return found


@pytest.mark.parametrize(
    "line",
    ["p.write_text('x')", "open(p, 'wb')", "p.open(mode='a')", "os.replace(a, b)", "os.open(p, f)", "shutil.rmtree(p)"],
)
def test_a_call_that_writes_is_seen_in_every_form(line: str) -> None:
    assert writing_calls(f"with x: {line}")


def test_a_call_that_reads_is_none() -> None:
    assert writing_calls("p.open('rb'); open(p); text.replace('a', 'b'); replace(notice, id='w')") == []


def test_one_module_alone_opens_files_for_writing() -> None:
    writers = {path.relative_to(PACKAGE).as_posix() for path in modules() if writing_calls(path.read_text("utf-8"))}
    assert writers == {"files.py"}
