"""A site is compared with its manifest, in its folder and as published, and each kind of difference is named."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sitegen.build import build_site
from sitegen.cli import main
from sitegen.errors import OutputError, UsageError
from sitegen.verify import VerifyReport, verify_site, web

PAGE = "notices/a/index.html"


def content(notice_id: str, *more: str) -> str:
    return "\n".join(
        ["---", f"id: {notice_id}", "title: 关于甲的通知", "signed: 2021-05-20", *more, "---", "", "第一段。\n"]
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("built")
    (project / "content").mkdir()
    (project / "content/a.md").write_text(content("a"), "utf-8")
    (project / "content/draft.md").write_text(content("draft", "draft: true"), "utf-8")
    (project / "seeds").mkdir()
    (project / "seeds/left-out.txt").write_text("无法辨认", "utf-8")
    (project / "pyproject.toml").write_text(
        '[tool.sitegen]\nsearch = "plain"\nignore = { "left-out.txt" = "illegible" }\n', "utf-8"
    )
    (project / "templates/static").mkdir(parents=True)
    (project / "templates/static/样本 #1.txt").write_text("own file", "utf-8")
    build_site(project)
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "project")


def differences(report: VerifyReport) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in report.problems]


def write_manifest(project: Path, **changes: Any) -> None:
    path = project / "output/manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def digest_of_manifest(project: Path) -> str:
    return hashlib.sha256((project / "output/manifest.json").read_bytes()).hexdigest()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


# --- a folder -------------------------------------------------------------------------------------------------------


def test_a_site_as_it_was_built_has_no_difference(project: Path) -> None:
    report = verify_site(project)
    assert report.problems == ()
    assert report.outputs == sum(path.is_file() for path in (project / "output").rglob("*"))
    assert report.inputs == 3
    assert report.manifest_sha256 == digest_of_manifest(project)


def test_a_changed_byte_is_told(project: Path) -> None:
    path = project / "output" / PAGE
    path.write_bytes(path.read_bytes().replace("第一段".encode(), "第二段".encode()))
    assert differences(verify_site(project)) == [("changed-output", f"output/{PAGE}")]


def test_a_file_that_is_gone_is_told(project: Path) -> None:
    (project / "output" / PAGE).unlink()
    assert differences(verify_site(project)) == [("missing-output", f"output/{PAGE}")]


def test_a_file_that_the_manifest_does_not_name_is_told(project: Path) -> None:
    (project / "output/notices/b").mkdir()
    (project / "output/notices/b/index.html").write_text("x")
    assert differences(verify_site(project)) == [("foreign-file", "output/notices/b/index.html")]


def test_a_link_is_not_followed_even_to_the_same_bytes(project: Path) -> None:
    (project / "output" / PAGE).rename(project / "elsewhere.html")
    (project / "output" / PAGE).symlink_to(project / "elsewhere.html")
    assert differences(verify_site(project)) == [("unreadable", f"output/{PAGE}")]


def test_what_is_behind_a_linked_folder_is_missing_and_the_link_is_foreign(project: Path) -> None:
    (project / "output/notices").rename(project / "elsewhere")
    (project / "output/notices").symlink_to(project / "elsewhere")
    found = differences(verify_site(project))
    assert ("foreign-file", "output/notices") in found
    assert ("missing-output", f"output/{PAGE}") in found


def test_a_copy_elsewhere_is_compared_without_the_inputs_of_a_project(project: Path, tmp_path: Path) -> None:
    copy = (project / "output").rename(tmp_path / "copy")
    report = verify_site(None, str(copy))
    assert (report.problems, report.inputs) == ((), None)
    (copy / PAGE).unlink()
    assert differences(verify_site(None, str(copy))) == [("missing-output", f"{copy}/{PAGE}")]


def test_a_folder_without_a_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="run `sitegen build` first"):
        verify_site(tmp_path)


# --- inputs ---------------------------------------------------------------------------------------------------------


def test_inputs_that_changed_are_gone_or_have_joined_are_told(project: Path) -> None:
    (project / "content/a.md").write_text(content("a", "tags: [x]"), "utf-8")
    (project / "templates/static/样本 #1.txt").unlink()
    (project / "seeds/new.txt").write_text("新的", "utf-8")
    assert sorted(differences(verify_site(project))) == [
        ("changed-input", "content/a.md"),
        ("missing-input", "templates/static/样本 #1.txt"),
        ("unnamed-input", "seeds/new.txt"),
    ]


def test_a_draft_that_is_one_no_more_has_joined(project: Path) -> None:
    (project / "content/draft.md").write_text(content("draft"), "utf-8")
    assert differences(verify_site(project)) == [("unnamed-input", "content/draft.md")]


def test_faulty_settings_are_changed_ones_and_stop_nothing(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.sitegen", "utf-8")
    assert sorted(differences(verify_site(project))) == [
        ("changed-input", "pyproject.toml"),
        ("unnamed-input", "seeds/left-out.txt"),
    ]


def test_a_name_in_the_manifest_does_not_reach_the_terminal_as_it_is(project: Path) -> None:
    write_manifest(project, inputs={"seeds/\x1b[2J\ud800\u202e.txt": "0" * 64})
    paths = [problem.path for problem in verify_site(project).problems if problem.code == "missing-input"]
    assert paths == ["seeds/\ufffd[2J\ufffd\ufffd.txt"]


# --- a manifest that is not to be trusted ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *("../pyproject.toml", "/etc/passwd", "a/../../b", "a//b", "", ".", "C:/x", "a\\b", "con", "a\nb"),
        *("\ud800", "manifest.json", "http://example.org/"),
    ],
)
def test_a_name_that_leads_out_of_the_copy_is_refused(project: Path, path: str) -> None:
    write_manifest(project, outputs={path: "0" * 64})
    with pytest.raises(OutputError, match="bad-manifest: it names a file outside the site"):
        verify_site(project)


@pytest.mark.parametrize(
    "changes",
    [
        *({"format": 2}, {"format": None}, {"outputs": []}, {"outputs": None}, {"inputs": "x"}),
        *({"outputs": {"a": 1}}, {"outputs": {"a": "0" * 63}}, {"inputs": {"a": "G" * 64}}),
    ],
)
def test_a_manifest_of_another_form_is_refused(project: Path, changes: dict[str, Any]) -> None:
    write_manifest(project, **changes)
    with pytest.raises(OutputError, match="bad-manifest"):
        verify_site(project)


@pytest.mark.parametrize("data", [b"", b"\xff", b"null", b"[]", b"[" * 100_000])
def test_what_is_no_manifest_is_refused(project: Path, data: bytes) -> None:
    (project / "output/manifest.json").write_bytes(data)
    with pytest.raises(OutputError, match="bad-manifest"):
        verify_site(project)


def test_a_manifest_can_be_asked_for_by_its_digest(project: Path) -> None:
    digest = digest_of_manifest(project)
    assert verify_site(project, manifest_sha256=digest.upper()).problems == ()
    write_manifest(project, inputs={})
    with pytest.raises(OutputError, match=f"other-manifest: its SHA-256 is {digest_of_manifest(project)}"):
        verify_site(project, manifest_sha256=digest)


def test_a_digest_that_is_none_is_wrong_usage(project: Path) -> None:
    with pytest.raises(UsageError, match="bad-digest"):
        verify_site(project, manifest_sha256="abc")


# --- a published copy -----------------------------------------------------------------------------------------------

Answer = Callable[[BaseHTTPRequestHandler], bool]
"""Answers a request in a way of its own; False where the file is to be sent."""


class Server(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, answer: Answer, directory: str) -> None:
        self.answer = answer
        super().__init__(*arguments, directory=directory)

    def do_GET(self) -> None:
        if not self.answer(self):
            super().do_GET()

    def log_message(self, *arguments: Any) -> None:
        """Keep silent."""


class Listener(ThreadingHTTPServer):
    request_queue_size = 64  # where the queue is full, a connection waits a second


@contextlib.contextmanager
def published(folder: Path, answer: Answer = lambda request: False) -> Iterator[str]:
    """Serve a folder on this machine; gives its address."""
    handler = partial(Server, answer=answer, directory=str(folder))
    with Listener(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def send(request: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> bool:
    request.send_response(status)
    for name, value in ({"Content_Length": str(len(body))} | headers).items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)
    return True


def at(path: str, status: int, body: bytes = b"", **headers: str) -> Answer:
    """Give what answers a request of one path."""
    return lambda request: request.path == f"/{path}" and send(request, status, body, **headers)


def found_at(project: Path, answer: Answer) -> tuple[list[tuple[str, str]], str]:
    """Compare a published copy; gives codes and paths, and all messages."""
    with published(project / "output", answer) as address:
        report = verify_site(None, address)
    codes = [(problem.code, problem.path.removeprefix(address)) for problem in report.problems]
    return codes, "\n".join(problem.message for problem in report.problems)


@pytest.mark.parametrize("written", ["{}", "{}manifest.json", "{}./"])
def test_a_published_copy_as_it_was_built_has_no_difference(project: Path, written: str) -> None:
    with published(project / "output") as address:
        report = verify_site(None, written.format(address))
    assert (report.problems, report.inputs) == ((), None)


def test_a_published_copy_below_a_path_is_compared_with_the_inputs_too(project: Path) -> None:
    (project / "content/a.md").unlink()
    with published(project) as address:
        report = verify_site(project, f"{address}output")
    assert differences(report) == [("missing-input", "content/a.md")]


def test_what_a_published_copy_lacks_or_has_changed_is_told(project: Path) -> None:
    (project / "output" / PAGE).write_text("other", "utf-8")
    (project / "output/static/样本 #1.txt").unlink()
    assert found_at(project, lambda request: False)[0] == [
        ("changed-output", PAGE),
        ("missing-output", "static/%E6%A0%B7%E6%9C%AC%20%231.txt"),
    ]


def test_files_are_asked_for_as_they_are_not_compressed(project: Path) -> None:
    asked: set[str | None] = set()

    def note(request: BaseHTTPRequestHandler) -> bool:
        asked.add(request.headers["Accept-Encoding"])
        return False

    assert found_at(project, note)[0] == []
    assert asked == {"identity"}


def test_what_comes_compressed_all_the_same_is_told(project: Path) -> None:
    codes, message = found_at(project, at(PAGE, 200, b"x", Content_Encoding="gzip"))
    assert (codes, "compresses it (gzip)" in message) == ([("unreadable", PAGE)], True)


def test_the_error_page_may_come_with_its_status(project: Path) -> None:
    body = (project / "output/404.html").read_bytes()
    assert found_at(project, at("404.html", 404, body))[0] == []
    assert found_at(project, at("404.html", 404, b"not ours"))[0] == [("changed-output", "404.html")]


def test_an_error_page_in_the_place_of_a_file_is_a_file_that_is_missing(project: Path) -> None:
    body = (project / "output" / PAGE).read_bytes()
    assert found_at(project, at(PAGE, 404, body))[0] == [("missing-output", PAGE)]


def test_a_redirection_within_the_host_is_followed(project: Path) -> None:
    assert found_at(project, at(PAGE, 301, Location="/notices/a/"))[0] == []


@pytest.mark.parametrize(
    "target",
    ["http://example.org/x", "http://127.0.0.1:9/x", "https://127.0.0.1/x", "file:///etc/passwd", "ftp://127.0.0.1/x"],
)
def test_a_redirection_to_another_host_port_or_scheme_is_not_followed(project: Path, target: str) -> None:
    codes, message = found_at(project, at(PAGE, 302, Location=target))
    assert codes == [("unreadable", PAGE)]
    assert "redirected to" in message or "the server answers 302" in message


def test_a_redirection_from_http_to_https_of_the_same_host_is_followed_where_both_ports_are_the_usual() -> None:
    allowed = [
        ("http://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org:443/b"),
    ]
    refused = [
        ("https://example.org/a", "http://example.org/b"),
        ("http://example.org:8000/a", "https://example.org/b"),
        ("http://example.org/a", "https://www.example.org/b"),
        ("http://example.org/a", "https://example.org@example.com/b"),
    ]
    assert all(web.is_same_host(*pair) for pair in allowed)
    assert not any(web.is_same_host(*pair) for pair in refused)


def test_an_answer_that_goes_round_in_circles_is_told(project: Path) -> None:
    assert found_at(project, at(PAGE, 302, Location=f"/{PAGE}"))[0] == [("unreadable", PAGE)]


def test_a_file_larger_than_any_of_a_site_is_not_read_to_its_end(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = max(path.stat().st_size for path in (project / "output").rglob("*"))
    monkeypatch.setattr(web, "MOST_BYTES", most)
    codes, message = found_at(project, at(PAGE, 200, b"x" * (most + 1)))
    assert (codes, "larger than any file of a site" in message) == ([("unreadable", PAGE)], True)


def test_a_file_that_takes_too_long_is_given_up(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(10**9))
    monkeypatch.setattr(web, "MOST_TIME", 0.5)
    monkeypatch.setattr(web, "monotonic", lambda: float(next(ticks)))
    with published(project / "output") as address, pytest.raises(OutputError, match="it takes too long"):
        verify_site(None, address)


def test_an_answer_that_is_cut_off_is_told(project: Path) -> None:
    codes, message = found_at(project, at(PAGE, 200, b"x", Content_Length="2"))
    assert (codes, "cut off" in message) == ([("unreadable", PAGE)], True)


def test_a_server_that_fails_again_and_again_is_left_alone(project: Path) -> None:
    with (
        published(project / "output", lambda request: "manifest" not in request.path and send(request, 503)) as address,
        pytest.raises(OutputError, match="unreachable: 16 files in a row"),
    ):
        verify_site(None, address)


def test_a_server_without_a_manifest_is_told(tmp_path: Path) -> None:
    with published(tmp_path) as address, pytest.raises(OutputError, match="no-site"):
        verify_site(None, address)


def test_a_host_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with published(tmp_path) as address:
        pass
    with pytest.raises(OutputError, match="no-site: there is no manifest to compare with: Connection refused"):
        verify_site(None, address)


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/", "ftp://example.org/", "http://", "https://me@example.org/", "https://example.org/?a=b"),
        *("https://example.org/#a", "https://[bad/", "https://example.org:x/"),
    ],
)
def test_an_address_that_is_none_of_a_site_is_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError, match="bad-address"):
        verify_site(None, address)


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_says_in_one_line_that_all_is_well(project: Path) -> None:
    files = sum(path.is_file() for path in (project / "output").rglob("*"))
    shown = run("-C", project)
    assert shown.exit_code == 0
    assert shown.stdout == (
        f"Verified {files} files and 3 inputs: as in manifest.json, whose SHA-256 is {digest_of_manifest(project)}.\n"
    )
    assert run("--quiet", "-C", project).output == ""


def test_the_command_ends_with_1_where_anything_differs_and_with_2_where_it_makes_no_sense(project: Path) -> None:
    (project / "output" / PAGE).unlink()
    shown = run("-C", project)
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert f"output/{PAGE}: missing-output: the manifest names it, and it is not there.\n    Build" in shown.stderr
    assert run("-C", project, "--manifest-sha256", "abc").exit_code == 2


def test_the_command_compares_the_inputs_with_a_copy_where_the_project_is_named(project: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(project / "output", tmp_path / "copy")
    (project / "content/a.md").unlink()
    assert run(copy).exit_code == 0
    assert "content/a.md: missing-input" in run(copy, "-C", project).stderr
