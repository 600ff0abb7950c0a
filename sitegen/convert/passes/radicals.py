"""The pass over characters of dictionaries that stand in the place of the characters they look like.

Fonts draw ⽇ (U+2F47, the radical) and 日 with one shape, and programs that write PDF give back the first code point of
a shape: 2018 年 12 ⽉ 28 ⽇.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sitegen.convert.ledger import Change

_RADICAL = re.compile("[\u2e80-\u2fd5]")
_FORMS = (
    "⺁厂⺃乚⺅亻⺆冂⺉刂⺋㔾⺎兀⺏尣⺒巳⺓幺⺔彑⺖忄⺗㣺⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺦丬⺨犭⺩王⺪𤴔⺫罒⺬示⺭礻⺯糹⺰纟⺱罓"
    "⺲罒⺳㓁⺶羊⺷𦍌⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门"
    "⻕阝⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_SUPPLEMENT = dict(zip(_FORMS[::2], _FORMS[1::2], strict=True))
"""U+2E80 and above, after Unicode's list EquivalentUnifiedIdeograph; the block of 214 radicals is in NFKC."""


def unify_radicals(text: str) -> Iterator[Change]:
    """Write radicals of dictionaries as the characters they stand for."""
    for found in _RADICAL.finditer(text):
        character = _SUPPLEMENT.get(found[0]) or unicodedata.normalize("NFKC", found[0])
        yield Change(found.start(), found.end(), character)
