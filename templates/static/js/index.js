/**
 * The index of the site: loaded, checked, asked for candidates.
 *
 * Nothing here knows the page: the caller hands in lunr and a function that reads a file. An index answers `candidates`
 * in promises, so that one which fetches its terms when they are asked for can stand in its place.
 */

import { WORD, readFolding, runs } from "./text.js";

/** @typedef {import("./query.js").Demand} Demand */
/** @typedef {import("./text.js").Folding} Folding */
/** @typedef {{id: string, score: number}} Candidate a notice that may hold the phrases */
/** @typedef {{id: string, address: string, title: ?string, institutions: string[], number: ?string}} NamedRecord */
/** @typedef {{genre: ?string, date: ?string, dated: ?string, label: ?string}} DatedRecord */
/** @typedef {NamedRecord & DatedRecord & {place: number}} NoticeRecord with its place in the order of the library */
/** @typedef {(demands: Demand[]) => Promise<Candidate[]>} Ask */
/** @typedef {{folding: Folding, records: Map<string, NoticeRecord>, candidates: Ask}} SearchIndex */
/** @typedef {(name: string, isFresh: boolean) => Promise<any>} ReadFile past caches if it is to be fresh */

/** Version of the files below `search/` that this script reads; `sitegen/search/__init__.py` writes it. */
export const FORMAT = 1;

const NAMES = ["folding", "index", "notices"];

/**
 * lunr tells the nodes of its tree of terms apart by names joined from letters of terms and numbers of nodes. Where the
 * letters are digits, two nodes can have one name and terms get lost; numbers of one length leave no doubt.
 */
const FIRST_NODE = 1e9;

/** Says in `reason` why there is no index: "unreachable", or "version" where its files do not belong together. */
export class IndexError extends Error {
  /** @param {string} reason @param {unknown} [cause] */
  constructor(reason, cause) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/**
 * Load the index; where caches hold files of two builds, once more past them.
 * @type {(lunr: any, readFile: ReadFile) => Promise<SearchIndex>}
 */
export async function loadIndex(lunr, readFile) {
  let files = await readFiles(readFile, false);
  if (!belongTogether(lunr, files)) files = await readFiles(readFile, true);
  if (!belongTogether(lunr, files)) throw new IndexError("version");
  const [table, index, { notices }] = files;
  const folding = readFolding(table);
  return {
    folding,
    records: new Map(notices.map((record, place) => [record.id, { ...record, place }])),
    candidates: openPlain(lunr, index, lexiconOf(folding, index)),
  };
}

/** @type {(readFile: ReadFile, isFresh: boolean) => Promise<any[]>} */
async function readFiles(readFile, isFresh) {
  try {
    return await Promise.all(NAMES.map((name) => readFile(name, isFresh)));
  } catch (error) {
    throw new IndexError("unreachable", error);
  }
}

/** @type {(lunr: any, files: any[]) => boolean} */
function belongTogether(lunr, files) {
  const editions = new Set(files.map(({ edition }) => edition));
  return editions.size === 1 && files.every(({ format }) => format === FORMAT) && files[1].version === lunr.version;
}

// --- the terms of the index -----------------------------------------------------------------------------------------

/** @typedef {{terms: string[], words: string[]}} Lexicon all terms, sorted, and those that are no Chinese */

/** @type {(folding: Folding, index: any) => Lexicon} */
function lexiconOf(folding, index) {
  const terms = index.invertedIndex.map(([term]) => term);
  return { terms, words: terms.filter((term) => runs(folding, term)[0].kind === WORD) };
}

/**
 * Find the terms that meet a demand.
 * @type {(lexicon: Lexicon, demand: Demand) => string[]}
 */
export function expand({ terms, words }, { kind, text }) {
  if (kind === "prefix") return prefixed(terms, text);
  if (kind === "head") return words.filter((word) => word.startsWith(text));
  if (kind === "tail") return words.filter((word) => word.endsWith(text));
  if (kind === "part") return words.filter((word) => word.includes(text));
  return [text];
}

/** @type {(terms: string[], prefix: string) => string[]} */
function prefixed(terms, prefix) {
  let [low, high] = [0, terms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle] < prefix) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let at = low; at < terms.length && terms[at].startsWith(prefix); at += 1) found.push(terms[at]);
  return found;
}

// --- the plain index ------------------------------------------------------------------------------------------------

/** @type {(lunr: any, serialised: any) => any} */
export function loadLunr(lunr, serialised) {
  lunr.TokenSet._nextId = Math.max(lunr.TokenSet._nextId, FIRST_NODE);
  return lunr.Index.load(serialised);
}

/** @type {(lunr: any, serialised: any, lexicon: Lexicon) => Ask} */
function openPlain(lunr, serialised, lexicon) {
  const index = loadLunr(lunr, serialised);
  return async (demands) => askLunr(lunr, index, demands.map((demand) => expand(lexicon, demand)));
}

/**
 * Find the notices that have a term of every group, with lunr's score over all the terms.
 * @type {(lunr: any, index: any, groups: string[][]) => Candidate[]}
 */
export function askLunr(lunr, index, groups) {
  if (groups.some((group) => group.length === 0) || groups.length === 0) return [];
  const { REQUIRED, OPTIONAL } = lunr.Query.presence;
  const found = index.query((query) => {
    for (const group of groups) {
      // Terms of which one is enough cannot be required one by one; the groups are seen to below.
      const presence = group.length > 1 ? OPTIONAL : REQUIRED;
      group.forEach((term) => query.term(term, { presence }));
    }
  });
  return found
    .filter(({ matchData }) => groups.every((group) => group.some((term) => term in matchData.metadata)))
    .map(({ ref, score }) => ({ id: ref, score }));
}
