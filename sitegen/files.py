"""The only module that opens a file for writing: guards paths, replaces files whole, exchanges folders.

A name that comes from a notice, a settings file or a template never leads out of the folder it is meant for.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import secrets
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from sitegen.errors import OutputError, Problem

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


def check_relative(path: str) -> PurePosixPath:
    """Check that a path stays below its root on every system, and give it back.

    Raises ValueError for an absolute path, `..`, an empty or overlong part, a character or a name that Windows does
    not allow, a part that ends in a dot or a space, and a name that is not in Unicode form NFC.
    """
    parts = path.split("/")
    for part in parts:
        if part in ("", ".", "..") or _UNSAFE.search(part) or _RESERVED.fullmatch(part) or part[-1] in ". ":
            raise ValueError(f"unsafe path: {path!r}")
        if len(part.encode("utf-8", "replace")) > 255 or unicodedata.normalize("NFC", part) != part:
            raise ValueError(f"unsafe path: {path!r}")
    return PurePosixPath(*parts)


def resolve_below(root: Path, path: str) -> Path:
    """Give the place of a relative path below a root.

    Raises OutputError where the path would leave the root, through its words or through a symbolic link.
    """
    try:
        target = root.joinpath(*check_relative(path).parts)
    except ValueError:
        raise _refuse(path, "the path leaves its folder or is no portable file name") from None
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise _refuse(path, "a symbolic link on the way leads out of the folder")
    return target


def _refuse(path: str, reason: str) -> OutputError:
    hint = "Rename the file with letters, digits, hyphens and dots, below the project."
    return OutputError(Problem("unsafe-path", path, f"{reason}.", hint))


def write_file(root: Path, path: str, data: bytes) -> bool:
    """Write a file below a root, whole or not at all; leave it alone where it already holds these bytes.

    The bytes go to a new file beside it, are synced, and take its name in one step, which is synced, too.
    Returns whether the file changed. Raises OutputError for a path that leaves the root or a write that fails.
    """
    target = resolve_below(root, path)
    try:
        if not target.is_symlink() and target.is_file() and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.tmp")
        try:
            _write_new(beside, data, sync=True)
            beside.replace(target)
            _sync_folder(target.parent)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _failed(path, error) from error
    return True


def write_tree(root: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files, each its path and bytes, into a new, empty folder and sync them to disk together.

    Raises OutputError where the folder exists, a path leaves it, two files share a path, or a write fails.
    """
    try:
        root.mkdir(parents=True)
        made: set[Path] = {root}
        for path, data in files:
            target = root.joinpath(*check_relative(path).parts)
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            _write_new(target, data, sync=False)
        _sync_file_system(root)
    except ValueError as error:
        raise _refuse(str(error), "the site would hold a file that is not portable") from None
    except FileExistsError as error:
        message = "two pages of the site share this address, or differ only in case."
        raise OutputError(
            Problem("address-collision", str(error.filename), message, "Rename one of the two.")
        ) from error
    except OSError as error:
        raise _failed(str(error.filename or root), error) from error


def _write_new(path: Path, data: bytes, *, sync: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        if sync:
            stream.flush()
            os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Sync the names in a folder, so that a new one outlives a power cut; Windows knows no such thing."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sync_file_system(folder: Path) -> None:
    """Sync everything below a folder: one syncfs where there is one, else one fsync a file."""
    libc = _libc()
    if libc is not None and hasattr(libc, "syncfs"):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            if libc.syncfs(descriptor) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
        finally:
            os.close(descriptor)
        return
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())


def exchange(new: Path, old: Path) -> None:
    """Put a folder in the place of another in one step; afterwards `new` holds the former folder, if there was one.

    Uses renameat2 with RENAME_EXCHANGE (Linux 3.15). Elsewhere it takes two renames, and `finish_exchange` mends what
    an interruption between them leaves. Raises OutputError where the system refuses.
    """
    try:
        if not old.exists():
            new.rename(old)
        elif not _rename_exchange(new, old):
            _exchange_by_renames(new, old)
    except OSError as error:
        raise _failed(old.name, error) from error


def _exchange_by_renames(new: Path, old: Path) -> None:
    aside = _aside(old)
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    aside.rename(new)


def finish_exchange(old: Path) -> None:
    """Bring back a folder that an interrupted two-step exchange left under its other name."""
    aside = _aside(old)
    if aside.exists() and not old.exists():
        aside.rename(old)
    elif aside.exists():
        shutil.rmtree(aside)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.former")


def _rename_exchange(new: Path, old: Path) -> bool:
    libc = _libc()
    if libc is None or not hasattr(libc, "renameat2"):
        return False
    at_cwd, rename_exchange = -100, 2
    status: int = libc.renameat2(at_cwd, os.fsencode(new), at_cwd, os.fsencode(old), rename_exchange)
    return status == 0


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


@contextlib.contextmanager
def lock(path: Path) -> Iterator[bool]:
    """Try to hold a lock file while the block runs; yields whether it is held. The system frees it with the process.

    Where the system has no flock (Windows), the lock is always held. Raises OutputError where the file cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("ab")
    except OSError as error:
        raise _failed(f"{path.parent.name}/{path.name}", error) from error
    with stream:
        yield _try_lock(stream)


def _try_lock(stream: BinaryIO) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def remove_tree(folder: Path) -> None:
    """Remove a folder and what is in it, without following links; nothing happens where it is absent."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def move(path: Path, target: Path) -> None:
    """Move a file or folder to a place that is free, making the folders on the way."""
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)


def _failed(path: str, error: OSError) -> OutputError:
    hint = "Check that the disk has room and that the folder may be written; the previous site is untouched."
    return OutputError(Problem("cannot-write", path, f"writing failed: {error.strerror or error}.", hint))


# --- scratch --------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def scratch_files(count: int, in_memory: int) -> Iterator[Sequence[IO[bytes]]]:
    """Give empty files to write and read again, without a name, that are gone when the block ends, however it ends.

    Of each the first `in_memory` bytes stay in memory. Raises OutputError where writing fails.
    """
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(tempfile.SpooledTemporaryFile(in_memory)) for _ in range(count)]
        try:
            yield opened
        except OSError as error:
            raise _failed("temporary files", error) from error
