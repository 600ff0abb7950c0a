"""The command line: arguments, progress, printing, exit status. Only this package prints.

Exit status: 0 done, 1 a fault in the input or the output, 2 a command that makes no sense.
"""

from __future__ import annotations

import click

from sitegen import __version__
from sitegen.cli.curators import convert, institutions, status
from sitegen.cli.options import examples
from sitegen.cli.search import search
from sitegen.cli.site import build, check, new, serve, verify

__all__ = ["main"]

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    epilog=examples(
        "sitegen new my-archive       start a collection",
        "sitegen serve                write and see the result",
        "sitegen build                make the site in output/",
        "sitegen check                check the finished site",
        "sitegen verify               compare it, or a published copy, with its manifest",
        "sitegen status               see what is new and what waits for you",
    ),
    context_settings=_CONTEXT,
)
@click.version_option(__version__, "-V", "--version", message="sitegen %(version)s")
def main() -> None:
    """Turn a folder of raw public notices into a static archive that people can read, search, cite and trust.

    Exit status: 0 done, 1 a fault in the input (told as path:line: code: message, with what to do), 2 wrong usage.
    """


for command in (build, check, convert, institutions, new, search, serve, status, verify):
    main.add_command(command)
