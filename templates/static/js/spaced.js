/**
 * Words that a space parts in the texts, for phrases that leave it out: GB18030 finds "GB 18030".
 *
 * The twin of `sitegen/search/spaced.py`, which tells the rules.
 */

import { demandAt, elementsOf, literal } from "./query.js";

/** @typedef {import("./query.js").Phrase} Phrase */
/** @typedef {import("./text.js").Folding} Folding */
/** @typedef {{start: number, end: number}} Span in the runs */

const MOST_ALTERNATIVES = 30;
const OPEN_BEFORE = ["tail", "part"];
const OPEN_AFTER = ["head", "part"];
const EDGES = [" ", "\n"];

/**
 * Give what a phrase may stand for: itself first, then with its words parted as they are in the runs.
 * @type {(folding: Folding, phrase: Phrase, runs: string[]) => Phrase[]}
 */
export function withSpaces(folding, phrase, runs) {
  const elements = elementsOf(folding, phrase);
  const text = ["", ...runs, ""].join("\n");
  let written = [""];
  elements.bases.forEach((base, at) => {
    const ways = elements.hans[at] ? [base] : [base, ...partings(base, demandAt(elements, at).kind, text)];
    const longer = written.flatMap((begun) => ways.map((way) => begun + elements.gaps[at] + way));
    // Those that go on from the first ones come first.
    written = longer.slice(0, MOST_ALTERNATIVES);
  });
  return written.map((begun) => ({ folded: begun + elements.gaps.at(-1), isExact: phrase.isExact }));
}

/**
 * List how a word stands in runs over a space or more; with the rest of the words it is a part of, where those are few.
 * @type {(base: string, kind: string, text: string) => string[]}
 */
function partings(base, kind, text) {
  const spans = findParted(base, kind, text);
  const whole = new Set(spans.map((span) => widened(text, span)));
  return [...(whole.size < MOST_ALTERNATIVES ? whole : new Set(spans.map(({ start, end }) => text.slice(start, end))))];
}

/** @type {(base: string, kind: string, text: string) => Span[]} */
function findParted(base, kind, text) {
  const isBegun = (start) => OPEN_BEFORE.includes(kind) || EDGES.includes(text[start - 1]);
  const isEnded = (end) => OPEN_AFTER.includes(kind) || EDGES.includes(text[end]);
  // Looked ahead, so that places which overlap are found.
  const found = text.matchAll(new RegExp(`(?=(${Array.from(base, literal).join(" ?")}))`, "gu"));
  return Array.from(found, ({ 1: parted, index }) => ({ parted, start: index, end: index + parted.length })).filter(
    ({ parted, start, end }) => parted.includes(" ") && isBegun(start) && isEnded(end),
  );
}

/**
 * Give a stretch of the runs with the whole of its first and last word.
 * @type {(text: string, span: Span) => string}
 */
function widened(text, { start, end }) {
  const first = Math.max(...EDGES.map((edge) => text.lastIndexOf(edge, start - 1))) + 1;
  const ends = EDGES.map((edge) => text.indexOf(edge, end)).filter((at) => at >= 0);
  return text.slice(first, Math.min(...ends));
}
