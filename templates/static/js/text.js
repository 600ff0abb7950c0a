/**
 * Folding and tokens: the twin of `sitegen/text.py`.
 *
 * The tables that come with the index decide everything here, never the browser's own Unicode data, so that every
 * browser folds a text exactly as the index was made. Offsets are those of JavaScript strings.
 */

import { BitReader } from "./bits.js";

/** @typedef {[number, number]} Range of code points: the first, and the one after the last */
/** @typedef {{classes: Uint8Array, forms: Map<number, string>, late: Range[]}} Folding `late`: forms still to come */
/** @typedef {{text: string, starts: number[], ends: number[]}} Folded with the place of each unit in the source */
/** @typedef {{kind: number, text: string}} Run a stretch of folded text of one kind */

export const OTHER = 0;
export const HAN = 1;
export const WORD = 2;
const SPACE = 3;
const GONE = 4;
const KIND = 7;
/** Marks of code points that are written otherwise, and of those whose form is still to come. */
const CHANGED = 16;
const LATE = 8;
const CODE_POINTS = 0x110000;
const BROKEN = "\ufffd";

/**
 * Unpack the table of `search/folding-….json`.
 * @type {(table: any) => Folding}
 */
export function readFolding(table) {
  const classes = new Uint8Array(CODE_POINTS);
  const kinds = { word: WORD, han: HAN, space: SPACE, gone: GONE };
  for (const [name, kind] of Object.entries(kinds)) {
    for (const [start, end] of readRanges(table[name])) classes.fill(kind, start, end);
  }
  classes.fill(CHANGED, 0xd800, 0xe000);
  const late = readRanges(table.late);
  eachCode(late, (code) => (classes[code] |= LATE));
  const folding = { classes, forms: new Map(), late };
  readForms(folding, readRanges(table.early), table.forms);
  return folding;
}

/**
 * Tell whether a text holds a character whose form is in `search/forms-….json`, which was not added yet.
 * @type {(folding: Folding, text: string) => boolean}
 */
export function needsForms({ classes, late }, text) {
  if (late.length === 0) return false;
  for (let at = 0; at < text.length; at += 1) if (classes[text.codePointAt(at)] & LATE) return true;
  return false;
}

/**
 * Add the forms of `search/forms-….json`.
 * @type {(folding: Folding, table: any) => void}
 */
export function addForms(folding, table) {
  readForms(folding, folding.late, table.forms);
  eachCode(folding.late, (code) => (folding.classes[code] &= ~LATE));
  folding.late = [];
}

/** @type {(ranges: Range[], visit: (code: number) => void) => void} */
function eachCode(ranges, visit) {
  for (const [start, end] of ranges) for (let code = start; code < end; code += 1) visit(code);
}

/**
 * Unpack ranges: how many, then for each the gap from the one before and the length.
 * @type {(packed: string) => Range[]}
 */
function readRanges(packed) {
  const bits = new BitReader(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)));
  let end = 0;
  return Array.from({ length: bits.golomb(0) }, () => {
    const start = end + bits.golomb(1);
    end = start + bits.golomb(0) + 1;
    return [start, end];
  });
}

/**
 * Unpack what stands for the code points of ranges: a character for each, between tabs where there are several.
 * @type {(folding: Folding, ranges: Range[], packed: string) => void}
 */
function readForms({ classes, forms }, ranges, packed) {
  const found = packed.matchAll(/\t([^\t]*)\t|./gsu);
  eachCode(ranges, (code) => {
    const [one, several] = found.next().value;
    forms.set(code, several ?? one);
    classes[code] |= CHANGED;
  });
}

/** @type {(folding: Folding, code: number) => number} */
function kindOf(folding, code) {
  return folding.classes[code] & KIND;
}

/** @type {(folding: Folding, character: string) => boolean} */
export function isHan(folding, character) {
  return kindOf(folding, character.codePointAt(0)) === HAN;
}

/** @type {(folding: Folding, character: string) => boolean} */
export function isSpace(folding, character) {
  return kindOf(folding, character.codePointAt(0)) === SPACE;
}

/** @type {(folding: Folding, code: number) => string} */
function form(folding, code) {
  if (code >= 0xd800 && code < 0xe000) return BROKEN;
  const kind = kindOf(folding, code);
  if (kind === GONE) return "";
  return kind === SPACE ? " " : (folding.forms.get(code) ?? String.fromCodePoint(code));
}

/**
 * Fold a text; white space goes, but for one space between two words.
 * @type {(folding: Folding, source: string) => Folded}
 */
export function fold(folding, source) {
  const { classes } = folding;
  const folded = { text: "", starts: [], ends: [] };
  let [kept, end, last] = [0, 0, OTHER];
  let space = null;
  for (let at = 0; at < source.length; at = end) {
    const code = source.codePointAt(at);
    end = code > 0xffff ? at + 2 : at + 1;
    const kind = classes[code];
    // Nearly all characters stay as they are, and are copied many together.
    if (kind <= WORD && (space === null || kind !== WORD || last !== WORD)) {
      place(folded, end - at, at, end);
      last = kind;
      space = null;
      continue;
    }
    folded.text += source.slice(kept, at);
    kept = end;
    for (const written of form(folding, code)) {
      const now = kindOf(folding, written.codePointAt(0));
      if (now === SPACE) space ??= [at, end];
      else {
        if (space && last === WORD && now === WORD) append(folded, " ", space[0], space[1]);
        append(folded, written, at, end);
        last = now;
        space = null;
      }
    }
  }
  folded.text += source.slice(kept);
  return folded;
}

/** @type {(folded: Folded, written: string, start: number, end: number) => void} */
function append(folded, written, start, end) {
  folded.text += written;
  place(folded, written.length, start, end);
}

/** @type {(folded: Folded, units: number, start: number, end: number) => void} */
function place({ starts, ends }, units, start, end) {
  for (let unit = 0; unit < units; unit += 1) {
    starts.push(start);
    ends.push(end);
  }
}

/**
 * Cut a folded text where the kind of character changes; what is no letter stays in single characters.
 * @type {(folding: Folding, folded: string) => Run[]}
 */
export function runs(folding, folded) {
  const found = [];
  for (const character of folded) {
    const kind = character === " " ? OTHER : kindOf(folding, character.codePointAt(0));
    const last = found.at(-1);
    if (last && last.kind === kind && kind !== OTHER) last.text += character;
    else found.push({ kind, text: character });
  }
  return found;
}

/**
 * Cut a run of Han characters: each with the next one, the last alone.
 * @type {(run: string) => string[]}
 */
function pairs(run) {
  const characters = Array.from(run);
  return characters.map((character, at) => character + (characters[at + 1] ?? ""));
}

/**
 * Cut a text into the terms of the index.
 * @type {(folding: Folding, source: string) => string[]}
 */
export function tokens(folding, source) {
  return runs(folding, fold(folding, source).text).flatMap(({ kind, text }) => {
    if (kind === HAN) return pairs(text);
    return kind === WORD ? [text] : [];
  });
}
