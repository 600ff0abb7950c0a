"""Blocks to Markdown and back, and Markdown to HTML that is safe on a page.

The dialect is CommonMark with tables and the container `::: signature`, without raw HTML. It departs from CommonMark in
two points, because Chinese has no spaces between words: `**` opens and closes by the white space beside it alone (the
rule about punctuation would leave the asterisks of `**一是……。**全校` standing), and a line end inside a paragraph is
dropped where it stands beside a Chinese character.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from sitegen.model import Block, Heading, OutlineEntry, Paragraph, RenderedText, Signature, Span, Table, block_lines
from sitegen.text import HAN

MAX_DEPTH = 80
"""Levels of nesting (a list takes two, a quotation one); deeper is refused, for the parser would drop text silently."""

# --- blocks to Markdown ---------------------------------------------------------------------------------------------

_INLINE = re.compile(r"""[\\`*_] | \](?=[(\[:]) | <(?=[A-Za-z/!?]) | &(?=[#A-Za-z]) | !(?=\[)""", re.VERBOSE)
_LINE_START = re.compile(
    r"""(?P<mark>\#{1,6}(?=[ \t]|$) | > | [-+](?=[ \t]|$) | -(?=[- \t]*$) | =(?==*[ \t]*$) | ~~~ | ::: | \|)
      | (?P<number>[0-9]{1,9})(?P<point>[.)])(?=[ \t]|$)""",
    re.VERBOSE,
)
_FORBIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write(blocks: Iterable[Block]) -> str:
    """Write blocks as Markdown that `parse` reads back to equal blocks; ends with one line feed, empty for no blocks.

    Raises ValueError for a block that holds no text, a line break or a control character, and for a table whose rows
    differ in length: a converter that makes such a block is wrong.
    """
    return "\n".join(_write_block(block) + "\n" for block in blocks)


def _write_block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            written = _write_line(text, begins_line=False)
            return f"{'#' * level} {written[:-1]}\\#" if written.endswith("#") else f"{'#' * level} {written}"
        case Paragraph(text=text, strong=strong):
            return _write_line(text, strong)
        case Table(rows=rows):
            return _write_table(rows)
        case Signature(lines=lines):
            return "\n".join(["::: signature", *map(_write_line, lines), ":::"])


def _write_table(rows: Sequence[Sequence[str]]) -> str:
    if not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        raise ValueError("a table needs rows of one length")
    lines = ["| " + " | ".join(_write_cell(cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _write_cell(cell: str) -> str:
    return _write_line(cell, begins_line=False).replace("|", r"\|") if cell else ""


def _write_line(text: str, strong: Sequence[Span] = (), *, begins_line: bool = True) -> str:
    if not text or _FORBIDDEN.search(text):
        raise ValueError(f"no line of text: {text[:40]!r}")
    cuts = sorted({0, len(text), *(edge for span in strong for edge in span)})
    starts, ends = {start for start, _ in strong}, {end for _, end in strong}
    written = ""
    for start, end in zip(cuts, [*cuts[1:], None], strict=True):
        written += ("**" if start in ends else "") + ("**" if start in starts else "")
        if end is not None:
            written += _write_run(text[start:end], at_line_start=begins_line and start == 0 and 0 not in starts)
    return written


def _write_run(run: str, *, at_line_start: bool) -> str:
    """Escape a stretch of plain text; white space at its edges, which Markdown would drop, becomes an entity."""
    core = run.strip()
    head, tail = run[: len(run) - len(run.lstrip())], run[len(run.rstrip()) :] if core else ""
    escaped = _INLINE.sub(r"\\\g<0>", core)
    if at_line_start and not head:
        escaped = _LINE_START.sub(_escape_line_start, escaped, count=1) if _LINE_START.match(escaped) else escaped
    return _entities(head) + escaped + _entities(tail)


def _escape_line_start(match: re.Match[str]) -> str:
    return f"\\{match['mark']}" if match["mark"] else f"{match['number']}\\{match['point']}"


def _entities(white_space: str) -> str:
    return "".join(f"&#{ord(character)};" for character in white_space)


# --- the parser -----------------------------------------------------------------------------------------------------


@cache
def _markdown() -> MarkdownIt:
    """Make the parser: CommonMark and tables, no HTML, links of known kinds alone."""
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": MAX_DEPTH + 20})
    markdown.enable("table")
    # A definition of a reference would vanish from the page: `[注]: …` is text here.
    markdown.disable(["html_block", "html_inline", "reference"])
    markdown.use(container_plugin, name="signature")
    markdown.inline.ruler.before("emphasis", "strong_by_space", _strong_by_space)
    markdown.validateLink = _is_safe_link  # type: ignore[method-assign]
    return markdown


def _strong_by_space(state: StateInline, silent: bool) -> bool:
    """Read a run of exactly two asterisks as a delimiter by the white space beside it; leave all else to CommonMark."""
    start, end = state.pos, state.pos + 2
    if silent or state.src[start:end] != "**" or state.src[end : end + 1] == "*":
        return False
    before, after = state.src[start - 1] if start else " ", state.src[end] if end < state.posMax else " "
    opens, closes = not isWhiteSpace(ord(after)), not isWhiteSpace(ord(before))
    for _ in range(2):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(Delimiter(ord("*"), 2, len(state.tokens) - 1, -1, opens, closes))
    state.pos = end
    return True


def _is_safe_link(url: str) -> bool:
    """Allow http, https, mailto and addresses of the same site, by an allow list: a block list always forgets one."""
    if re.search("[\x00-\x20\u200b-\u200f\u2028-\u202e\\\\]", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "mailto") or not (parts.scheme or parts.netloc or url.startswith("//"))


def _tokens(body: str) -> list[Token]:
    tokens = _markdown().parse(body)
    if any(token.level > MAX_DEPTH for token in tokens):
        raise ValueError(f"lists or quotations are nested deeper than {MAX_DEPTH} levels")
    in_signature = False
    for token in tokens:
        if token.type.startswith("container_signature"):
            in_signature = token.nesting == 1
        elif token.type in ("th_open", "td_open"):
            token.attrs.pop("style", None)  # the alignment of a column, as an inline style that no page may hold
        if token.type == "inline":
            token.children = list(_settle_breaks(token.children or [], in_signature))
    return tokens


_BESIDE_CHINESE = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’—…·]")


def _settle_breaks(children: Sequence[Token], in_signature: bool) -> Iterator[Token]:
    """Turn line ends inside a paragraph into what a reader should see: nothing beside Chinese, else a space."""
    after = [""] * len(children)
    for index in range(len(children) - 2, -1, -1):
        after[index] = children[index + 1].content[:1] or after[index + 1]
    before = ""
    for index, token in enumerate(children):
        if token.type != "softbreak":
            yield token
        elif in_signature:
            yield Token("hardbreak", "br", 0)
        elif not (_BESIDE_CHINESE.match(before) or _BESIDE_CHINESE.match(after[index])):
            yield Token("text", "", 0, content=" ")
        before = token.content[-1:] or before


# --- Markdown to blocks ---------------------------------------------------------------------------------------------


def parse(body: str) -> tuple[Block, ...]:
    """Read a body as blocks, in order; items of lists and quotations are paragraphs, code is a paragraph a line.

    Raises ValueError where the nesting is deeper than `MAX_DEPTH`.
    """
    return tuple(_blocks(_tokens(body)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    rows: list[list[str]] = []
    signature: list[str] | None = None
    for index, token in enumerate(tokens):
        opener = tokens[index - 1].type if index else ""
        if token.type == "container_signature_open":
            signature = []
        elif token.type == "container_signature_close":
            if signature:
                yield Signature(tuple(signature))
            signature = None
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            yield Table(tuple(map(tuple, rows)))
            rows = []
        elif token.type == "inline" and opener in ("td_open", "th_open"):
            rows[-1].append(_plain(token)[0])
        elif signature is not None and token.type in ("inline", "fence", "code_block"):
            text = _plain(token)[0] if token.type == "inline" else token.content
            signature += [line for line in text.split("\n") if line]
        elif token.type == "inline" or token.type in ("fence", "code_block"):
            yield from _leaf(token, opener, tokens[index - 1].tag if index else "")


def _leaf(token: Token, opener: str, tag: str) -> Iterator[Block]:
    if token.type != "inline":
        yield from (Paragraph(line) for line in token.content.split("\n") if line.strip())
        return
    text, strong = _plain(token)
    text = text.replace("\n", " ")
    if text and opener == "heading_open":
        yield Heading(int(tag[1]), text)
    elif text:
        yield Paragraph(text, strong)


def _plain(inline: Token) -> tuple[str, tuple[Span, ...]]:
    """Give the plain text of an inline token, hard breaks as line feeds, with its strong stretches."""
    text, depth, start = "", 0, 0
    strong: list[Span] = []
    for token in inline.children or []:
        if token.type == "strong_open":
            start, depth = (len(text) if depth == 0 else start), depth + 1
        elif token.type == "strong_close":
            depth -= 1
            if depth == 0 and len(text) > start:
                strong.append((start, len(text)))
        text += "\n" if token.type == "hardbreak" else token.content
    return text, tuple(strong)


def find_faults(body: str) -> Iterator[tuple[str, str]]:
    """Yield what keeps a body from being shown whole: what is wrong, and what to do, one sentence each."""
    try:
        tokens = _tokens(body)
    except ValueError as error:
        yield f"{error}.", "Write the passage with fewer levels."
        return
    inline = [child for token in tokens for child in token.children or []]
    if any(token.type == "image" for token in inline):
        yield "it holds an image, which is not published.", "Link to the image with [text](address), or leave it out."
    shown = Counter("".join(line for block in _blocks(tokens) for line in block_lines(block)))
    shown.update("".join(unquote(str(value)) for token in inline for value in token.attrs.values()))
    lost = Counter(_HAN.findall(body)) - shown
    if lost:
        hint = "A row of a table may hold more cells than its head, or a code block more than its text."
        yield f"the page would not show all of the text; it lacks {''.join(lost)[:20]!r}.", hint


_HAN = re.compile(f"[{HAN}]")


# --- Markdown to HTML -----------------------------------------------------------------------------------------------


def render(body: str) -> RenderedText:
    """Render a body as safe HTML with its outline; headings and paragraphs carry ids made from their own text.

    Headings of level 1 become level 2, for the title of the page is the only first one.
    Raises ValueError where the nesting is deeper than `MAX_DEPTH`.
    """
    tokens = _tokens(body)
    outline: list[OutlineEntry] = []
    taken: dict[str, int] = {}
    for index, token in enumerate(tokens[:-1]):
        if token.type == "heading_open":
            token.tag = tokens[index + 2].tag = f"h{max(2, int(token.tag[1]))}"
            text = _plain(tokens[index + 1])[0]
            token.attrSet("id", _anchor("h", text, taken))
            outline.append(OutlineEntry(int(token.tag[1]), text, str(token.attrGet("id"))))
        elif token.type == "paragraph_open" and not token.hidden:
            token.attrSet("id", _anchor("p", _plain(tokens[index + 1])[0], taken))
    markdown = _markdown()
    return RenderedText(markdown.renderer.render(tokens, markdown.options, {}), tuple(outline))


def _anchor(kind: str, text: str, taken: dict[str, int]) -> str:
    """Name a block by its own text, so that its address outlives edits elsewhere; equal texts are counted."""
    digest = hashlib.sha256(re.sub(r"\s", "", text).encode("utf-8", "surrogatepass")).hexdigest()
    anchor = f"{kind}-{digest[:6]}"
    taken[anchor] = taken.get(anchor, 0) + 1
    return anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
