"""The site is exchanged whole, and nothing that is not ours is touched."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from sitegen import files, output
from sitegen.errors import OutputError
from sitegen.model import OutputFile

SITE = (OutputFile("index.html", b"one"), OutputFile("notices/a/index.html", b"a"))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_site_and_its_manifest_are_written(tmp_path: Path) -> None:
    output.publish(tmp_path, SITE, {"seeds/a.txt": "0" * 64})
    made = tree(tmp_path / "output")
    manifest = json.loads(made.pop("manifest.json"))
    assert made == {file.path: file.data for file in SITE}
    assert manifest["inputs"] == {"seeds/a.txt": "0" * 64}
    assert manifest["outputs"] == {path: hashlib.sha256(data).hexdigest() for path, data in made.items()}


def test_what_the_new_site_does_not_hold_is_gone(tmp_path: Path) -> None:
    output.publish(tmp_path, SITE, {})
    output.publish(tmp_path, SITE[:1], {})
    assert set(tree(tmp_path / "output")) == {"index.html", "manifest.json"}
    assert sorted(path.name for path in (tmp_path / ".sitegen").iterdir()) == ["lock"]


def test_a_foreign_file_stops_the_build_and_the_old_site_stays(tmp_path: Path) -> None:
    output.publish(tmp_path, SITE, {})
    (tmp_path / "output/CNAME").write_bytes(b"example.org")
    before = tree(tmp_path / "output")
    with pytest.raises(OutputError, match="output/CNAME: foreign-file"):
        output.publish(tmp_path, SITE[:1], {})
    assert tree(tmp_path / "output") == before


def test_with_force_a_foreign_file_moves_aside_and_none_is_overwritten(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        output.publish(tmp_path, SITE, {})
        (tmp_path / "output/own").mkdir()
        (tmp_path / "output/own/x").write_bytes(content)
        output.publish(tmp_path, SITE, {}, force=True)
    assert tree(tmp_path / "output.foreign") == {"own/x": b"first", "own/x.2": b"second"}
    assert "own/x" not in tree(tmp_path / "output")


@pytest.mark.parametrize("manifest", [b"", b"{", b"[]", b'{"outputs": 3}', b"[" * 10000])
def test_a_folder_without_a_readable_manifest_is_foreign(tmp_path: Path, manifest: bytes) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/precious").write_bytes(b"keep")
    (tmp_path / "output/manifest.json").write_bytes(manifest)
    with pytest.raises(OutputError, match="foreign-file"):
        output.publish(tmp_path, SITE, {})
    assert (tmp_path / "output/precious").read_bytes() == b"keep"


def test_a_link_in_the_place_of_the_site_is_refused_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="unsafe-output"):
        output.publish(tmp_path, SITE, {})
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_cache_that_is_no_folder_of_the_project_is_refused(tmp_path: Path, kind: str) -> None:
    output.publish(tmp_path, SITE, {})
    files.remove_tree(tmp_path / ".sitegen")
    if kind == "link":
        (tmp_path / ".sitegen").symlink_to(tmp_path.parent)
    else:
        (tmp_path / ".sitegen").write_bytes(b"")
    with pytest.raises(OutputError, match="unsafe-output"):
        output.publish(tmp_path, SITE[:1], {})
    assert "notices/a/index.html" in tree(tmp_path / "output")


@pytest.mark.parametrize("path", ["../evil", "/evil", "a/../../evil", "con"])
def test_a_name_cannot_leave_the_site(tmp_path: Path, path: str) -> None:
    output.publish(tmp_path, SITE, {})
    with pytest.raises(OutputError, match="unsafe-path"):
        output.publish(tmp_path, [OutputFile(path, b"x")], {})
    assert not list(tmp_path.parent.rglob("evil"))
    assert "index.html" in tree(tmp_path / "output")


def test_two_files_of_one_address_are_refused_even_if_they_differ_in_case_alone(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="address-collision"):
        output.publish(tmp_path, [OutputFile("a/X", b"1"), OutputFile("a/x", b"2")], {})


def test_a_build_that_fails_while_writing_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output.publish(tmp_path, SITE, {})
    before = tree(tmp_path / "output")

    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_sync_file_system", full)
    with pytest.raises(OutputError, match="No space left"):
        output.publish(tmp_path, SITE[:1], {})
    assert tree(tmp_path / "output") == before
    assert not (tmp_path / ".sitegen/stage").exists()


def test_a_second_builder_is_told_of_the_first(tmp_path: Path) -> None:
    with files.lock(tmp_path / ".sitegen/lock"), pytest.raises(OutputError, match="another build"):
        output.publish(tmp_path, SITE, {})


def test_the_order_of_the_files_does_not_matter() -> None:
    assert output.with_manifest(SITE, {"a": "1", "b": "2"}) == output.with_manifest(SITE[::-1], {"b": "2", "a": "1"})
