/**
 * From candidates to results: in order, seen to hold the phrases, with the sentence they stand in.
 *
 * Terms of the index can all be in a notice whose text does not hold the phrase, so the text itself decides. A text is
 * a list of blocks; a phrase stands within one.
 */

import { fold } from "./text.js";
import { patternOf } from "./query.js";

/** @typedef {import("./text.js").Folding} Folding */
/** @typedef {import("./index.js").Candidate} Candidate */
/** @typedef {{source: string, isTitle: boolean, folded: import("./text.js").Folded}} Block */
/** @typedef {{phrases: RegExp[], excluded: RegExp[]}} Patterns */
/** @typedef {{start: number, end: number}} Span in the source */
/** @typedef {{text: string, isHit: boolean}} Segment */
/** @typedef {(id: string) => Promise<Block[]>} ReadBlocks */
/** @typedef {{candidate: Candidate, blocks: ?Block[], isResult: boolean}} Verdict null if they could not be read */
/** @typedef {{segments: Segment[], start: number, end: number}} Snippet */

const SCORE_STEPS = 1e6;
const BEFORE = 28;
const AFTER = 72;
const MOST_SNIPPETS = 3;
const SENTENCE_ENDS = ["。", "；", "！", "？", "\n"];
const CLAUSE_ENDS = ["，", "、", "："];

/**
 * Order candidates by score to six decimals, then as the library does: newest first, undated last, then by id.
 * @type {(candidates: Candidate[], records: Map<string, {place: number}>) => Candidate[]}
 */
export function inOrder(candidates, records) {
  const rank = ({ score }) => Math.floor(score * SCORE_STEPS + 0.5);
  const place = ({ id }) => records.get(id).place;
  return candidates
    .filter(({ id }) => records.has(id))
    .sort((one, other) => rank(other) - rank(one) || place(one) - place(other));
}

// --- the text decides -----------------------------------------------------------------------------------------------

/** @type {(folding: Folding, query: import("./query.js").Query) => Patterns} */
export function patternsOf(folding, { phrases, excluded }) {
  const [wanted, unwanted] = [phrases, excluded].map((list) => list.map((phrase) => patternOf(folding, phrase)));
  return { phrases: wanted, excluded: unwanted };
}

/** @type {(patterns: Patterns, blocks: Block[]) => boolean} */
export function holds({ phrases, excluded }, blocks) {
  const stands = (pattern) => blocks.some((block) => spansOf(pattern, block).length > 0);
  return phrases.every(stands) && !excluded.some(stands);
}

/**
 * Judge candidates in their order, the texts of the next ones being fetched meanwhile; `readBlocks` may fail.
 * @type {(candidates: Candidate[], patterns: Patterns, read: ReadBlocks, ahead?: number) => AsyncGenerator<Verdict>}
 */
export async function* judged(candidates, patterns, readBlocks, ahead = 6) {
  const judge = async (candidate) => {
    const blocks = await readBlocks(candidate.id).catch(() => null);
    return { candidate, blocks, isResult: blocks !== null && holds(patterns, blocks) };
  };
  const waiting = candidates.slice(0, ahead).map(judge);
  for (let next = waiting.length; waiting.length > 0; next += 1) {
    const verdict = await waiting.shift();
    if (next < candidates.length) waiting.push(judge(candidates[next]));
    yield verdict;
  }
}

// --- blocks of a page -----------------------------------------------------------------------------------------------

const INLINE = new Set(
  "A ABBR B BDI BDO CITE CODE DATA DEL DFN EM I INS KBD MARK Q S SAMP SMALL SPAN STRONG SUB SUP TIME U VAR WBR".split(
    " ",
  ),
);
const TEXT_NODE = 3;
const ELEMENT_NODE = 1;

/**
 * Read the text of a page's element, a block wherever a line of its own begins.
 * @type {(folding: Folding, root: any) => Block[]}
 */
export function blocksOf(folding, root) {
  const blocks = [];
  let open = null;
  const visit = (node, isTitle) => {
    if (node.nodeType === TEXT_NODE) {
      if (!open) blocks.push((open = { source: "", isTitle }));
      open.source += node.data;
    } else if (node.nodeType === ELEMENT_NODE) {
      const isInline = INLINE.has(node.nodeName);
      if (!isInline) open = null;
      for (const child of node.childNodes) visit(child, isTitle || node.nodeName === "H1");
      if (!isInline) open = null;
    }
  };
  visit(root, false);
  return blocks
    .map(({ source, isTitle }) => ({ source, isTitle, folded: fold(folding, source) }))
    .filter(({ folded }) => folded.text !== "");
}

// --- what a result shows --------------------------------------------------------------------------------------------

/** @type {(pattern: RegExp, block: {folded: import("./text.js").Folded}) => Span[]} */
function spansOf(pattern, { folded }) {
  return Array.from(folded.text.matchAll(pattern), ({ 0: { length }, index }) => ({
    start: folded.starts[index],
    end: folded.ends[index + length - 1],
  }));
}

/** @type {(patterns: RegExp[], block: {folded: import("./text.js").Folded}) => Span[]} */
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
  const end = characterAt(source, Math.max(first.end, Math.min(source.length, start + BEFORE + AFTER)));
  const shown = segments(source, hitsOf(phrases, { folded }), start, end);
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
