"""The words of the field, fixed once: frozen records that every other module speaks in.

Missing is None or an empty tuple, never a stand-in. Dates are EDTF strings (ISO 8601-2); `sitegen.dates` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

MASK = "□□□□"
"""Four U+25A1, put in the place of an institution's name that advertising has overwritten."""

Span: TypeAlias = tuple[int, int]
"""Start and end of a stretch of text, in code points, the end excluded."""


# --- blocks: the text of a notice, one block a line of clean text ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: 一、 is level 2, （一） level 3 (level 1 is the title, which is no block)."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, 自然段."""

    text: str
    strong: tuple[Span, ...] = ()
    """Stretches of `text` printed bold, such as a run-in lead; sorted, apart from each other."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Signature block, 落款: the signing bodies 发文机关署名, one a line, then the date 成文日期, as printed."""

    lines: tuple[str, ...]


Block: TypeAlias = Heading | Paragraph | Table | Signature


def block_lines(block: Block) -> tuple[str, ...]:
    """Give the plain text of a block: one string a line; a table gives one a cell."""
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return (text,)
        case Table(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case Signature(lines=lines):
            return lines


# --- facts: what a notice says of itself ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about a notice that a curator should look at; published, never a reason to stop."""

    code: str
    """Kind, in kebab case: institution-masked, date-conflict, no-title, no-date, damaged-text …"""
    note: str
    """What was seen, in Chinese, for readers of the site."""
    closed: str | None = None
    """Why a curator has settled it, in a curator's words; None while it is open."""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a curator."""
        return self.closed is None


@dataclass(frozen=True, slots=True)
class InferredDate:
    """A date that the text does not state, with the words it was inferred from, 推定日期."""

    edtf: str
    basis: str
    """The evidence, quoted from the text."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The elements of a document as its text supports them; field names are the front-matter keys, in their order."""

    title: str | None = None
    """标题, joined from its lines."""
    institutions: tuple[str, ...] = ()
    """发文机关, as signed or as in the title; several for a joint notice."""
    document_number: str | None = None
    """发文字号 of this notice, as printed."""
    genre: str | None = None
    """文种 as titled."""
    addressee: str | None = None
    """主送机关, without the colon."""
    signed: str | None = None
    """成文日期, EDTF, from the signature."""
    published: str | None = None
    """发布日期, EDTF, where the text prints it."""
    dated: InferredDate | None = None
    """推定日期; never mixed with `signed`."""
    attachments: tuple[str, ...] = ()
    """Names from the 附件 list."""
    language: str = "zh-Hans"
    """BCP 47 tag."""
    flags: tuple[Flag, ...] = ()


# --- conversion: from a seed to a notice, with proof ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a conversion: a span of the raw text, and what stands in its place in the clean text."""

    start: int
    end: int
    before: str
    """The raw text of the span, so that an edit can be undone without the seed."""
    after: str
    passes: tuple[str, ...]
    """Names of the passes that asked for it, in the order in which they ran."""
    key: str | None = None
    """The fact that was taken out of the body here, as a front-matter key."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What the converter makes of one seed."""

    raw: str
    """The decoded text."""
    encoding: str
    """How `raw` was read. Of .txt and .md the Python codec such that `raw.encode(encoding)` gives the bytes; of web
    pages the codec and the extractor, "gb18030; html"; of files with a codec of their own the extractor, "docx", "pdf".
    """
    edits: tuple[Edit, ...]
    """The ledger: sorted, non-overlapping; applied to `raw` it gives the clean text."""
    masked: tuple[Span, ...]
    """Stretches of `raw` that are advertising; whoever shows the raw text shows `MASK` in their place."""
    facts: Facts
    blocks: tuple[Block, ...]
    """The clean text, classified; their lines joined with line feeds are the clean text."""


# --- the content file -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where a notice came from."""

    file: str
    """Path of the seed below `seeds/`, with forward slashes."""
    sha256: str
    """Digest of its bytes, 64 hexadecimal digits."""
    encoding: str
    url: str | None = None
    captured: str | None = None
    """When it was fetched, EDTF."""

    @property
    def path(self) -> str:
        """Path below the project."""
        return f"seeds/{self.file}"


@dataclass(frozen=True, slots=True)
class Converted:
    """Digests of what the converter wrote, so that a person's edit is known as one."""

    facts: tuple[tuple[str, str], ...]
    """Front-matter key and 8 hexadecimal digits, in the order of the keys; flags have their own."""
    body: str
    """8 hexadecimal digits."""
    flags: tuple[str, ...] = ()
    """8 hexadecimal digits for each flag the converter raised, so that they can be told one by one."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as `content/<id>.md` holds it."""

    id: str
    """Permanent, `[a-z0-9-]{1,80}`; the file's name and the page's address."""
    facts: Facts
    body: str
    """CommonMark; see `sitegen.markup`."""
    tags: tuple[str, ...] = ()
    draft: bool = False
    aliases: tuple[str, ...] = ()
    """Former ids; their addresses redirect here."""
    anchors: tuple[str, ...] = ()
    """Former ids of paragraphs."""
    added: str | None = None
    """Day the notice joined the collection, ISO 8601."""
    source: Source | None = None
    converted: Converted | None = None


DateKind: TypeAlias = Literal["signed", "published", "inferred"]
"""How a date is known: 成文日期, 发布日期, 推定日期."""


def order_date(notice: Notice) -> tuple[str, DateKind] | None:
    """Give the EDTF date a notice is ordered by and its kind: as signed, else as published, else as inferred."""
    facts = notice.facts
    if facts.signed:
        return facts.signed, "signed"
    if facts.published:
        return facts.published, "published"
    if facts.dated:
        return facts.dated.edtf, "inferred"
    return None


# --- the library ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """What curators say of an institution, 规范记录: one record of `content/institutions.yaml`."""

    name: str
    """The name it stands under."""
    slug: str | None = None
    """`[a-z0-9-]{1,80}`, permanent; None where the name's pinyin will do."""
    aliases: tuple[str, ...] = ()
    """Other names and bodies of it: 简称, offices that sign in its name."""
    former: tuple[str, ...] = ()
    """Former names, 曾用名."""
    parent: str | None = None
    """Name of the record of the institution above it, 上级机构."""
    region: str | None = None
    """Where it is, 地区."""
    kind: str | None = None
    """What it is, 类别: 高等学校, 政府机关 …"""

    @property
    def names(self) -> tuple[str, ...]:
        """All names that mean this institution."""
        return (self.name, *self.aliases, *self.former)


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution and the bodies that issue in its name."""

    slug: str
    """`[a-z0-9-]{1,80}`, from the pinyin of the name; the page's address."""
    name: str
    bodies: tuple[str, ...]
    """Names as printed in notices, sorted by pinyin; may be the institution's own name."""
    notices: tuple[Notice, ...]
    """Newest first."""
    authority: AuthorityRecord | None = None
    """What curators say of it."""


@dataclass(frozen=True, slots=True)
class Library:
    """The whole collection, ready for indexes, search and pages."""

    notices: tuple[Notice, ...]
    """Published notices, newest first, undated last, then by id; drafts are left out."""
    institutions: tuple[Institution, ...]
    """Sorted by pinyin."""
    unattributed: tuple[Notice, ...] = field(default=())
    """Notices whose institution is not known, 发文机关不详; newest first."""


# --- what leaves the program ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One heading of a rendered text."""

    level: int
    text: str
    anchor: str
    """Value of the heading's `id`."""


@dataclass(frozen=True, slots=True)
class RenderedText:
    """The body of a notice as HTML that is safe to put on a page."""

    html: str
    outline: tuple[OutlineEntry, ...]


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site: its path below `output/`, with forward slashes, and its bytes."""

    path: str
    data: bytes
