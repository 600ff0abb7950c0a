"""The search index: tokens to a lunr index, with the folding table and what results show; read by the browser.

The files below `search/` belong together: each names the format and the edition, a digest of all of them, so that the
browser can tell when a cache gives it files of two builds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from sitegen.model import Block, Library, OutputFile
from sitegen.search.folding import folding_table
from sitegen.search.plain import plain_index
from sitegen.search.records import notice_records

FORMAT = 1
"""Version of the files below `search/`; `templates/static/js/index.js` names the one it reads."""


def build_index(library: Library, texts: Mapping[str, tuple[Block, ...]]) -> tuple[OutputFile, ...]:
    """Build the files of the search index; `texts` holds the blocks of each notice's body by id."""
    documents: dict[str, dict[str, object]] = {
        "folding": folding_table(),
        "index": plain_index(library.notices, texts),
        "notices": {"notices": notice_records(library.notices)},
    }
    edition = hashlib.sha256(_json(documents)).hexdigest()[:16]
    return tuple(
        OutputFile(f"search/{name}.json", _json({"format": FORMAT, "edition": edition, **document}))
        for name, document in documents.items()
    )


def _json(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
