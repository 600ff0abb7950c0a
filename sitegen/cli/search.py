"""The command that searches a finished site: the same list as on its search page."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import examples, options
from sitegen.cli.printing import count, failing, say

if TYPE_CHECKING:  # `sitegen --version` and `--help` answer without loading what searches
    from sitegen.search.asking import Result, Results
    from sitegen.search.narrowing import Facets
    from sitegen.search.query import Phrase

_PROBLEMS = {
    "empty": "The query is empty.",
    "unsearchable": "The query holds no Chinese character, letter or digit.",
    "exclusions": "A query of exclusions alone finds nothing: add a word that has to be there.",
}
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves the cursor, turns the direction of writing or cannot be written; a notice may hold it."""
_OUTPUT = "output"
_INDENT = " " * 12
_MOST_SUGGESTED = 5


def _check_date(context: click.Context, parameter: click.Parameter, date: str | None) -> str | None:
    """Check that a date is YYYY, YYYY-MM or YYYY-MM-DD, and one of the calendar."""
    if date is not None and not _is_date(date):
        raise click.BadParameter(f"{date!r} is no date: write 2020, 2020-02 or 2020-02-04.")
    return date


def _is_date(written: str) -> bool:
    parts = _DATE.fullmatch(written)
    if parts is None:
        return False
    year, month, day = (int(part or 1) for part in parts.groups())
    return day <= calendar.monthrange(year, month)[1]


def _check_range(first: str | None, last: str | None) -> None:
    """Refuse a range that ends before it begins; one within the other is none such."""
    if first and last and first[: len(last)] > last:
        raise click.UsageError(f"The first date, {first}, is later than the last, {last}.")


@click.command(
    epilog=examples(
        "sitegen search 疫情防控",
        "sitegen search 疫情防控 志愿服务 --institution 示例大学 --from 2020-02 --to 2020-06",
        "sitegen search '通知 -函' --sort date --limit 0",
        "sitegen search '\"示档发〔2024〕1号\"'",
        "sitegen search shanghai --json",
    )
)
@options
@click.argument("query", nargs=-1, required=True)
@click.option("--institution", metavar="NAME", help="Only of this institution: its name, or the slug in its address.")
@click.option("--genre", metavar="NAME", help="Only of this genre, such as 通知.")
@click.option("--year", metavar="YYYY", type=click.IntRange(0, 9999), help="Only of this year.")
@click.option("--from", "first", metavar="DATE", callback=_check_date, help="Only from this year, month or day on.")
@click.option("--to", "last", metavar="DATE", callback=_check_date, help="Only up to this year, month or day.")
@click.option("--sort", type=click.Choice(["relevance", "date"]), default="relevance", show_default=True)
@click.option("--loose", is_flag=True, help="Let Latin words stand for pinyin and for near spellings, too.")
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="How many to show; 0 shows all.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for machines.")
def search(
    project: Path,
    quiet: bool,
    query: tuple[str, ...],
    institution: str | None,
    genre: str | None,
    year: int | None,
    first: str | None,
    last: str | None,
    sort: str,
    loose: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Search the finished site in output/ as its search page does. The same notices in the same order.

    Words apart by spaces must all be there; "…" finds a phrase as it is written, punctuation included; -词 excludes
    (put the query in quotation marks of the shell then). If nothing is found, Latin words also find names by their
    pinyin and words of near spelling.
    """
    from sitegen.search.asking import search as search_files
    from sitegen.search.narrowing import Filters, read_facets
    from sitegen.search.site_files import SearchFiles

    typed = " ".join(query)
    _check_query(typed)
    _check_range(first, last)
    with failing():
        site = project / _OUTPUT
        files = SearchFiles(lambda name: (site / "search" / name).read_bytes())
        facets = read_facets(files)
        filters = Filters(
            _find_institution(facets, institution), _find_genre(facets, genre), None if year is None else f"{year:04}",
            first, last,
        )  # fmt: skip
        results = search_files(
            files, facets, typed, filters, by_date=sort == "date", is_loose=loose, limit=limit or None
        )
    if as_json:
        say(_escaped(json.dumps(results.as_plain(typed), ensure_ascii=False, indent=2)))
    elif not quiet:
        for line in _lines(results, site, is_asked=loose):
            say(_UNPRINTABLE.sub("\ufffd", line))


def _check_query(typed: str) -> None:
    """Refuse what cannot be searched for; tell what is passed over."""
    from sitegen.search.query import LONGEST, MOST_WORDS, parse_query

    query = parse_query(typed)
    if query.problem:
        raise click.UsageError(_PROBLEMS[query.problem])
    if query.is_cut:
        click.echo(f"The query is long: its first {LONGEST} characters and {MOST_WORDS} words count.", err=True)


def _find_institution(facets: Facets, wanted: str | None) -> str | None:
    """Give the slug of an institution by its name, however that is written, or by its slug."""
    from sitegen.text import fold

    if wanted is None:
        return None
    for slug, name in facets.institutions:
        if wanted == slug or fold(wanted) == fold(name):
            return slug
    alike = [name for _, name in facets.institutions if fold(wanted) in fold(name)]
    raise click.BadParameter(_unknown("institution", wanted, alike), param_hint="--institution")


def _find_genre(facets: Facets, wanted: str | None) -> str | None:
    from sitegen.text import fold

    if wanted is None:
        return None
    for name in facets.genres:
        if fold(wanted) == fold(name):
            return name
    raise click.BadParameter(_unknown("genre", wanted, facets.genres), param_hint="--genre")


def _unknown(what: str, wanted: str, known: Sequence[str]) -> str:
    some = "、".join(known[:_MOST_SUGGESTED]) + ("…" if len(known) > _MOST_SUGGESTED else "")
    return f"no notice has the {what} {wanted!r}." + (f" There is {some}." if some else "")


# --- what is printed ------------------------------------------------------------------------------------------------


def _lines(results: Results, site: Path, *, is_asked: bool) -> Iterator[str]:
    """Give the results for people."""
    if (loose := results.finding.loose) is not None:
        others = "、".join(loose)
        yield (
            f"Also searched for: {others}" if is_asked else f"Nothing holds the words as typed; searched for: {others}"
        )
        yield ""
    for result in results.shown:
        yield from _entry(result, site, results.finding.phrases())
        yield ""
    shown = "" if len(results.shown) == results.count else f", {len(results.shown)} shown; --limit 0 shows all"
    yield f"{count(results.count, 'notice')}{shown}."


def _entry(result: Result, site: Path, phrases: Sequence[Phrase]) -> Iterator[str]:
    """Give one result: date and title, institution, where its page lies, the sentence with a phrase."""
    from sitegen.search.sentence import parse_page, sentence_with

    record, path = result.record, site / result.address / "index.html"
    page = parse_page(_read_page(path))
    title = record["title"] or page.heading or "[no title]"
    yield f"{record['date'] or 'undated':<{len(_INDENT) - 2}}  {title}"
    under = ("、".join(record["institutions"]), record["number"], record["genre"])
    if any(under):
        yield _INDENT + " · ".join(filter(None, under))
    yield f"{_INDENT}{path}"
    if sentence := sentence_with(page.lines, phrases):
        yield _INDENT + sentence


def _read_page(path: Path) -> str:
    """Read a page; a result whose page is gone is shown without a sentence, and `sitegen check` tells of it."""
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _escaped(written: str) -> str:
    """Write characters that a terminal acts on as JSON escapes; line feeds stay, JSON has them between values alone."""
    return _UNPRINTABLE.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", written)
