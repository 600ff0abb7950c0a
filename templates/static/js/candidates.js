/**
 * Which notices may hold the phrases, and how well: lunr's scores, by the same sum over packed lists.
 *
 * lunr.js takes 200 ms where six terms stand in each of ten thousand notices; a sum over arrays takes a few.
 */

/** @typedef {import("./ranges.js").Postings} Postings */
/** @typedef {number[][][]} Wanted for each phrase its alternatives, each the places of the groups it needs */
/** @typedef {{groups: string[][], wanted: Wanted}} Need groups of terms, any one of which is enough */
/** @typedef {{numbers: Uint32Array, scores: Float64Array}} Candidates notices that may hold the phrases */
/** @typedef {{fields: Float64Array[], boosts: number[]}} Weights lengths of fields, as lunr weighs them */

const K1 = 1.2;
const B = 0.75;
const PLACES = 1000;

/**
 * Weigh the lengths of fields once for all queries.
 * @type {(lengths: number[][], averages: number[], boosts: number[]) => Weights}
 */
export function weighLengths(lengths, averages, boosts) {
  const weigh = (field, average) => Float64Array.from(field.map((length) => K1 * (1 - B + B * (length / average))));
  return { boosts, fields: lengths.map((field, at) => weigh(field, averages[at])) };
}

/**
 * Find and score the notices that have, for each phrase, a term of every group of one of its alternatives.
 * @type {(need: Need, postings: Map<string, Postings>, weights: Weights, count: number) => Candidates}
 */
export function scorePacked({ groups, wanted }, postings, weights, count) {
  const marks = wanted.map((alternatives) => markPhrase(alternatives, groups, postings, count));
  const [first, ...others] = marks;
  for (let number = 0; number < count; number += 1) for (const other of others) first[number] &= other[number];
  const scores = new Float64Array(count);
  let squares = 0;
  for (const [term, boost] of boostsOf(groups)) {
    const lists = postings.get(term);
    if (!lists) continue;
    squares += boost * boost;
    addTerm(scores, first, lists, boost, weights);
  }
  return gather(first, scores, Math.sqrt(squares));
}

/**
 * Count in how many groups each term is.
 * @type {(groups: string[][]) => Map<string, number>}
 */
function boostsOf(groups) {
  const boosts = new Map();
  for (const group of groups) for (const term of group) boosts.set(term, (boosts.get(term) ?? 0) + 1);
  return boosts;
}

/**
 * Mark the notices that have a term of every group of an alternative.
 * @type {(alternatives: number[][], groups: string[][], postings: Map<string, Postings>, count: number) => Uint8Array}
 */
function markPhrase(alternatives, groups, postings, count) {
  const marks = new Uint8Array(count);
  for (const places of alternatives) {
    const met = new Uint16Array(count);
    places.forEach((place, before) => {
      for (const term of groups[place]) raise(met, before, postings.get(term) ?? []);
    });
    for (let number = 0; number < count; number += 1) if (met[number] === places.length) marks[number] = 1;
  }
  return marks;
}

/**
 * Raise the count of the notices of a term that have met all groups before this one.
 * @type {(met: Uint16Array, before: number, lists: Postings) => void}
 */
function raise(met, before, lists) {
  for (const list of lists) {
    if (!list) continue;
    const { numbers } = list;
    for (let at = 0; at < numbers.length; at += 1) if (met[numbers[at]] === before) met[numbers[at]] = before + 1;
  }
}

/**
 * Add a term to the scores of marked notices, each weight rounded as lunr's Builder rounds it.
 * @type {(scores: Float64Array, marks: Uint8Array, lists: Postings, boost: number, weights: Weights) => void}
 */
function addTerm(scores, marks, lists, boost, { fields, boosts }) {
  const count = marks.length;
  const frequency = lists.reduce((sum, list) => sum + (list ? list.numbers.length : 0), 0);
  const idf = Math.log(1 + Math.abs((count - frequency + 0.5) / (frequency + 0.5)));
  lists.forEach((list, field) => {
    if (!list) return;
    const { numbers, more } = list;
    const [lengths, weight] = [fields[field], boosts[field]];
    for (let at = 0; at < numbers.length; at += 1) {
      const number = numbers[at];
      if (!marks[number]) continue;
      const times = more[at] + 1;
      const score = ((idf * ((K1 + 1) * times)) / (lengths[number] + times)) * weight;
      scores[number] += (boost * Math.round(score * PLACES)) / PLACES;
    }
  });
}

/** @type {(marks: Uint8Array, scores: Float64Array, magnitude: number) => Candidates} */
function gather(marks, scores, magnitude) {
  const numbers = numbersOf(marks);
  const found = new Float64Array(numbers.length);
  for (let at = 0; at < found.length; at += 1) found[at] = scores[numbers[at]] / magnitude;
  return { numbers, scores: found };
}

/** @type {(marks: Uint8Array) => Uint32Array} */
export function numbersOf(marks) {
  const numbers = new Uint32Array(marks.length);
  let count = 0;
  for (let number = 0; number < marks.length; number += 1) if (marks[number]) numbers[count++] = number;
  return numbers.subarray(0, count);
}
