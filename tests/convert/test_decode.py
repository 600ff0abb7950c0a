from __future__ import annotations

import pytest

from sitegen.convert.decode import decode
from sitegen.errors import InputError

NOTICE = "各级党组织要认真贯彻落实党中央决策部署，切实做好疫情防控工作。"
TRADITIONAL = "各級機關應依本法之規定辦理，並報請主管機關核定。"


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as raised:
        decode(data, "seeds/a.txt")
    return str(raised.value)


def test_utf_8_is_read_as_such() -> None:
    assert decode(NOTICE.encode(), "seeds/a.txt").encoding == "utf-8"


def test_a_byte_order_mark_is_kept_in_the_name_of_the_encoding() -> None:
    decoded = decode(NOTICE.encode("utf-8-sig"), "seeds/a.txt")

    assert (decoded.text, decoded.encoding) == (NOTICE, "utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_in_both_byte_orders(encoding: str) -> None:
    data = ("\ufeff" + NOTICE).encode(encoding)

    decoded = decode(data, "seeds/a.txt")

    assert decoded.text.encode(decoded.encoding) == data


@pytest.mark.parametrize("text", [NOTICE, TRADITIONAL])
def test_plausible_chinese_is_read_as_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030"), "seeds/a.txt").text == text


def test_what_could_be_big5_is_refused_with_both_scores() -> None:
    message = refused(TRADITIONAL.encode("big5"))

    assert "ambiguous-encoding" in message
    assert "Big5 (plausibility 0." in message
    assert "GB18030 (0." in message


def test_bytes_that_are_no_plausible_chinese_are_refused() -> None:
    assert "undecodable" in refused("éàüß ñçø żółć".encode("iso8859-2", "replace"))


def test_a_mark_that_the_bytes_belie_is_refused() -> None:
    assert "says UTF-8" in refused(b"\xef\xbb\xbf\xff\xfe\xff")
    assert "says UTF-16" in refused(b"\xff\xfea")
    assert "UTF-32" in refused(NOTICE.encode("utf-32"))


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\ufeff\u3000\n".encode()])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    assert "empty-source" in refused(data)
