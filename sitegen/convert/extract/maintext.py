"""The document on a web page: where running text is densest, and what stands around it without being a menu."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sitegen.convert.extract.page import BLOCKS, Element
from sitegen.model import Span

_FEW_LINKS = 5
"""Links that can stand beside a document: its path on the site, the documents before and after it."""
_MENU_LINKS = 4
"""Least links of a menu inside the part of the page that holds the document."""
_OWN_MATTER = frozenset({"nav", "aside", "footer"})
_ATTACHED = re.compile("附件|附：|附表|下载")


def find_main(elements: Sequence[Element]) -> int:
    """Give the index of the element that holds the document: the first, which is the page, where none stands out.

    Goes down to where most of the running text is, then up again as long as no menus come in: the headline, the line
    with date and source, and the signature may stand beside the text. Which elements are named how is not looked at.
    """
    if not elements or not elements[0].prose:
        return 0
    children = _children(elements)
    main = 0
    while True:
        densest = max(children[main], key=lambda child: elements[child].prose, default=None)
        if densest is None or elements[densest].prose * 2 <= elements[main].prose:
            break
        main = densest
    while (around := elements[main].parent) is not None and not _adds_menus(elements[main], elements[around]):
        main = around
    return main if elements[main].prose * 2 > elements[0].prose else 0


def _adds_menus(inner: Element, outer: Element) -> bool:
    """Tell whether what an element has more than the one in it is menus."""
    links = outer.links - outer.files - (inner.links - inner.files)
    linked, han, prose = outer.linked - inner.linked, outer.han - inner.han, outer.prose - inner.prose
    return links > _FEW_LINKS and linked * 10 > han * 3 and prose * 5 <= han


def _children(elements: Sequence[Element]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in elements]
    for index, element in enumerate(elements):
        if element.parent is not None:
            children[element.parent].append(index)
    return children


def find_menus(elements: Sequence[Element], main: int, text: str) -> Iterator[Span]:
    """Find what is the page's own inside the element that holds the document: navigation, lists of links."""
    whole, end = elements[main], 0
    attached = [found.start() for found in _ATTACHED.finditer(text, whole.start, whole.end)]
    for element in elements[main + 1 :]:
        if element.start >= whole.end:
            break
        if element.tag in BLOCKS and end <= element.start < element.end and _is_menu(element, whole, attached):
            end = element.end
            yield element.start, end


def _is_menu(element: Element, whole: Element, attached: Sequence[int]) -> bool:
    """Tell whether an element is navigation; one with a word of attachments is none, whose places are `attached`."""
    if element.prose * 5 > whole.prose or element.files:
        return False
    if element.tag in _OWN_MATTER:
        return True
    dense = element.links >= _MENU_LINKS and element.linked * 5 >= element.han * 3 and element.prose * 5 <= element.han
    return dense and bisect_left(attached, element.start) == bisect_left(attached, element.end)


def without(spans: Sequence[Span], kept: Sequence[Span]) -> Iterator[Span]:
    """Give what is left of sorted spans that are apart when others of the same kind are taken out of them."""
    at = 0
    for start, end in spans:
        while at < len(kept) and kept[at][1] <= start:
            at += 1
        inside, place = at, start
        while inside < len(kept) and kept[inside][0] < end:
            if place < kept[inside][0]:
                yield place, kept[inside][0]
            place = max(place, kept[inside][1])
            inside += 1
        if place < end:
            yield place, end


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Give spans sorted, those that overlap or touch in one."""
    united: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)


def bold_lines(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Cut bold stretches at the line ends."""
    for start, end in spans:
        cuts = [start - 1, *(found.start() for found in re.finditer("\n", text[start:end])), end]
        cuts[1:-1] = [start + cut for cut in cuts[1:-1]]
        yield from ((left + 1, right) for left, right in pairwise(cuts) if left + 1 < right)
