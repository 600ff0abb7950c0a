"""The terms of a built index, in either form, and what lunr wants of them for a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, TypeAlias

from sitegen.search.query import Demand
from sitegen.search.reading import Contexts
from sitegen.search.site_files import SearchFiles, telling

_INSTITUTION = "institution"
"""The field that is indexed beside the article, and is no part of it."""

_K1 = 1.2
_B = 0.75
"""How much frequency and length weigh, as lunr's Builder has it where nothing else is asked for."""

LunrParts: TypeAlias = tuple[dict[str, Any], dict[str, list[float]]]
"""lunr's inverted index, and its field vectors."""


class IndexTerms:
    """The terms of an index as a query needs them; `matching.Terms`."""

    def __init__(self, files: SearchFiles) -> None:
        self._files = files
        self.fields = files.directory.fields

    def meeting(self, demand: Demand) -> list[str]:
        """List the terms that meet a demand."""
        text = demand.text
        if demand.kind == "term":
            return [text]
        if demand.kind == "prefix":
            return self._beginning_with(text)
        fits: dict[str, Callable[[str], bool]] = {
            "head": lambda word: word.startswith(text),
            "tail": lambda word: word.endswith(text),
            "part": lambda word: text in word,
        }
        return list(filter(fits[demand.kind], self.words))

    @cached_property
    def words(self) -> list[str]:
        """All terms that are no Chinese."""
        words = self._files.json("words")
        with telling(self._files.directory.files["words"]):
            return [word for word in words["words"].split("\n") if word]

    def contexts(self, terms: Iterable[str]) -> Mapping[str, Contexts]:
        """Give the contexts of those of the terms that articles hold."""
        return self._files.contexts(terms)

    def standing(self, terms: Iterable[str]) -> set[int]:
        """Give the numbers of the notices whose article holds one of the terms."""
        held: set[int] = set()
        for fields in self._holding(terms).values():
            held.update(*(notices for field, notices in fields.items() if field != _INSTITUTION))
        return held

    def _beginning_with(self, text: str) -> list[str]:
        raise NotImplementedError

    def _holding(self, terms: Iterable[str]) -> Mapping[str, Mapping[str, Iterable[int]]]:
        """Give of those of the terms that the index has, by field, the notices that hold them."""
        raise NotImplementedError

    def lunr_parts(self, terms: Iterable[str], notices: Set[int]) -> LunrParts:
        """Give lunr's inverted index and field vectors of those of the terms that the index has, over some notices.

        Notices go by their numbers. Every weight is the one of the whole index.
        """
        raise NotImplementedError


class PackedTerms(IndexTerms):
    """The terms of an index that is cut into ranges; weights are worked out as lunr's Builder does."""

    def _beginning_with(self, text: str) -> list[str]:
        return self._files.terms_beginning_with(text)

    def _holding(self, terms: Iterable[str]) -> dict[str, dict[str, dict[int, int]]]:
        return {
            term: dict(zip(self.fields, fields, strict=True)) for term, fields in self._files.postings(terms).items()
        }

    def lunr_parts(self, terms: Iterable[str], notices: Set[int]) -> LunrParts:
        """Give lunr's inverted index and field vectors, as its Builder makes them."""
        inverted: dict[str, Any] = {}
        vectors: dict[str, list[float]] = {}
        # The most frequent terms come first: lunr goes through the terms of a query up to the last that a notice holds.
        held = sorted(self._holding(terms).items(), key=lambda one: (-sum(map(len, one[1].values())), one[0]))
        for place, (term, fields) in enumerate(held):
            inverted[term] = {"_index": place}
            idf = self._inverse_frequency(fields)
            for field, frequencies in fields.items():
                chosen = {number: times for number, times in frequencies.items() if number in notices}
                inverted[term][field] = {str(number): {} for number in chosen}
                for number, weight in self._weigh(idf, field, chosen):
                    vectors.setdefault(f"{field}/{number}", []).extend((place, weight))
        return inverted, vectors

    def _inverse_frequency(self, fields: Mapping[str, Mapping[int, int]]) -> float:
        from lunr.idf import idf

        value: float = idf(fields, self._files.directory.notices)
        return value

    def _weigh(self, idf: float, field: str, frequencies: Mapping[int, int]) -> Iterator[tuple[int, float]]:
        """Weigh a term in a field of notices: step by step as lunr's Builder does, so that not a bit differs."""
        directory, place = self._files.directory, self.fields.index(field)
        lengths, average, boost = self._lengths[place], directory.averages[place] or 1.0, directory.boosts[place]
        for number, times in frequencies.items():
            length = lengths[number] / average
            yield number, round(idf * ((_K1 + 1) * times) / (_K1 * (1 - _B + _B * length) + times) * boost, 3)

    @cached_property
    def _lengths(self) -> Sequence[Sequence[int]]:
        written, directory = self._files.json("lengths"), self._files.directory
        with telling(directory.files["lengths"]):
            lengths: Sequence[Sequence[int]] = written["lengths"]
            for field, average in zip(lengths, directory.averages, strict=True):
                if len(field) != directory.notices or (average <= 0 and any(field)):
                    raise ValueError("lengths of other notices")
            return lengths


class PlainTerms(IndexTerms):
    """The terms of an index that is one file, as lunr itself has it."""

    @cached_property
    def _lunr(self) -> dict[str, Any]:
        index = self._files.json("lunr")
        with telling(self._files.directory.files["lunr"]):
            if len(index["ids"]) != self._files.directory.notices:
                raise ValueError("notices without a number")
            return {
                "numbers": {name: number for number, name in enumerate(index["ids"])},
                "postings": dict(index["invertedIndex"]),
                "vectors": dict(index["fieldVectors"]),
            }

    def _beginning_with(self, text: str) -> list[str]:
        return [term for term in self._lunr["postings"] if term.startswith(text)]

    def _holding(self, terms: Iterable[str]) -> dict[str, dict[str, list[int]]]:
        numbers, postings = self._lunr["numbers"], self._lunr["postings"]
        with telling(self._files.directory.files["lunr"]):
            return {
                term: {field: [numbers[name] for name in postings[term][field]] for field in self.fields}
                for term in terms
                if term in postings
            }

    def lunr_parts(self, terms: Iterable[str], notices: Set[int]) -> LunrParts:
        """Give lunr's inverted index and field vectors out of the file."""
        inverted: dict[str, Any] = {}
        vectors: dict[str, list[float]] = {}
        for term, fields in self._holding(terms).items():
            inverted[term] = {"_index": self._lunr["postings"][term]["_index"]}
            for field, numbers in fields.items():
                chosen = [number for number in numbers if number in notices]
                inverted[term][field] = {str(number): {} for number in chosen}
                vectors.update((f"{field}/{number}", self._vector(field, number)) for number in chosen)
        return inverted, vectors

    def _vector(self, field: str, number: int) -> list[float]:
        vector: list[float] = self._lunr["vectors"][f"{field}/{self._files.json('lunr')['ids'][number]}"]
        return vector


def open_terms(files: SearchFiles) -> IndexTerms:
    """Give the terms of an index of either form."""
    return PackedTerms(files) if files.directory.form == "packed" else PlainTerms(files)
