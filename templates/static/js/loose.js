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
/** @typedef {Map<string, {first: number, count: number}>} Found */
/**
 * The Han characters of all names, "" for any other; the number of the name of each; where each character stands.
 * @typedef {{characters: string[], numbers: number[], places: Map<string, number[]>, readings: Readings}} Sorted
 */
/** @typedef {(characters: string[], start: number, tell: (end: number) => void) => void} Read */
/** @typedef {{firsts: string[], read: Read}} Find */

const MOST_ALTERNATIVES = 30;
const MOST_WORDS = 4;
const NEAR_WORD = 4;
const NEAR_PINYIN = 5;
const FEWEST_SYLLABLES = 2;
const FEWEST_INITIALS = 3;

/**
 * Give for each phrase what it may stand for, itself first: itself alone where it cannot be loosened, or comes after
 * four that can. Latin words side by side that are read as a name only together, jiao tong, become one.
 * @type {(folding: Folding, phrases: Phrase[], names: Names, words: string[]) => Phrase[][]}
 */
export function loosen(folding, phrases, names, words) {
  const latin = new Set(phrases.filter(isLatin).slice(0, MOST_WORDS).map(({ folded }) => folded));
  const known = new Map();
  const read = (word) => {
    if (!known.has(word)) known.set(word, readExactly(folding, word, names));
    return known.get(word);
  };
  const run = runTogether(phrases, latin, (word) => read(word).size > 0);
  const isLoosened = (phrase) => isLatin(phrase) && (latin.has(phrase.folded) || phrase.folded.includes(" "));
  const loosenOne = ({ folded }) => {
    const named = namesRead(folding, spelling(folded), names, read(spelling(folded)));
    return alternativesOf(folded, named, words);
  };
  return run.map((phrase) => (isLoosened(phrase) ? loosenOne(phrase) : [phrase]));
}

/**
 * Join words side by side, the most that are read together, of which none is read by itself.
 * @type {(phrases: Phrase[], latin: Set<string>, isRead: Tells) => Phrase[]}
 */
function runTogether(phrases, latin, isRead) {
  const isAlone = (phrase) => isLatin(phrase) && latin.has(phrase.folded) && !isRead(spelling(phrase.folded));
  const alone = phrases.map(isAlone);
  const run = [];
  for (let at = 0, end = 0; at < phrases.length; at = end) {
    while (alone[end]) end += 1;
    while (end > at + 1 && !isRead(spelling(joined(phrases.slice(at, end))))) end -= 1;
    end = Math.max(end, at + 1);
    run.push({ folded: joined(phrases.slice(at, end)), isExact: phrases[at].isExact });
  }
  return run;
}

/** @type {(phrases: Phrase[]) => string} */
function joined(phrases) {
  return phrases.map(({ folded }) => folded).join(" ");
}

/** @type {(folded: string) => string} the letters and digits of a Latin word */
function spelling(folded) {
  return folded.replace(/[' ]/gu, "");
}

/** @type {(folded: string, named: string[], words: string[]) => Phrase[]} */
function alternativesOf(folded, named, words) {
  const word = spelling(folded);
  const near = word.length < NEAR_WORD ? [] : words.filter((other) => other !== folded && isNear(other, word));
  const loosened = [folded, ...named, ...near.sort(byCodePoints)];
  return loosened.slice(0, MOST_ALTERNATIVES).map((one) => ({ folded: one, isExact: false }));
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
 * List Chinese characters of names that are read as a word, or else nearly so: those of institutions first, then those
 * that most names hold, then in the order of code points.
 * @type {(folding: Folding, word: string, names: Names, exactly: Found) => string[]}
 */
function namesRead(folding, word, names, exactly) {
  let found = exactly;
  if (found.size === 0 && word.length >= NEAR_PINYIN) {
    const all = sortedOf(folding, names);
    found = gather(all, [nearSyllables(word, all.readings)]);
  }
  const isOfTitles = ([, { first }]) => Number(first >= names.institutions);
  const order = (one, other) =>
    isOfTitles(one) - isOfTitles(other) || other[1].count - one[1].count || byCodePoints(one[0], other[0]);
  return Array.from(found).sort(order).map(([characters]) => characters);
}

/** @type {(folding: Folding, word: string, names: Names) => Found} */
function readExactly(folding, word, names) {
  const all = sortedOf(folding, names);
  return gather(all, [syllables(word, all.readings), initials(word, all.readings)]);
}

/** @type {WeakMap<Names, Sorted>} */
const sorted = new WeakMap();

/**
 * Sort the Han characters of names by what they are, once.
 * @type {(folding: Folding, names: Names) => Sorted}
 */
function sortedOf(folding, names) {
  if (!sorted.has(names)) sorted.set(names, sort(folding, names));
  return sorted.get(names);
}

/** @type {(folding: Folding, names: Names) => Sorted} */
function sort(folding, { names, readings }) {
  const [characters, numbers, places] = [[], [], new Map()];
  names.forEach((name, number) => {
    for (const character of [...name, ""]) {
      if (character && isHan(folding, character)) {
        if (!places.has(character)) places.set(character, []);
        places.get(character).push(characters.length);
        characters.push(character);
      } else characters.push("");
      numbers.push(number);
    }
  });
  return { characters, numbers, places, readings: new Map(Object.entries(readings)) };
}

/**
 * Find characters in names: how many names hold them, and the first that does.
 * @type {(names: Sorted, finds: Find[]) => Found}
 */
function gather({ characters, numbers, places }, finds) {
  const holders = new Map();
  const hold = (found, number) => {
    if (!holders.has(found)) holders.set(found, new Set());
    holders.get(found).add(number);
  };
  for (const { firsts, read } of finds) {
    for (const start of firsts.flatMap((character) => places.get(character) ?? [])) {
      read(characters, start, (end) => hold(characters.slice(start, end).join(""), numbers[start]));
    }
  }
  const sum = (held) => ({ first: Math.min(...held), count: held.size });
  return new Map(Array.from(holders, ([found, held]) => [found, sum(held)]));
}

/** @type {(word: string, readings: Readings) => Find} */
function syllables(word, readings) {
  return readOn(word, readings, (reading) => word.startsWith(reading), (reading) => reading === word);
}

/** @type {(word: string, readings: Readings) => Find} */
function nearSyllables(word, readings) {
  const known = new Map(); // the same few syllables begin most names
  const isFit = (reading) => {
    if (!known.has(reading)) known.set(reading, isNearBeginning(reading, word));
    return known.get(reading);
  };
  return readOn(word, readings, isFit, (reading) => isNear(reading, word));
}

/**
 * Find what is read as a word, fitting all along and right at its end.
 * @type {(word: string, readings: Readings, isFit: Tells, isRight: Tells) => Find}
 */
function readOn(word, readings, isFit, isRight) {
  const readFrom = (characters, start, at, before, tell) => {
    for (const syllable of readings.get(characters[at]) ?? []) {
      const reading = before + syllable;
      if (reading.length > word.length + 1 || !isFit(reading)) continue;
      if (at + 1 - start >= FEWEST_SYLLABLES && isRight(reading)) tell(at + 1);
      readFrom(characters, start, at + 1, reading, tell);
    }
  };
  const read = (characters, start, tell) => readFrom(characters, start, start, "", tell);
  return { firsts: charactersRead(readings, isFit), read };
}

/** @type {(word: string, readings: Readings) => Find} */
function initials(word, readings) {
  const begun = (letter) => charactersRead(readings, (reading) => reading[0] === letter);
  const byLetter = new Map(Array.from(new Set(word), (letter) => [letter, new Set(begun(letter))]));
  const letters = Array.from(word, (letter) => byLetter.get(letter));
  const isPossible = word.length >= FEWEST_INITIALS && letters.every(({ size }) => size > 0);
  const read = (characters, start, tell) => {
    let at = 1;
    while (at < letters.length && letters[at].has(characters[start + at])) at += 1;
    if (at === letters.length) tell(start + at);
  };
  return { firsts: isPossible ? [...letters[0]] : [], read };
}

/** @type {(readings: Readings, isFit: Tells) => string[]} */
function charactersRead(readings, isFit) {
  return Array.from(readings.keys()).filter((character) => readings.get(character).some(isFit));
}
