"""Commands that make a site and look after it: build, check, verify, serve, new."""

from __future__ import annotations

from pathlib import Path

import click

from sitegen.cli.options import examples, options
from sitegen.cli.printing import announcer, count, fail, failing, print_missing, say, telling


@click.command(
    epilog=examples("sitegen build", "sitegen build --locked", "sitegen build --site-url https://example.org/archive/")
)
@options
@click.option("--locked", is_flag=True, help="Refuse to build while seeds wait to be converted.")
@click.option("--force", is_flag=True, help="Move foreign files in output/ to output.foreign/ instead of stopping.")
@click.option("--site-url", metavar="URL", help="Address of the published site; overrides the setting.")
def build(project: Path, quiet: bool, locked: bool, force: bool, site_url: str | None) -> None:
    """Build the site into output/. What is new or changed in seeds/ is converted first.

    A fault in the input stops the build, and the site that is there stays as it is.
    """
    from sitegen.build import build_site

    with telling(quiet) as progress:
        report = build_site(
            project, locked=locked, site_url=site_url, force=force, progress=progress, announce=announcer(quiet)
        )
    if not quiet:
        print_missing(report.missing)
        if report.site_url is None:
            say("No site_url in [tool.sitegen]: canonical addresses are left out, and 404.html has no links.")
        say(f"Built {count(report.notices, 'notice')}, {count(report.files, 'file')} in {project / 'output'}.")


@click.command(epilog=examples("sitegen serve", "sitegen serve --port 8080"))
@options
@click.option("--port", default=8000, type=click.IntRange(0, 65535), show_default=True, help="0 takes any free port.")
def serve(project: Path, quiet: bool, port: int) -> None:
    """Preview the site on 127.0.0.1. It is built again whenever seeds, content or templates change.

    Open pages reload by themselves. A fault is shown in the page, and the last good site stays.
    """
    from sitegen.build import check_collection
    from sitegen.serve import serve as serve_site

    with failing():
        check_collection(project)
        serve_site(project, port=port, on_event=(lambda event: None) if quiet else say)


@click.command(epilog=examples("sitegen check", "sitegen check --project my-archive"))
@options
def check(project: Path, quiet: bool) -> None:
    """Check the finished site in output/. Every link and anchor, every page, every word of every notice."""
    from sitegen.check import check_site

    with failing():
        report = check_site(project)
    if report.problems:
        fail(report.problems, 1)
    if not quiet:
        say(f"Checked {count(report.pages, 'page')}, {count(report.links, 'link')}: no problem.")


@click.command(
    epilog=examples(
        "sitegen verify                                        output/ and what it was made from",
        "sitegen verify /media/copy/archive",
        "sitegen verify https://example.org/archive/",
        "sitegen verify -C my-archive https://example.org/archive/",
    )
)
@options
@click.option("--manifest-sha256", metavar="HEX", help="What the SHA-256 of manifest.json has to be.")
@click.argument("copy", required=False)
@click.pass_context
def verify(context: click.Context, project: Path, quiet: bool, manifest_sha256: str | None, copy: str | None) -> None:
    """Compare a built site with its manifest.json. Every file by its SHA-256, in output/ or in COPY.

    COPY is a folder or the address of a published site, whose files are fetched one by one. Of a folder, files that
    the manifest does not name are told, too. Without COPY, or with --project, the seeds, content, templates and
    settings are compared with those the site was made from.
    """
    from sitegen.verify import verify_site

    is_asked = context.get_parameter_source("project") is not click.core.ParameterSource.DEFAULT
    of = project if copy is None or is_asked else None
    with telling(quiet) as progress:
        report = verify_site(of, copy, manifest_sha256=manifest_sha256, progress=progress)
    if report.problems:
        fail(report.problems, 1)
    if not quiet:
        inputs = "" if report.inputs is None else f" and {count(report.inputs, 'input')}"
        digest = report.manifest_sha256
        say(f"Verified {count(report.outputs, 'file')}{inputs}: as in manifest.json, whose SHA-256 is {digest}.")


@click.command(epilog=examples("sitegen new my-archive", "sitegen new my-archive --title 示例市公文汇编"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="Title of the collection.")
def new(folder: Path, title: str | None) -> None:
    """Start a collection in FOLDER. It has settings, an example notice and a workflow for GitHub Pages."""
    from sitegen.scaffold import create_project

    with failing():
        for path in create_project(folder, title):
            say(f"made {folder / path}")
    say(f"\nNow:\n  cd {folder}\n  sitegen serve")
