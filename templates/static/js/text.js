/**
 * Folding and tokens: the twin of `sitegen/text.py`.
 *
 * The table that comes with the index decides everything here, never the browser's own Unicode data, so that every
 * browser folds a text exactly as the index was made. Offsets are those of JavaScript strings.
 */

/** @typedef {{classes: Uint8Array, forms: Map<number, string>}} Folding */
/** @typedef {{text: string, starts: number[], ends: number[]}} Folded with the place of each unit in the source */
/** @typedef {{kind: number, text: string}} Run a stretch of folded text of one kind */

export const OTHER = 0;
export const HAN = 1;
export const WORD = 2;
const SPACE = 3;
const GONE = 4;
const CODE_POINTS = 0x110000;
const BROKEN = "\ufffd";

/**
 * Unpack the table of `search/folding.json`.
 * @type {(table: any) => Folding}
 */
export function readFolding(table) {
  const classes = new Uint8Array(CODE_POINTS);
  mark(classes, table.word, WORD);
  mark(classes, table.han, HAN);
  mark(classes, table.space, SPACE);
  mark(classes, table.gone, GONE);
  const forms = new Map();
  const [from, to] = table.one.map((characters) => Array.from(characters));
  from.forEach((character, at) => forms.set(character.codePointAt(0), to[at]));
  Object.entries(table.many).forEach(([character, form]) => forms.set(character.codePointAt(0), form));
  return { classes, forms };
}

/**
 * Write one class over packed ranges: gap, count, gap, count …
 * @type {(classes: Uint8Array, packed: number[], kind: number) => void}
 */
function mark(classes, packed, kind) {
  let end = 0;
  for (let at = 0; at < packed.length; at += 2) {
    const start = end + packed[at];
    end = start + packed[at + 1];
    classes.fill(kind, start, end);
  }
}

/** @type {(folding: Folding, character: string) => string} */
function form(folding, character) {
  const code = character.codePointAt(0);
  if (code >= 0xd800 && code < 0xe000) return BROKEN;
  const kind = folding.classes[code];
  if (kind === GONE) return "";
  return kind === SPACE ? " " : (folding.forms.get(code) ?? character);
}

/** @type {(folding: Folding, character: string) => number} */
function kindOf(folding, character) {
  return folding.classes[character.codePointAt(0)];
}

/** @type {(folding: Folding, character: string) => boolean} */
export function isSpace(folding, character) {
  return kindOf(folding, character) === SPACE;
}

/**
 * Fold a text; white space goes, but for one space between two words.
 * @type {(folding: Folding, source: string) => Folded}
 */
export function fold(folding, source) {
  const folded = { text: "", starts: [], ends: [] };
  let offset = 0;
  let last = OTHER;
  let space = null;
  for (const character of source) {
    const end = offset + character.length;
    for (const written of form(folding, character)) {
      const kind = kindOf(folding, written);
      if (kind === SPACE) {
        space ??= [offset, end];
        continue;
      }
      if (space && last === WORD && kind === WORD) append(folded, " ", ...space);
      append(folded, written, offset, end);
      last = kind;
      space = null;
    }
    offset = end;
  }
  return folded;
}

/** @type {(folded: Folded, written: string, start: number, end: number) => void} */
function append(folded, written, start, end) {
  folded.text += written;
  for (let unit = 0; unit < written.length; unit += 1) {
    folded.starts.push(start);
    folded.ends.push(end);
  }
}

/**
 * Cut a folded text where the kind of character changes; what is no letter stays in single characters.
 * @type {(folding: Folding, folded: string) => Run[]}
 */
export function runs(folding, folded) {
  const found = [];
  for (const character of folded) {
    const kind = character === " " ? OTHER : kindOf(folding, character);
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
export function pairs(run) {
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
