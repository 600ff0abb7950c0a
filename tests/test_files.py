"""Files are written whole, below their root, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import files
from sitegen.errors import OutputError


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./a",
        "a/.",
        "C:x",
        "a\\b",
        "con",
        "aux.txt",
        "a\x00b",
        "a ",
        "e\u0301",
    ],
)
def test_a_path_that_leaves_its_root_or_is_not_portable_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError, match="unsafe-path"):
        files.write_file(tmp_path / "root", path, b"x")
    assert list(tmp_path.rglob("*")) == []


@given(st.text(max_size=30))
def test_a_checked_path_has_no_way_up(path: str) -> None:
    try:
        parts = files.check_relative(path).parts
    except ValueError:
        return
    assert parts
    assert not {"", ".", "..", "/"} & set(parts)


def test_a_path_through_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "root" / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(OutputError, match="symbolic link"):
        files.write_file(tmp_path / "root", "link/x", b"x")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_file_that_already_holds_the_bytes_is_left_alone(tmp_path: Path) -> None:
    assert files.write_file(tmp_path, "a/b.md", b"one")
    before = (tmp_path / "a/b.md").stat()
    assert not files.write_file(tmp_path, "a/b.md", b"one")
    assert (tmp_path / "a/b.md").stat() == before
    assert files.write_file(tmp_path, "a/b.md", b"two")
    assert (tmp_path / "a/b.md").read_bytes() == b"two"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.md"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write_file(tmp_path, "a.md", b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        files.write_file(tmp_path, "a.md", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.md", b"old")]


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"keep")
    (tmp_path / "a.md").symlink_to(tmp_path / "precious")
    files.write_file(tmp_path, "a.md", b"new")
    assert (tmp_path / "precious").read_bytes() == b"keep"
    assert (tmp_path / "a.md").read_bytes() == b"new"


def test_a_tree_in_which_two_files_share_a_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="address-collision"):
        files.write_tree(tmp_path / "site", [("a", b"1"), ("a", b"2")])


@pytest.mark.parametrize("in_one_step", [True, False])
def test_folders_are_exchanged_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool) -> None:
    if not in_one_step:
        monkeypatch.setattr(files, "_rename_exchange", lambda new, old: False)
    new, old = tmp_path / "new", tmp_path / "old"
    for folder in (new, old):
        files.write_tree(folder, [("name", folder.name.encode())])
    files.exchange(new, old)
    assert (old / "name").read_bytes() == b"new"
    assert (new / "name").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]


def test_a_folder_is_exchanged_with_one_that_is_not_there_yet(tmp_path: Path) -> None:
    files.write_tree(tmp_path / "new", [("a", b"1")])
    files.exchange(tmp_path / "new", tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_an_exchange_that_fails_leaves_the_old_folder_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write_tree(tmp_path / "old", [("a", b"1")])
    monkeypatch.setattr(files, "_rename_exchange", lambda new, old: False)
    with pytest.raises(OutputError):
        files.exchange(tmp_path / "no-such-folder", tmp_path / "old")
    assert (tmp_path / "old/a").read_bytes() == b"1"


def test_an_interrupted_exchange_is_finished(tmp_path: Path) -> None:
    files.write_tree(tmp_path / ".old.former", [("a", b"1")])
    files.finish_exchange(tmp_path / "old")
    assert (tmp_path / "old" / "a").read_bytes() == b"1"


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with files.lock(tmp_path / "lock") as first, files.lock(tmp_path / "lock") as second:
        assert (first, second) == (True, False)
    with files.lock(tmp_path / "lock") as again:
        assert again
