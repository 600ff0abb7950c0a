"""The floor of extraction quality, over hand-read labels that lie beside the project; a floor only rises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sitegen import markup
from sitegen.convert import convert

ROOT = Path(__file__).parents[2]
NOTICES = ROOT.parent / "shared" / "notices"


@pytest.mark.skipif(not NOTICES.is_dir(), reason="the labelled notices are not beside the project")
@pytest.mark.parametrize(("labels", "sources"), [("seeds-gold", ROOT / "seeds"), ("dev", NOTICES / "dev")])
def test_every_labelled_value_is_found_and_none_invented(labels: str, sources: Path, tmp_path: Path) -> None:
    for source in sorted(sources.glob("*.txt")):
        conversion = convert(source.read_bytes(), f"seeds/{source.name}")
        facts = {name: getattr(conversion.facts, name) for name in conversion.facts.__dataclass_fields__}
        front = {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()}
        front |= {"dated": None, "flags": [flag.note for flag in conversion.facts.flags]}
        front["source"] = {"file": source.name}
        text = yaml.safe_dump(front, allow_unicode=True) + "---\n" + markup.write(conversion.blocks)
        (tmp_path / f"{source.stem}.md").write_text("---\n" + text, "utf-8")

    scored = subprocess.run(
        [sys.executable, NOTICES / "score.py", NOTICES / labels, tmp_path, "--list", "--floor", "mean=1.0"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert scored.returncode == 0, scored.stdout
    assert "invented values 0" in scored.stdout
