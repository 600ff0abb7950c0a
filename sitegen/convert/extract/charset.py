"""The encoding of a web page: by its byte order mark, else as it says itself, else as that of any text."""

from __future__ import annotations

import re

from sitegen.convert.decode import PLAUSIBLE, Decoded, decode, plausibility

_DECLARED = re.compile(
    rb"<meta\b[^>]{0,400}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}(?P<meta>[\w:.-]{1,40})"
    rb"|\A\s{0,99}<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"'](?P<xml>[\w:.-]{1,40})",
    re.IGNORECASE,
)
_SEARCHED = 8192
"""Bytes at the start of a page in which it can say its encoding; browsers read 1,024."""
_CODECS = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
}  # fmt: skip
"""What pages say, and the codec that reads it, after the WHATWG Encoding Standard; others are not believed: pages say
ISO-8859-1 of anything, and UTF-8 proves itself."""


def decode_page(data: bytes, path: str) -> Decoded:
    """Decode the bytes of a web page strictly; `path` is for messages.

    What a page says of itself counts only where the result is plausible Chinese, for pages are saved in another
    encoding than they say. Raises InputError: empty-source, undecodable, ambiguous-encoding.
    """
    found = None if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) else _DECLARED.search(data[:_SEARCHED])
    said = (found["meta"] or found["xml"]).decode("ascii", "replace").lower() if found is not None else ""
    if said in _CODECS:
        try:
            text = data.decode(_CODECS[said])
        except UnicodeDecodeError:
            return decode(data, path)
        if plausibility(text) >= PLAUSIBLE:
            return Decoded(text, _CODECS[said])
    return decode(data, path)
