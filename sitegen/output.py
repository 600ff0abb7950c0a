"""The tree of the site: made beside the old one, exchanged with it in one step, described by its manifest.

The old site stays whole through every failure. A file that the last manifest does not name was put there by somebody
else, and stops the build.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from sitegen import __version__, files
from sitegen.errors import OutputError, Problem
from sitegen.model import OutputFile

OUTPUT = "output"
MANIFEST = "manifest.json"
CACHE = ".sitegen"
FOREIGN = "output.foreign"
_STAGE = "stage"
_LISTED = 10


def publish(project: Path, site: Sequence[OutputFile], inputs: Mapping[str, str], *, force: bool = False) -> None:
    """Replace the project's site by these files and their manifest.

    `inputs` gives the SHA-256 of every input by its path. With `force`, foreign files move to `output.foreign/`.
    Raises OutputError, with the old site in its place, where `output` is no folder of ours, holds foreign files,
    two files share an address, or writing fails.
    """
    output, stage = project / OUTPUT, project / CACHE / _STAGE
    with _only_builder(project):
        _guard(output, OUTPUT)
        files.finish_exchange(output)
        foreign = find_foreign(output)
        if foreign and not force:
            raise OutputError(_foreign_problems(foreign))
        files.remove_tree(stage)
        try:
            files.write_tree(stage, ((file.path, file.data) for file in with_manifest(site, inputs)))
            for path in foreign:
                files.move(output / path, _free_place(project / FOREIGN, path))
            files.exchange(stage, output)
        finally:
            files.remove_tree(stage)


def with_manifest(site: Sequence[OutputFile], inputs: Mapping[str, str]) -> tuple[OutputFile, ...]:
    """Give the files sorted by path, the manifest that names them and the inputs with their SHA-256 among them.

    Raises OutputError where two files share an address, or would on a system that ignores case.
    """
    taken: dict[str, str] = {}
    for file in site:
        form = unicodedata.normalize("NFC", file.path).casefold()
        if form in taken:
            message = f"the site has this address twice (also {taken[form]})."
            raise OutputError(Problem("address-collision", file.path, message, "Rename one of the two."))
        taken[form] = file.path
    outputs = {file.path: hashlib.sha256(file.data).hexdigest() for file in site}
    manifest = {
        "format": 1,
        "sitegen": __version__,
        "unicode": unicodedata.unidata_version,
        "dependencies": {name: version(name) for name in _DEPENDENCIES},
        "inputs": dict(sorted(inputs.items())),
        "outputs": dict(sorted(outputs.items())),
    }
    data = json.dumps(manifest, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    return tuple(sorted([*site, OutputFile(MANIFEST, data)], key=lambda file: file.path))


_DEPENDENCIES = ("jinja2", "lunr", "markdown-it-py", "mdit-py-plugins", "opencc", "pypinyin", "pyyaml", "rjsmin")
"""Packages that have a hand in the bytes of the site."""


def find_foreign(output: Path) -> tuple[str, ...]:
    """List the files in `output/` that the manifest there does not name, sorted."""
    named = _named_outputs(output)
    found = (
        path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_symlink() or not path.is_dir()
    )
    return tuple(sorted(path for path in found if path not in named))


def _named_outputs(output: Path) -> frozenset[str]:
    try:
        manifest = json.loads((output / MANIFEST).read_bytes())
        return frozenset([MANIFEST, *manifest["outputs"]])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def _foreign_problems(foreign: Sequence[str]) -> Iterator[Problem]:
    hint = (
        "Files of your own go into templates/static/ and are published below static/; "
        f"with --force the build moves what is foreign to {FOREIGN}/."
    )
    for path in foreign[:_LISTED]:
        yield Problem("foreign-file", f"{OUTPUT}/{path}", "sitegen did not put this file here.", hint)
    if len(foreign) > _LISTED:
        yield Problem("foreign-file", OUTPUT, f"{len(foreign) - _LISTED} more files are foreign.", hint)


def _free_place(folder: Path, path: str) -> Path:
    target = folder / path
    number = 1
    while target.exists() or target.is_symlink():
        number += 1
        target = folder / f"{path}.{number}"
    return target


def _guard(folder: Path, name: str) -> None:
    """Refuse to write to anything but a folder of the project."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        message = "it is a link or a file, not a folder."
        raise OutputError(Problem("unsafe-output", name, message, "Remove it; the build makes the folder."))


@contextlib.contextmanager
def _only_builder(project: Path) -> Iterator[None]:
    """Hold the project's lock, which the system frees when the process ends, however it ends."""
    _guard(project / CACHE, CACHE)
    with files.lock(project / CACHE / "lock") as is_held:
        if not is_held:
            message = "another build of this project is running."
            raise OutputError(Problem("busy", CACHE, message, "Wait until it has ended, then build again."))
        yield


def hash_inputs(project: Path, paths: Iterable[Path]) -> dict[str, str]:
    """Give the SHA-256 of files and of every regular file below folders, by path below the project.

    Hidden files and links are passed over.
    """
    digests: dict[str, str] = {}
    for path in paths:
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            relative = file.relative_to(project)
            if file.is_file() and not file.is_symlink() and not any(part.startswith(".") for part in relative.parts):
                digests[relative.as_posix()] = hashlib.sha256(file.read_bytes()).hexdigest()
    return digests
