/**
 * What a Latin word may stand for when the texts do not hold it; the twin of `sitegen/search/loose.py`.
 *
 * Itself; Chinese characters of a name that are read so, whole syllables or first letters, or else syllables with one
 * wrong letter; and words of the texts that differ in one letter.
 */

import { isLatin } from "./query.js";
import { isHan } from "./text.js";

/** @typedef {import("./text.js").Folding} Folding */
/** @typedef {import("./query.js").Phrase} Phrase */
/** @typedef {{names: string[], institutions: number, readings: Record<string, string[]>}} Names issuers first */
/** @typedef {Map<string, string[]>} Readings */
/** @typedef {(reading: string) => boolean} Tells */
/** @typedef {(run: string[], start: number, found: Set<string>) => void} Find */

const MOST_ALTERNATIVES = 30;
const NEAR_WORD = 4;
const NEAR_PINYIN = 5;
const FEWEST_SYLLABLES = 2;
const FEWEST_INITIALS = 3;

/**
 * Give what a phrase may stand for, itself first; itself alone where it cannot be loosened.
 * @type {(folding: Folding, phrase: Phrase, names: Names, words: string[]) => Phrase[]}
 */
export function alternativesOf(folding, phrase, names, words) {
  if (!isLatin(phrase)) return [phrase];
  const word = phrase.folded;
  const near = word.length < NEAR_WORD ? [] : words.filter((other) => other !== word && isNear(other, word));
  const loosened = [word, ...namesRead(folding, word, names), ...near.sort(byCodePoints)];
  return loosened.slice(0, MOST_ALTERNATIVES).map((folded) => ({ folded, isExact: false }));
}

/** @type {(one: string, other: string) => number} */
function byCodePoints(one, other) {
  const [here, there] = [Array.from(one), Array.from(other)];
  const at = here.findIndex((character, place) => character !== there[place]);
  if (at < 0) return here.length - there.length;
  return there[at] === undefined ? 1 : here[at].codePointAt(0) - there[at].codePointAt(0);
}

// --- near spelling --------------------------------------------------------------------------------------------------

/**
 * Tell whether two words are the same but for one letter too many, missing, wrong, or two exchanged.
 * @type {(one: string, other: string) => boolean}
 */
function isNear(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  const { rest, remainder, isExchanged } = part(one, other);
  if (isExchanged && rest.slice(2) === remainder.slice(2)) return true;
  return rest.slice(1) === remainder.slice(1) || rest.slice(1) === remainder || rest === remainder.slice(1);
}

/**
 * Tell whether a word begins with a reading but for one letter, or could with more syllables behind it.
 * @type {(reading: string, word: string) => boolean}
 */
function isNearBeginning(reading, word) {
  const { rest, remainder, isExchanged } = part(reading, word);
  if (rest.length < 2 || (isExchanged && remainder.slice(2).startsWith(rest.slice(2)))) return true;
  const [less, short] = [rest.slice(1), remainder.slice(1)];
  return short.startsWith(less) || remainder.startsWith(less) || short.startsWith(rest);
}

/**
 * Take off two words what both begin with.
 * @type {(one: string, other: string) => {rest: string, remainder: string, isExchanged: boolean}}
 */
function part(one, other) {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const [rest, remainder] = [one.slice(same), other.slice(same)];
  const isExchanged = rest.length > 1 && rest[0] === remainder[1] && rest[1] === remainder[0];
  return { rest, remainder, isExchanged };
}

// --- pinyin ---------------------------------------------------------------------------------------------------------

/**
 * List Chinese characters of names that are read as a word: those of institutions first, then those that most names
 * hold, then in the order of code points.
 * @type {(folding: Folding, word: string, names: Names) => string[]}
 */
function namesRead(folding, word, names) {
  if (word.length < FEWEST_SYLLABLES) return [];
  const readings = new Map(Object.entries(names.readings));
  const held = hanOf(folding, names);
  let found = gather(held, [syllables(word, readings), initials(word, readings)]);
  if (found.size === 0 && word.length >= NEAR_PINYIN) found = gather(held, [nearSyllables(word, readings)]);
  const isOfTitles = ([, { first }]) => Number(first >= names.institutions);
  const order = (one, other) =>
    isOfTitles(one) - isOfTitles(other) || other[1].count - one[1].count || byCodePoints(one[0], other[0]);
  return Array.from(found).sort(order).map(([characters]) => characters);
}

/** @type {WeakMap<Names, string[][][]>} */
const stretchesOf = new WeakMap();

/**
 * Cut names into stretches of two and more Han characters, once.
 * @type {(folding: Folding, names: Names) => string[][][]}
 */
function hanOf(folding, names) {
  if (!stretchesOf.has(names)) {
    stretchesOf.set(names, names.names.map((name) => cutHan(folding, name).filter(({ length }) => length > 1)));
  }
  return stretchesOf.get(names);
}

/** @type {(folding: Folding, name: string) => string[][]} */
function cutHan(folding, name) {
  const cut = [[]];
  for (const character of name) {
    if (isHan(folding, character)) cut.at(-1).push(character);
    else cut.push([]);
  }
  return cut;
}

/**
 * Find characters in names: how many names hold them, and the first that does.
 * @type {(held: string[][][], finds: Find[]) => Map<string, {first: number, count: number}>}
 */
function gather(held, finds) {
  const found = new Map();
  held.forEach((parts, number) => {
    const here = new Set();
    for (const run of parts) {
      for (let start = 0; start < run.length - 1; start += 1) for (const find of finds) find(run, start, here);
    }
    for (const characters of here) {
      const { first, count } = found.get(characters) ?? { first: number, count: 0 };
      found.set(characters, { first, count: count + 1 });
    }
  });
  return found;
}

/** @type {(word: string, readings: Readings) => Find} */
function syllables(word, readings) {
  return readOn(word, readings, (reading) => word.startsWith(reading), (reading) => reading === word);
}

/** @type {(word: string, readings: Readings) => Find} */
function nearSyllables(word, readings) {
  return readOn(word, readings, (reading) => isNearBeginning(reading, word), (reading) => isNear(reading, word));
}

/**
 * Find what is read as a word, fitting all along and right at its end.
 * @type {(word: string, readings: Readings, isFit: Tells, isRight: Tells) => Find}
 */
function readOn(word, readings, isFit, isRight) {
  const begins = charactersRead(readings, isFit);
  const read = (run, start, at, before, found) => {
    for (const syllable of readings.get(run[at]) ?? []) {
      const reading = before + syllable;
      if (reading.length > word.length + 1 || !isFit(reading)) continue;
      if (at + 1 - start >= FEWEST_SYLLABLES && isRight(reading)) found.add(run.slice(start, at + 1).join(""));
      read(run, start, at + 1, reading, found);
    }
  };
  return (run, start, found) => {
    if (begins.has(run[start])) read(run, start, start, "", found);
  };
}

/** @type {(word: string, readings: Readings) => Find} */
function initials(word, readings) {
  if (word.length < FEWEST_INITIALS) return () => {};
  const read = (letter) => charactersRead(readings, (reading) => reading[0] === letter);
  const byLetter = new Map(Array.from(new Set(word), (letter) => [letter, read(letter)]));
  const letters = Array.from(word, (letter) => byLetter.get(letter));
  return (run, start, found) => {
    let at = 0;
    while (at < letters.length && letters[at].has(run[start + at])) at += 1;
    if (at === letters.length) found.add(run.slice(start, start + at).join(""));
  };
}

/** @type {(readings: Readings, isFit: Tells) => Set<string>} */
function charactersRead(readings, isFit) {
  const fitting = Array.from(readings).filter(([, all]) => all.some(isFit));
  return new Set(fitting.map(([character]) => character));
}
