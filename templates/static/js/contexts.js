/**
 * Which notices hold a phrase, from the contexts of its terms alone; the twin of `sitegen/search/matching.py`.
 *
 * A notice holds a phrase when a line of its article, folded, matches the pattern of the phrase. What contexts are, and
 * why they tell that exactly, stands at the head of `sitegen/search/occurrences.py`.
 */

import { IndexError } from "./index.js";
import { demandAt, elementsOf, gapPattern, isPair, literal, termAt } from "./query.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Elements} Elements */
/** @typedef {import("./query.js").Phrase} Phrase */
/** @typedef {import("./ranges.js").Contexts} Contexts */
/** @typedef {import("./ranges.js").Side} Side */
/** @typedef {{elements: Elements, isExact: boolean}} Cut a phrase in its parts */
/** @typedef {{ranks: ?Uint32Array, rank: number}} Ranked occurrences with one context of a list */

/**
 * Mark, by number, the notices that hold a phrase.
 * @type {(index: SearchIndex, phrase: Phrase) => Promise<Uint8Array>}
 */
export async function noticesWith(index, phrase) {
  const cut = { elements: elementsOf(index.folding, phrase), isExact: phrase.isExact };
  if (isPresence(cut.elements)) return index.standing(await index.meeting(demandAt(cut.elements, 0)));
  const { first, last } = chainOf(cut.elements);
  return first > last ? noticesOfOne(index, cut) : noticesOfChain(index, cut, first, last);
}

/**
 * Tell whether a notice that has a term of the phrase has the phrase.
 * @type {(elements: Elements) => boolean}
 */
export function isPresence(elements) {
  const { bases, gaps } = elements;
  const isOne = bases.length === 1 || (bases.length === 2 && isPair(elements, 0));
  return isOne && gaps[0] === "" && gaps.at(-1) === "";
}

/**
 * Give the first and last base whose terms have to be followed; their contexts tell of the bases beyond.
 * @type {(elements: Elements) => {first: number, last: number}}
 */
function chainOf(elements) {
  const end = elements.bases.length - 1;
  const last = elements.gaps[end + 1] ? end : isPair(elements, end - 1) ? end - 2 : end - 1;
  return { first: elements.gaps[0] ? 0 : 1, last };
}

// --- what may stand beside a term -----------------------------------------------------------------------------------

/**
 * Write what the phrase has before the term that opens at a base.
 * @type {(cut: Cut, at: number) => RegExp}
 */
function beforePattern({ elements, isExact }, at) {
  const gap = gapPattern(elements, at, isExact);
  if (at === 0) return new RegExp(`(?:${gap})$`, "u");
  const isOpen = at === 1 && elements.gaps[0] === "";
  return new RegExp(`${isOpen ? "" : "^"}${literal(elements.bases[at - 1])}${gap}$`, "u");
}

/**
 * Write what the phrase has after the term that opens at a base, with the gap in a group.
 * @type {(cut: Cut, at: number) => RegExp}
 */
function afterPattern({ elements, isExact }, at) {
  const end = elements.bases.length - 1;
  if (isPair(elements, at)) {
    if (at + 1 === end && elements.gaps[end + 1] === "") return /^()/u;
    return new RegExp(`^()${isPair(elements, at + 1) ? elements.bases[at + 2] : ""}$`, "u");
  }
  const gap = gapPattern(elements, at + 1, isExact);
  if (at === end) return new RegExp(`^(${gap})`, "u");
  const isOpen = at + 1 === end && elements.gaps[end + 1] === "";
  return new RegExp(`^(${gap})${literal(termAt(elements, at + 1))}${isOpen ? "" : "$"}`, "u");
}

/**
 * Mark the ranks of the contexts that match.
 * @type {(side: Side, pattern: RegExp) => Uint8Array}
 */
function fitting({ names }, pattern) {
  return Uint8Array.from(names, (name) => Number(pattern.test(name)));
}

/**
 * Take from marked occurrences those whose context does not fit.
 * @type {(alive: Uint8Array, side: Side, pattern: RegExp) => void}
 */
function keepFitting(alive, side, pattern) {
  const fits = fitting(side, pattern);
  const { ranks } = side;
  if (!ranks) {
    if (!fits[0]) alive.fill(0);
    return;
  }
  for (let place = 0; place < alive.length; place += 1) alive[place] &= fits[ranks[place]];
}

/**
 * Mark the notices of marked occurrences.
 * @type {(marks: Uint8Array, contexts: Contexts, alive: Uint8Array) => void}
 */
function markNotices(marks, { numbers, more }, alive) {
  let place = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    for (const end = place + more[at] + 1; place < end; place += 1) marks[numbers[at]] |= alive[place];
  }
}

// --- one term -------------------------------------------------------------------------------------------------------

/** @type {(index: SearchIndex, cut: Cut) => Promise<Uint8Array>} */
async function noticesOfOne(index, cut) {
  const { at, terms } = await choose(index, cut.elements);
  const [before, after] = [beforePattern(cut, at), afterPattern(cut, at)];
  const marks = new Uint8Array(index.count);
  for (const contexts of await index.contexts(terms)) {
    if (!contexts) continue;
    const alive = new Uint8Array(contexts.count).fill(1);
    keepFitting(alive, contexts.before, before);
    keepFitting(alive, contexts.after, after);
    markNotices(marks, contexts, alive);
  }
  return marks;
}

/**
 * Choose the term whose contexts tell of the whole phrase: the first, or the second if fewer terms can be it.
 * @type {(index: SearchIndex, elements: Elements) => Promise<{at: number, terms: string[]}>}
 */
async function choose(index, elements) {
  const places = elements.bases.length > 1 && elements.gaps[0] === "" ? [0, 1] : [0];
  const demands = places.map((at) => demandAt(elements, at));
  const sure = demands.findIndex(({ kind }) => kind === "term");
  if (sure >= 0) return { at: sure, terms: [demands[sure].text] };
  const met = await Promise.all(demands.map((demand) => index.meeting(demand)));
  const at = met.length > 1 && met[1].length < met[0].length ? 1 : 0;
  return { at, terms: met[at] };
}

// --- a chain of terms -----------------------------------------------------------------------------------------------

/** @type {(index: SearchIndex, cut: Cut, first: number, last: number) => Promise<Uint8Array>} */
async function noticesOfChain(index, cut, first, last) {
  const marks = new Uint8Array(index.count);
  const places = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  const chain = await index.contexts(places.map((at) => termAt(cut.elements, at)));
  if (chain.includes(null)) return marks;
  let alive = new Uint8Array(chain[0].count).fill(1);
  keepFitting(alive, chain[0].before, beforePattern(cut, first));
  chain.slice(1).forEach((next, step) => {
    alive = follow(cut, first + step, chain[step], next, alive);
  });
  keepFitting(alive, chain.at(-1).after, afterPattern(cut, last));
  markNotices(marks, chain.at(-1), alive);
  return marks;
}

/**
 * Go from marked occurrences of one term to those of the next that they lead to.
 *
 * Of the occurrences that lead from one to the other over the same gap, the k-th of one list is followed by the k-th of
 * the other; notices come in the same order in both, so that this holds over all of them at once.
 * @type {(cut: Cut, at: number, one: Contexts, other: Contexts, alive: Uint8Array) => Uint8Array}
 */
function follow(cut, at, one, other, alive) {
  const reached = new Uint8Array(other.count);
  const pattern = afterPattern(cut, at);
  one.after.names.forEach((name, leaving) => {
    const match = pattern.exec(name);
    if (!match) return;
    const entering = other.before.names.indexOf(cut.elements.bases[at] + match[1]);
    if (entering < 0) throw new IndexError("unreachable");
    pass({ ranks: one.after.ranks, rank: leaving }, alive, { ranks: other.before.ranks, rank: entering }, reached);
  });
  return reached;
}

/**
 * Hand the marks of the occurrences of one rank on, in order, to those of another rank of the next list.
 * @type {(leaving: Ranked, alive: Uint8Array, entering: Ranked, reached: Uint8Array) => void}
 */
function pass(leaving, alive, entering, reached) {
  let there = -1;
  for (let here = 0; here < alive.length; here += 1) {
    if (leaving.ranks && leaving.ranks[here] !== leaving.rank) continue;
    do there += 1;
    while (entering.ranks && there < reached.length && entering.ranks[there] !== entering.rank);
    if (there >= reached.length) throw new IndexError("unreachable");
    reached[there] = alive[here];
  }
}
