/**
 * From candidates to results: in order, seen to hold the phrases, with the sentence they stand in.
 *
 * Terms of the index can all be in a notice whose text does not hold the phrase, so the text itself decides. A text is
 * a list of blocks; a phrase stands within one.
 */

import { fold } from "./text.js";
import { patternOf } from "./query.js";

/** @typedef {import("./text.js").Folding} Folding */
/** @typedef {import("./text.js").Folded} Folded */
/** @typedef {import("./candidates.js").Candidates} Candidates */
/** @typedef {import("./query.js").Phrase} Phrase */
/** @typedef {{source: string, isTitle: boolean, folded: Folded}} Block */
/** @typedef {{blocks: Block[], heading: string}} NoticePage */
/** @typedef {{phrases: RegExp[], excluded: RegExp[]}} Patterns */
/** @typedef {{start: number, end: number}} Span in the source */
/** @typedef {{text: string, isHit: boolean}} Segment */
/** @typedef {{segments: Segment[], start: number, end: number}} Snippet */

const SCORE_STEPS = 1e6;
const BEFORE = 28;
const AFTER = 72;
const MOST_SNIPPETS = 3;
const SENTENCE_ENDS = ["。", "；", "！", "？", "\n"];
const CLAUSE_ENDS = ["，", "、", "："];

/**
 * Order candidates by score to six decimals, then, or by date alone, as the library does: by their places.
 * @type {(candidates: Candidates, places: number[], isByDate: boolean) => number[]}
 */
export function inOrder({ numbers, scores }, places, isByDate) {
  const count = places.length;
  // One number for both, so that a typed array sorts it without being asked to compare.
  const keys = new Float64Array(numbers.length);
  for (let at = 0; at < keys.length; at += 1) {
    const rank = isByDate ? 0 : Math.floor(scores[at] * SCORE_STEPS + 0.5);
    keys[at] = rank * count + (count - 1 - places[numbers[at]]);
  }
  keys.sort().reverse();
  const numberAt = new Uint32Array(count);
  for (let number = 0; number < count; number += 1) numberAt[places[number]] = number;
  return Array.from(keys, (key) => numberAt[count - 1 - (key % count)]);
}

// --- the text decides -----------------------------------------------------------------------------------------------

/**
 * Write phrases, each as its alternatives, and excluded ones as patterns.
 * @type {(folding: Folding, phrases: Phrase[][], excluded: Phrase[]) => Patterns}
 */
export function patternsOf(folding, phrases, excluded) {
  const write = (all) => new RegExp(all.map((phrase) => patternOf(folding, phrase).source).join("|"), "gu");
  return { phrases: phrases.map(write), excluded: excluded.map((phrase) => write([phrase])) };
}

/** @type {(patterns: Patterns, blocks: Block[]) => boolean} */
export function holds({ phrases, excluded }, blocks) {
  // No folded text holds a line feed, so that no phrase reaches over one.
  const text = blocks.map(({ folded }) => folded.text).join("\n");
  const stands = (pattern) => text.search(pattern) >= 0;
  return phrases.every(stands) && !excluded.some(stands);
}

// --- what a result shows --------------------------------------------------------------------------------------------

/** @type {(pattern: RegExp, block: {folded: Folded}) => Span[]} */
function spansOf(pattern, { folded }) {
  return Array.from(folded.text.matchAll(pattern), ({ 0: { length }, index }) => ({
    start: folded.starts[index],
    end: folded.ends[index + length - 1],
  }));
}

/** @type {(patterns: RegExp[], block: {folded: Folded}) => Span[]} */
function hitsOf(patterns, block) {
  const spans = patterns.flatMap((pattern) => spansOf(pattern, block)).sort((one, other) => one.start - other.start);
  const merged = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/**
 * Cut a line where the phrases begin and end.
 * @type {(folding: Folding, phrases: RegExp[], source: string) => Segment[]}
 */
export function highlight(folding, phrases, source) {
  return segments(source, hitsOf(phrases, { folded: fold(folding, source) }), 0, source.length);
}

/**
 * Give the sentences the phrases stand in, cut into segments; no more than it takes to show each phrase once.
 * @type {(phrases: RegExp[], blocks: Block[]) => Segment[][]}
 */
export function snippets(phrases, blocks) {
  const body = blocks.filter(({ isTitle }) => !isTitle);
  const found = [];
  let missing = phrases;
  while (missing.length > 0 && found.length < MOST_SNIPPETS) {
    const counts = body.map((block) => missing.filter((phrase) => spansOf(phrase, block).length > 0).length);
    const most = Math.max(0, ...counts);
    if (most === 0) break;
    const block = body[counts.indexOf(most)];
    const { segments: shown, start, end } = snippetOf(phrases, missing, block);
    found.push(shown);
    const isShown = (span) => span.start >= start && span.end <= end;
    missing = missing.filter((phrase) => !spansOf(phrase, block).some(isShown));
  }
  return found;
}

/** @type {(phrases: RegExp[], missing: RegExp[], block: Block) => Snippet} */
function snippetOf(phrases, missing, { source, folded }) {
  const [first] = hitsOf(missing, { folded });
  const start = beginning(source, first.start);
  const hits = hitsOf(phrases, { folded });
  const limit = characterAt(source, Math.max(first.end, Math.min(source.length, start + BEFORE + AFTER)));
  // A phrase that reaches over the end is shown whole: half of it would be marked as if it were what was sought.
  const end = hits.find((hit) => hit.start < limit && hit.end > limit)?.end ?? limit;
  const shown = segments(source, hits, start, end);
  if (start > 0 && !SENTENCE_ENDS.includes(source[start - 1])) shown.unshift({ text: "……", isHit: false });
  if (end < source.length) shown.push({ text: "……", isHit: false });
  return { segments: shown, start, end };
}

/**
 * Find where a snippet begins: with the sentence of the hit, or where that is long, with a clause of it near the hit.
 * @type {(source: string, hit: number) => number}
 */
function beginning(source, hit) {
  const sentence = Math.max(...SENTENCE_ENDS.map((mark) => source.slice(0, hit).lastIndexOf(mark) + 1));
  if (hit - sentence <= BEFORE) return sentence;
  const near = characterAt(source, hit - BEFORE);
  const clause = CLAUSE_ENDS.map((mark) => source.slice(near, hit).indexOf(mark)).filter((at) => at >= 0);
  return clause.length > 0 ? near + Math.min(...clause) + 1 : near;
}

/**
 * Give a place that does not cut a character in two.
 * @type {(source: string, at: number) => number}
 */
function characterAt(source, at) {
  const code = source.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at + 1 : at;
}

/** @type {(source: string, hits: Span[], start: number, end: number) => Segment[]} */
function segments(source, hits, start, end) {
  const cut = [];
  let at = start;
  for (const hit of hits.filter((span) => span.end > start && span.start < end)) {
    const [from, to] = [Math.max(hit.start, start), Math.min(hit.end, end)];
    if (from > at) cut.push({ text: source.slice(at, from), isHit: false });
    cut.push({ text: source.slice(from, to), isHit: true });
    at = to;
  }
  if (at < end) cut.push({ text: source.slice(at, end), isHit: false });
  return cut;
}
