/**
 * From what a reader types to what is looked for.
 *
 * Words apart by spaces must all be there. A word in quotation marks is looked for as it is written, punctuation and
 * all; a word after a hyphen must not be there. In a word without quotation marks
 *  - commas, stops and quotation marks at its ends are passed over, so that a pasted phrase is found;
 *  - Chinese characters, and punctuation between them, stand in the text one after the other as in the word;
 *  - where Chinese meets letters or digits, brackets may stand in the text: 委2020 finds 委〔2020〕;
 *  - brackets in the word stand for brackets of any form: [2020] finds 〔2020〕;
 *  - letters or digits at its ends may be a part of a longer word of the text: 202 finds 2020.
 * lunr's own query language is never used: nothing the reader types reaches its parser.
 */

import { HAN, OTHER, fold, isSpace, runs } from "./text.js";

/** @typedef {import("./text.js").Folding} Folding */
/** @typedef {{folded: string, isExact: boolean}} Phrase */
/** @typedef {"" | "empty" | "unsearchable" | "exclusions"} Problem why a query cannot be run */
/** @typedef {{phrases: Phrase[], excluded: Phrase[], isCut: boolean, problem: Problem}} Query */
/** @typedef {{kind: "term"|"prefix"|"tail"|"head"|"part", text: string}} Demand a notice must have such a term */
/** @typedef {{bases: string[], hans: boolean[], gaps: string[]}} Elements what is between the bases too */
/** @typedef {{source: string, isExact: boolean, isExcluded: boolean}} Word as it was typed */

export const LONGEST = 300;
/** Words beyond these are passed over: each may have to be looked for in every part of the index. */
export const MOST_WORDS = 20;

const HYPHENS = "-\uff0d\u2212";
const TITLE_MARKS = { "《": "》", "〈": "〉" };
const EDGES = /^[,.;:!?、。"'<>-]+|[,.;:!?、。"'<>-]+$/gu;
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/gu;

/** @type {(folding: Folding, typed: string) => Query} */
export function parseQuery(folding, typed) {
  const characters = Array.from(typed.slice(0, 2 * LONGEST + 2));
  const typedWords = splitWords(folding, characters.slice(0, LONGEST));
  const words = typedWords.slice(0, MOST_WORDS);
  const [phrases, excluded] = [false, true].map((isExcluded) =>
    words
      .filter((word) => word.isExcluded === isExcluded)
      .map((word) => phraseOf(folding, word))
      .filter((phrase) => elementsOf(folding, phrase).bases.length > 0),
  );
  const problem = phrases.length ? "" : excluded.length ? "exclusions" : words.length ? "unsearchable" : "empty";
  return { phrases, excluded, isCut: characters.length > LONGEST || typedWords.length > MOST_WORDS, problem };
}

/** @type {(folding: Folding, word: Word) => Phrase} */
function phraseOf(folding, { source, isExact }) {
  const folded = fold(folding, source).text;
  return { folded: isExact ? folded : folded.replace(EDGES, ""), isExact };
}

/**
 * Tell whether a phrase can be loosened: a Latin word without quotation marks; it may hold digits and apostrophes.
 * @type {(phrase: Phrase) => boolean}
 */
export function isLatin({ folded, isExact }) {
  return !isExact && /^(?=.*[a-z])[a-z0-9]+(?:[' ][a-z0-9]+)*$/u.test(folded);
}

/**
 * Cut at white space, but not inside quotation marks.
 * @type {(folding: Folding, characters: string[]) => Word[]}
 */
function splitWords(folding, characters) {
  const words = [];
  let at = 0;
  while (at < characters.length) {
    const start = at;
    while (HYPHENS.includes(characters[at] ?? " ")) at += 1;
    const isExcluded = at > start;
    const close = closingQuote(folding, characters, at);
    const end = close ?? nextSpace(folding, characters, at);
    const source = characters.slice(close ? at + 1 : at, end).join("");
    if (source) words.push({ source, isExact: close !== null, isExcluded });
    at = end + 1;
  }
  return words;
}

/**
 * The place of the mark that closes a quotation opened at a place and ends the word.
 * @type {(folding: Folding, characters: string[], at: number) => number | null}
 */
function closingQuote(folding, characters, at) {
  if (!isQuote(folding, characters[at]) && !(characters[at] in TITLE_MARKS)) return null;
  const closes = TITLE_MARKS[characters[at]];
  for (let end = at + 2; end < characters.length; end += 1) {
    const isClosing = closes ? characters[end] === closes : isQuote(folding, characters[end]);
    if (isClosing && isEnd(folding, characters[end + 1])) return end;
  }
  return null;
}

/** @type {(folding: Folding, characters: string[], at: number) => number} */
function nextSpace(folding, characters, at) {
  const found = characters.findIndex((character, place) => place >= at && isSpace(folding, character));
  return found < 0 ? characters.length : found;
}

/** @type {(folding: Folding, character: string | undefined) => boolean} */
function isQuote(folding, character) {
  return character !== undefined && fold(folding, character).text === '"';
}

/** @type {(folding: Folding, character: string | undefined) => boolean} */
function isEnd(folding, character) {
  return character === undefined || isSpace(folding, character);
}

// --- bases and gaps -------------------------------------------------------------------------------------------------

/**
 * Cut a phrase into bases, each a Han character or a word, and gaps: one before each base, and one after the last.
 * @type {(folding: Folding, phrase: Phrase) => Elements}
 */
export function elementsOf(folding, { folded }) {
  const [bases, hans, gaps] = [[], [], [""]];
  for (const { kind, text } of runs(folding, folded)) {
    for (const base of kind === HAN ? text : [text]) {
      if (kind === OTHER) gaps[gaps.length - 1] += base;
      else {
        bases.push(base);
        hans.push(kind === HAN);
        gaps.push("");
      }
    }
  }
  return { bases, hans, gaps };
}

/**
 * Tell whether the base at a place is a Han character directly followed by another, so that both are one term.
 * @type {(elements: Elements, at: number) => boolean}
 */
export function isPair({ hans, gaps }, at) {
  return Boolean(hans[at] && hans[at + 1] && gaps[at + 1] === "");
}

/**
 * Give the term of the index that opens at a base, as far as the phrase tells.
 * @type {(elements: Elements, at: number) => string}
 */
export function termAt(elements, at) {
  return elements.bases[at] + (isPair(elements, at) ? elements.bases[at + 1] : "");
}

// --- what the index must hold ---------------------------------------------------------------------------------------

/**
 * List what terms a notice must have to hold a phrase; it may have them and not hold it.
 * @type {(folding: Folding, phrase: Phrase) => Demand[]}
 */
export function demandsOf(folding, phrase) {
  const elements = elementsOf(folding, phrase);
  const demands = elements.bases.map((_, at) => demandAt(elements, at));
  // What follows the last character is open; where it is the second of a pair, the pair has told of it.
  return demands.filter(({ kind }, at) => kind !== "prefix" || !isPair(elements, at - 1));
}

/**
 * Say what the term that opens at a base must be; at the ends of a phrase it may be a part of a longer one.
 * @type {(elements: Elements, at: number) => Demand}
 */
export function demandAt(elements, at) {
  const { bases, hans, gaps } = elements;
  const isFirst = at === 0 && gaps[0] === "";
  const isLast = at === bases.length - 1 && gaps[at + 1] === "";
  if (hans[at]) return { kind: isLast ? "prefix" : "term", text: termAt(elements, at) };
  return { kind: isFirst ? (isLast ? "part" : "tail") : isLast ? "head" : "term", text: bases[at] };
}

// --- what the text must hold ----------------------------------------------------------------------------------------

/**
 * Write a phrase as a pattern over folded text.
 * @type {(folding: Folding, phrase: Phrase) => RegExp}
 */
export function patternOf(folding, phrase) {
  const elements = elementsOf(folding, phrase);
  const parts = elements.bases.map((base, at) => gapPattern(elements, at, phrase.isExact) + literal(base));
  return new RegExp(parts.join("") + gapPattern(elements, parts.length, phrase.isExact), "gu");
}

/**
 * Write one gap of a phrase as a pattern: in quotation marks as typed; else brackets stand for brackets of any form and
 * number, and where Chinese meets letters or digits, some may stand that were not typed.
 * @type {(elements: Elements, at: number, isExact: boolean) => string}
 */
export function gapPattern(elements, at, isExact) {
  const { bases, gaps } = elements;
  if (isExact) return literal(gaps[at]);
  if (gaps[at] === "") return at > 0 && at < bases.length && !isPair(elements, at - 1) ? "[()]*" : "";
  return gaps[at].replace(/[()]+|[^()]+/gu, (part) => ("()".includes(part[0]) ? "[()]+" : literal(part)));
}

/** @type {(text: string) => string} */
export function literal(text) {
  return text.replace(SYNTAX, "\\$&");
}
