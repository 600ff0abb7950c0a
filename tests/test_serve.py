"""The preview: what it answers, what it refuses, and when it builds."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest

from sitegen.errors import InputError, Problem, UsageError
from sitegen.files import exchange
from sitegen.serve import PreviewServer, serve
from sitegen.serve.app import HOST, preview_app
from sitegen.serve.changes import rebuild, watch
from sitegen.serve.news import Board, News

PAGE = b"<!doctype html><html><head><title>t</title></head><body><p>text</p></body></html>"
ONE = News("one")
PATIENCE = 20  # seconds; only a fault ever waits so long


def site(folder: Path, **pages: bytes) -> Path:
    for name, data in {"index.html": PAGE, "404.html": PAGE.replace(b"text", b"no page"), **pages}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


class Preview:
    """A running server, asked over a real connection."""

    def __init__(self, port: int, board: Board, loop: asyncio.AbstractEventLoop) -> None:
        self.port, self.board, self.loop = port, board, loop

    def get(self, path: str, method: str = "GET", host: str | None = None) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"localhost:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def post(self, news: News) -> None:
        self.loop.call_soon_threadsafe(self.board.post, news)


@contextmanager
def preview(output: Path, news: News = ONE) -> Iterator[Preview]:
    """Serve a folder in a thread of its own, and end it properly."""
    listener = socket.create_server((HOST, 0))
    board = Board(news)
    loop = asyncio.new_event_loop()
    server = PreviewServer(preview_app(output, board), board)
    thread = threading.Thread(target=lambda: loop.run_until_complete(server.serve(sockets=[listener])))
    thread.start()
    try:
        yield Preview(listener.getsockname()[1], board, loop)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listener.close()
        loop.close()
    assert not thread.is_alive()


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_page_carries_the_script_and_the_file_does_not(tmp_path: Path) -> None:
    with preview(site(tmp_path / "output"), News("abc")) as server:
        status, headers, body = server.get("/")

    script = b'<script src="/.sitegen/preview.js" data-site="abc" defer></script>'
    assert (status, body) == (200, PAGE.replace(b"</body>", script + b"</body>"))
    assert headers["cache-control"] == "no-store"
    assert (tmp_path / "output" / "index.html").read_bytes() == PAGE


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("notices/a/index.html", "text/html; charset=utf-8"),
        ("static/js/search.js", "text/javascript; charset=utf-8"),
        ("static/css/site.css", "text/css; charset=utf-8"),
        ("search/index.json", "application/json"),
        ("feed.xml", "application/xml"),
        ("icon.svg", "image/svg+xml"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_each_kind_of_file_has_its_media_type(tmp_path: Path, name: str, media_type: str) -> None:
    with preview(site(tmp_path / "output", **{name: b"{}"})) as server:
        status, headers, body = server.get(f"/{name}")

    assert (status, headers["content-type"], headers["x-content-type-options"]) == (200, media_type, "nosniff")
    assert body.startswith(b"{}")


def test_a_folder_answers_with_its_index_page(tmp_path: Path) -> None:
    with preview(site(tmp_path / "output", **{"timeline/index.html": b"years"})) as server:
        assert server.get("/timeline/")[2].startswith(b"years")


@pytest.mark.parametrize(
    ("asked", "told"),
    [("/a%20b", "/a%20b/"), ("//a%20b", "/a%20b/"), ("/a%20b?q=1", "/a%20b/"), ("/a%20b/..", None)],
)
def test_a_folder_without_its_slash_is_redirected_within_the_site(tmp_path: Path, asked: str, told: str | None) -> None:
    with preview(site(tmp_path / "output", **{"a b/index.html": PAGE})) as server:
        status, headers, _ = server.get(asked)

    assert (status, headers.get("location")) == ((307, told) if told else (404, None))


def test_an_address_without_a_page_gets_the_sites_own_404(tmp_path: Path) -> None:
    with preview(site(tmp_path / "output")) as server:
        status, _, body = server.get("/no/such/page/")

    assert status == 404
    assert b"no page" in body


def test_a_head_request_has_no_body_and_a_post_is_refused(tmp_path: Path) -> None:
    with preview(site(tmp_path / "output")) as server:
        assert server.get("/", "HEAD")[::2] == (200, b"")
        assert server.get("/", "POST")[0] == 405


def test_before_the_first_site_there_is_a_page_that_waits_for_it(tmp_path: Path) -> None:
    with preview(tmp_path / "output", News("")) as server:
        status, _, body = server.get("/")

    assert status == 503
    assert b"There is no site yet" in body
    assert b'data-site=""' in body


@pytest.mark.parametrize("name", ["preview.js", "preview.css"])
def test_what_the_preview_adds_is_served_beside_the_site(tmp_path: Path, name: str) -> None:
    with preview(site(tmp_path / "output")) as server:
        assert server.get(f"/.sitegen/{name}")[0] == 200
        assert server.get("/.sitegen/news.py")[0] == 404


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/static/../../secret.txt",
        "/static/%2e%2e/%2e%2e/secret.txt",
        "/link/secret.txt",
        "/link.txt",
        "/.//../secret.txt",
        "/secret.txt%00.html",
        "/%0a",
        "/" + "x" * 5000,
        "/.sitegen/..%2f..%2fsecret.txt",
    ],
)
def test_no_address_leads_out_of_the_site(tmp_path: Path, address: str) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    output = site(tmp_path / "output", **{"static/a.css": b""})
    (output / "link").symlink_to(tmp_path, target_is_directory=True)
    (output / "link.txt").symlink_to(tmp_path / "secret.txt")

    with preview(output) as server:
        status, _, body = server.get(address)

    assert status == 404
    assert b"secret" not in body


def test_an_absolute_path_in_an_address_means_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")

    with preview(site(tmp_path / "output")) as server:
        assert server.get(f"/{tmp_path}/secret.txt")[0] == 404


@pytest.mark.parametrize("host", ["localhost", "localhost:9000", "127.0.0.1", "127.0.0.1:8000"])
def test_this_machine_is_answered_under_its_names(tmp_path: Path, host: str) -> None:
    with preview(site(tmp_path / "output")) as server:
        assert server.get("/", host=host)[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil"])
def test_a_foreign_host_name_reads_nothing(tmp_path: Path, host: str) -> None:
    with preview(site(tmp_path / "output")) as server:
        assert server.get("/", host=host)[0] == 400
        assert server.get("/.sitegen/events", host=host)[0] == 400


def test_a_taken_port_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(UsageError) as caught:
            serve(tmp_path, port=port, on_event=print, build=lambda project: None)

    (problem,) = caught.value.problems
    assert problem.code == "port-taken"
    assert str(port) in problem.message
    assert "--port" in problem.hint


# --- news ------------------------------------------------------------------------------------------------------------


def test_an_open_page_is_told_the_state_and_then_each_change(tmp_path: Path) -> None:
    with preview(site(tmp_path / "output"), News("one")) as server:
        connection = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)
        connection.request("GET", "/.sitegen/events")
        stream = connection.getresponse()
        first = stream.readline()
        server.post(News("one", ("content/a.md:3: bad-date: no day.",)))
        second = (stream.readline(), stream.readline())[1]
        connection.close()

    assert stream.getheader("Content-Type", "").startswith("text/event-stream")
    assert json.loads(first.removeprefix(b"data: ")) == {"site": "one", "problems": []}
    assert json.loads(second.removeprefix(b"data: "))["problems"] == ["content/a.md:3: bad-date: no day."]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="folders are exchanged in one step on Linux only")
def test_no_request_fails_while_the_site_is_exchanged(tmp_path: Path) -> None:
    output = site(tmp_path / "output", **{"a.txt": b"old"})
    other = site(tmp_path / "other", **{"a.txt": b"new"})
    ended = threading.Event()

    def keep_exchanging() -> None:
        while not ended.is_set():
            exchange(other, output)

    with preview(output) as server:
        thread = threading.Thread(target=keep_exchanging)
        thread.start()
        answers = [server.get("/a.txt")[::2] for _ in range(100)]
        ended.set()
        thread.join(PATIENCE)

    assert set(answers) <= {(200, b"old"), (200, b"new")}


# --- building --------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def running(work: Awaitable[None]) -> AsyncIterator[None]:
    """Let a task that never returns run beside the test."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Run in a thread of its own: in the main one, a browser of other tests may keep a loop running."""

    async def within_patience() -> None:
        async with asyncio.timeout(PATIENCE):
            await test()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(within_patience())).result()


async def next_news(board: Board) -> News:
    news = board.follow()
    await anext(news)
    return await anext(news)


def test_a_failed_build_is_told_and_the_site_stays(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "manifest.json").write_text("{}")
    problem = Problem("bad-date", "content/a.md", "no day.", "Write the day.", 3)
    told: list[str] = []

    def build(project: Path) -> None:
        raise InputError(problem)

    async def test() -> None:
        changed, board = asyncio.Event(), Board(News(""))
        async with running(rebuild(tmp_path, changed, board, told.append, build)):
            changed.set()
            news = await next_news(board)
        assert news.problems == (str(problem),)
        assert news.site != ""

    run(test)
    assert told == [str(problem), "Not built; the last good site stays."]


def test_a_fault_of_a_template_does_not_end_the_preview(tmp_path: Path) -> None:
    faults = iter([ZeroDivisionError("division by zero")])

    def build(project: Path) -> None:
        for fault in faults:
            raise fault

    async def test() -> None:
        changed, board = asyncio.Event(), Board(News(""))
        async with running(rebuild(tmp_path, changed, board, lambda line: None, build)):
            changed.set()
            failed = await next_news(board)
            changed.set()
            built = await next_news(board)
        assert "ZeroDivisionError: internal-error: division by zero" in failed.problems[0]
        assert built.problems == ()

    run(test)


def test_changes_during_a_build_start_exactly_one_more(tmp_path: Path) -> None:
    async def test() -> None:
        loop, changed, board = asyncio.get_running_loop(), asyncio.Event(), Board(News(""))
        started: asyncio.Queue[None] = asyncio.Queue()
        go_on = threading.Semaphore(0)
        builds = 0

        def build(project: Path) -> None:
            nonlocal builds
            builds += 1
            loop.call_soon_threadsafe(started.put_nowait, None)
            go_on.acquire(timeout=PATIENCE)

        async with running(rebuild(tmp_path, changed, board, lambda line: None, build)):
            changed.set()
            await started.get()
            for _ in range(3):
                changed.set()
            first = asyncio.ensure_future(next_news(board))
            go_on.release()
            await first
            await started.get()
            second = asyncio.ensure_future(next_news(board))
            await asyncio.sleep(0)
            go_on.release()
            await second
            assert not changed.is_set()
        assert builds == 2

    run(test)


@pytest.mark.parametrize("name", ["seeds/a.txt", "content/b.md", "templates/static/css/own.css", "pyproject.toml"])
def test_a_change_of_what_the_site_is_made_from_is_seen(tmp_path: Path, name: str) -> None:
    for folder in ("seeds", "content", "templates/static/css"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / name).write_text("before")

    async def test() -> None:
        changed = asyncio.Event()
        async with running(watch(tmp_path, changed)):
            await changed.wait()
            changed.clear()
            (tmp_path / name).write_text("after, and longer")
            await changed.wait()

    run(test)


def test_a_folder_that_appears_later_is_watched_from_then_on(tmp_path: Path) -> None:
    async def test() -> None:
        changed = asyncio.Event()
        async with running(watch(tmp_path, changed)):
            await changed.wait()
            changed.clear()
            (tmp_path / "content").mkdir()
            await changed.wait()
            changed.clear()
            (tmp_path / "content" / "a.md").write_text("new")
            await changed.wait()

    run(test)


@pytest.mark.skipif(os.name != "posix", reason="sends a signal as Ctrl-C does")
def test_ctrl_c_ends_the_preview_in_good_order(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    script = (
        "import sys; from pathlib import Path; from sitegen.serve import serve; "
        "serve(Path(sys.argv[1]), port=0, on_event=lambda line: print(line, flush=True), build=lambda project: None)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Preview: http://127.0.0.1:")
        assert process.stdout.readline() == "Built.\n"
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=PATIENCE)

    assert (process.returncode, complaints) == (0, "")
