"""A built site against its manifest: every file of it, here or as published elsewhere, and what it was made from.

The manifest of a copy is not trusted: it says what to look for, and no name in it leads out of the copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import OutputError, Problem, UsageError
from sitegen.output import MANIFEST, OUTPUT
from sitegen.verify.copies import Copy, Digest, Folder, Missing, Unreadable
from sitegen.verify.inputs import input_problems
from sitegen.verify.manifest import Manifest, parse_manifest, printable
from sitegen.verify.web import Website, is_web_address

__all__ = ["VerifyReport", "verify_site"]


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a comparison with the manifest found."""

    outputs: int
    """Files of the site, the manifest among them."""
    inputs: int | None
    """Files the manifest says the site was made from; None where they were not looked at."""
    manifest_sha256: str
    """Digest of the manifest, by which a state of the archive can be cited."""
    problems: tuple[Problem, ...]


def verify_site(
    project: Path | None,
    copy: str | None = None,
    *,
    manifest_sha256: str | None = None,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> VerifyReport:
    """Compare a built site with its manifest, and the inputs of a project with those the manifest names.

    The site is the folder or web address `copy`, else `output/` of the project; without a project no inputs are looked
    at. `manifest_sha256` is what the manifest has to be. Raises OutputError where there is no manifest, it is none of
    ours or not the one asked for, UsageError where an argument makes no sense.
    """
    asked = _parse_digest(manifest_sha256)
    site = _find_copy(project, copy)
    data = site.manifest()
    manifest = parse_manifest(data, site.shown(MANIFEST))
    if asked is not None and manifest.sha256 != asked:
        message = f"its SHA-256 is {manifest.sha256}, not the one asked for."
        hint = "The copy is of another state of the archive, or was tampered with; nothing else was compared."
        raise OutputError(Problem("other-manifest", site.shown(MANIFEST), message, hint))
    problems = [*_output_problems(site, manifest.outputs, progress), *_foreign_problems(site, manifest)]
    if project is not None:
        problems += input_problems(project, manifest.inputs)
    inputs = None if project is None else len(manifest.inputs)
    return VerifyReport(len(manifest.outputs) + 1, inputs, manifest.sha256, tuple(problems))


def _parse_digest(written: str | None) -> str | None:
    if written is None or re.fullmatch("[0-9a-fA-F]{64}", written):
        return written and written.lower()
    message, hint = f"{written!r} is no SHA-256.", "Write its 64 hexadecimal digits."
    raise UsageError(Problem("bad-digest", "--manifest-sha256", message, hint))


def _find_copy(project: Path | None, copy: str | None) -> Copy:
    if copy is None:
        return Folder((project or Path()) / OUTPUT, OUTPUT)
    return Website.at(copy) if is_web_address(copy) else Folder(Path(copy), copy.rstrip("/\\"))


def _output_problems(
    site: Copy, outputs: Mapping[str, str], progress: Callable[[str, int, int], None]
) -> Iterator[Problem]:
    for done, (path, found) in enumerate(site.read(sorted(outputs)), start=1):
        progress("Verifying", done, len(outputs))
        shown = site.shown(path)
        match found:
            case Missing():
                yield Problem("missing-output", shown, "the manifest names it, and it is not there.", site.remedy)
            case Unreadable(reason):
                yield Problem("unreadable", shown, f"it cannot be compared: {reason}.", site.remedy)
            case Digest(sha256) if sha256 != outputs[path]:
                message = f"its SHA-256 is {sha256[:12]}…, and the manifest says {outputs[path][:12]}…."
                yield Problem("changed-output", shown, message, site.remedy)


def _foreign_problems(site: Copy, manifest: Manifest) -> Iterator[Problem]:
    named = {MANIFEST, *manifest.outputs}
    for path in site.others(named):
        hint = "Remove it, or find out who put it there."
        yield Problem("foreign-file", site.shown(printable(path)), "the manifest does not name it.", hint)
