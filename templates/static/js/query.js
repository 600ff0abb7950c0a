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

import { HAN, OTHER, WORD, fold, isSpace, pairs, runs } from "./text.js";

/** @typedef {import("./text.js").Folding} Folding */
/** @typedef {{folded: string, isExact: boolean}} Phrase */
/** @typedef {"" | "empty" | "unsearchable" | "exclusions"} Problem why a query cannot be run */
/** @typedef {{phrases: Phrase[], excluded: Phrase[], isCut: boolean, problem: Problem}} Query */
/** @typedef {{kind: "term"|"prefix"|"tail"|"head"|"part", text: string}} Demand a notice must have such a term */
/** @typedef {{source: string, isExact: boolean, isExcluded: boolean}} Word as it was typed */

export const LONGEST = 300;

const HYPHENS = "-\uff0d\u2212";
const TITLE_MARKS = { "《": "》", "〈": "〉" };
const EDGES = /^[,.;:!?、。"'<>-]+|[,.;:!?、。"'<>-]+$/gu;
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/gu;

/** @type {(folding: Folding, typed: string) => Query} */
export function parseQuery(folding, typed) {
  const characters = Array.from(typed.slice(0, 2 * LONGEST + 2));
  const words = splitWords(folding, characters.slice(0, LONGEST));
  const [phrases, excluded] = [false, true].map((isExcluded) =>
    words
      .filter((word) => word.isExcluded === isExcluded)
      .map((word) => phraseOf(folding, word))
      .filter((phrase) => runs(folding, phrase.folded).some(({ kind }) => kind !== OTHER)),
  );
  const problem = phrases.length ? "" : excluded.length ? "exclusions" : words.length ? "unsearchable" : "empty";
  return { phrases, excluded, isCut: characters.length > LONGEST, problem };
}

/** @type {(folding: Folding, word: Word) => Phrase} */
function phraseOf(folding, { source, isExact }) {
  const folded = fold(folding, source).text;
  return { folded: isExact ? folded : folded.replace(EDGES, ""), isExact };
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

// --- what the index must hold ---------------------------------------------------------------------------------------

/**
 * List what terms a notice must have to hold the phrases; it may have them and not hold one.
 * @type {(folding: Folding, phrases: Phrase[]) => Demand[]}
 */
export function demandsOf(folding, phrases) {
  const demands = phrases.flatMap(({ folded }) => {
    const parts = runs(folding, folded);
    return parts.flatMap((part, at) => demandsOfRun(part, at === 0, at === parts.length - 1));
  });
  return [...new Map(demands.map((demand) => [demand.kind + demand.text, demand])).values()];
}

/** @type {(run: import("./text.js").Run, isFirst: boolean, isLast: boolean) => Demand[]} */
function demandsOfRun({ kind, text }, isFirst, isLast) {
  if (kind === WORD) return [{ kind: isFirst ? (isLast ? "part" : "tail") : isLast ? "head" : "term", text }];
  if (kind !== HAN) return [];
  const terms = pairs(text);
  // What follows the last character is open at the end of a phrase, and is no Chinese character inside of it.
  if (isLast && terms.length === 1) return [{ kind: "prefix", text }];
  return (isLast ? terms.slice(0, -1) : terms).map((term) => ({ kind: "term", text: term }));
}

// --- what the text must hold ----------------------------------------------------------------------------------------

/**
 * Write a phrase as a pattern over folded text.
 * @type {(folding: Folding, phrase: Phrase) => RegExp}
 */
export function patternOf(folding, { folded, isExact }) {
  if (isExact) return new RegExp(escape(folded), "gu");
  const parts = runs(folding, folded);
  const pattern = parts.map(({ kind, text }, at) => {
    const before = parts[at - 1];
    if ("()".includes(text)) return before && "()".includes(before.text) ? "" : "[()]+";
    return (kind !== OTHER && before && before.kind !== OTHER ? "[()]*" : "") + escape(text);
  });
  return new RegExp(pattern.join(""), "gu");
}

/** @type {(literal: string) => string} */
function escape(literal) {
  return literal.replace(SYNTAX, "\\$&");
}
