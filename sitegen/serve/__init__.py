"""The preview: shows the site on this machine, builds it again at each change, and tells the open pages."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from sitegen.build import build_site
from sitegen.errors import Problem, UsageError
from sitegen.output import OUTPUT
from sitegen.serve.app import HOST, preview_app
from sitegen.serve.changes import Build, Report, rebuild, watch
from sitegen.serve.news import Board, News, site_digest


def serve(project: Path, *, port: int = 8000, on_event: Report, build: Build = build_site) -> None:
    """Build, show the site on 127.0.0.1 and build again at each change, until interrupted (Ctrl-C).

    Port 0 takes any free one. `on_event` is told in plain sentences: the address first, then each build and problem.
    Raises UsageError where the port is taken, InputError where the system cannot watch for changes.
    """
    with _listen(port) as listener, suppress(KeyboardInterrupt):
        asyncio.run(_serve(project, listener, on_event, build))


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    try:
        if os.name == "posix":  # elsewhere the option lets two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        message = f"the preview cannot use port {port}: {getattr(error, 'strerror', None) or error}."
        hint = f"Stop the program that uses it, or name another: sitegen serve --port {port % 65000 + 1}"
        raise UsageError(Problem("port-taken", f"{HOST}:{port}", message, hint)) from error
    return listener


async def _serve(project: Path, listener: socket.socket, on_event: Report, build: Build) -> None:
    output = project / OUTPUT
    changed = asyncio.Event()
    board = Board(News(site_digest(output)))
    server = PreviewServer(preview_app(output, board), board)
    on_event(f"Preview: http://{HOST}:{listener.getsockname()[1]}/ (Ctrl-C ends it)")
    tasks = [
        asyncio.create_task(watch(project, changed)),
        asyncio.create_task(rebuild(project, changed, board, on_event, build)),
        asyncio.create_task(server.serve(sockets=[listener])),
    ]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()  # raises what ended it
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class PreviewServer(uvicorn.Server):
    """A server that ends the streams of news before it waits for its connections to close."""

    def __init__(self, app: Starlette, board: Board) -> None:
        config = uvicorn.Config(
            app,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        super().__init__(config)
        self._board = board

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then do what every server does."""
        self._board.close()
        await super().shutdown(sockets)
