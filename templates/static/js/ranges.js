/** Range files: which one a term lies in, the terms of one, and the lists they lead to. */

import { BitReader, readVarint } from "./bits.js";

/** @typedef {{starts: string[], names: string}} Ranges first term and name of each file, in the order of the terms */
/** @typedef {{terms: string[], ends: Uint32Array, lists: Uint8Array}} TermRange `ends` has a leading 0 */
/** @typedef {{numbers: Uint32Array, more: Uint32Array}} Frequencies notices, and how often beyond once */
/** @typedef {(?Frequencies)[]} Postings of one term, by field */
/** @typedef {{names: string[], ranks: ?Uint32Array}} Side the different contexts; null where all ranks are 0 */
/** @typedef {Frequencies & {count: number, before: Side, after: Side}} Contexts `count` occurrences, by notice */

const HEAD = [0x53, 0x47];
/** Version of the files below `search/` that these scripts read; `sitegen/search/ranges.py` writes it. */
export const FORMAT = 3;
const NAME_LENGTH = 10;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Give the files in which the terms that begin with a text lie; with a whole term alone, the one it would be in.
 * @type {(ranges: Ranges, text: string, isPrefix: boolean) => string[]}
 */
export function rangesOf({ starts, names }, text, isPrefix) {
  const first = Math.max(0, firstPlace(starts, text, true) - 1);
  let end = first + 1;
  while (isPrefix && starts[end]?.startsWith(text)) end += 1;
  return starts.slice(first, end).map((_, at) => nameAt(names, first + at));
}

/** @type {(names: string, at: number) => string} */
export function nameAt(names, at) {
  return names.slice(at * NAME_LENGTH, (at + 1) * NAME_LENGTH);
}

/**
 * Find the first place of a sorted list whose string is not below a text; or, past it, is above.
 * @type {(sorted: string[], text: string, isPast?: boolean) => number}
 */
export function firstPlace(sorted, text, isPast = false) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < text || (isPast && sorted[middle] === text)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @type {(sorted: string[], prefix: string) => string[]} */
export function prefixed(sorted, prefix) {
  const first = firstPlace(sorted, prefix);
  let end = first;
  while (end < sorted.length && sorted[end].startsWith(prefix)) end += 1;
  return sorted.slice(first, end);
}

/** @type {(buffer: ArrayBuffer, kind: "T" | "C") => TermRange} */
export function parseRange(buffer, kind) {
  const bytes = new Uint8Array(buffer);
  const magic = [...HEAD, kind.charCodeAt(0), FORMAT];
  if (magic.some((byte, at) => bytes[at] !== byte)) throw new Error("another kind of file");
  const cursor = { bytes, at: magic.length };
  const [count, length] = [readVarint(cursor), readVarint(cursor)];
  const terms = readVocabulary(decoder.decode(bytes.subarray(cursor.at, (cursor.at += length))));
  const ends = new Uint32Array(terms.length + 1);
  for (let at = 0; at < terms.length; at += 1) ends[at + 1] = ends[at] + readVarint(cursor);
  const lists = bytes.subarray(cursor.at);
  if (terms.length !== count || ends[count] !== lists.length) throw new Error("another length than it tells");
  return { terms, ends, lists };
}

/** @type {(written: string) => string[]} */
function readVocabulary(written) {
  let last = "";
  return written.split("\n").map((entry) => {
    const shared = parseInt(entry[0], 36);
    return (last = startOf(last, shared) + entry.slice(1));
  });
}

/**
 * Give so many characters of the beginning of a text.
 * @type {(text: string, count: number) => string}
 */
function startOf(text, count) {
  let end = 0;
  for (let left = count; left > 0; left -= 1) end += text.codePointAt(end) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

/** @type {(range: TermRange, term: string) => ?Uint8Array} */
export function listOf({ terms, ends, lists }, term) {
  const at = firstPlace(terms, term);
  return terms[at] === term ? lists.subarray(ends[at], ends[at + 1]) : null;
}

/** @type {(list: Uint8Array, fields: number) => Postings} */
export function readPostings(list, fields) {
  const bits = new BitReader(list);
  const held = bits.bits(fields);
  const isHeld = (field) => ((held >> (fields - 1 - field)) & 1) === 1;
  return Array.from({ length: fields }, (_, field) => (isHeld(field) ? readFrequencies(bits) : null));
}

/** @type {(bits: BitReader) => Frequencies} */
function readFrequencies(bits) {
  const count = bits.golomb(0) + 1;
  const numbers = bits.ascending(count, bits.bits(5));
  return { numbers, more: bits.golombs(count, 0) };
}

/** @type {(list: Uint8Array) => Contexts} */
export function readContexts(list) {
  const cursor = { bytes: list, at: 0 };
  const length = readVarint(cursor);
  const written = decoder.decode(list.subarray(cursor.at, cursor.at + length));
  const [befores, afters] = written.split("\t").map((side) => side.split("\n"));
  const bits = new BitReader(list, cursor.at + length);
  const { numbers, more } = readFrequencies(bits);
  const count = more.reduce((sum, times) => sum + times, numbers.length);
  const [before, after] = [befores, afters].map((names) => readSide(bits, names, count));
  return { numbers, more, count, before, after };
}

/** @type {(bits: BitReader, names: string[], count: number) => Side} */
function readSide(bits, names, count) {
  return { names, ranks: names.length > 1 ? bits.golombs(count, bits.bits(4)) : null };
}
