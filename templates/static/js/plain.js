/** The index of a small collection: one lunr index, searched by lunr.js as it is. */

import { IndexError, SearchIndex } from "./index.js";
import { prefixed } from "./ranges.js";
import { WORD, runs } from "./text.js";

/** @typedef {import("./candidates.js").Candidates} Candidates */
/** @typedef {import("./candidates.js").Need} Need */
/** @typedef {import("./ranges.js").Postings} Postings */

/**
 * lunr tells the nodes of its tree of terms apart by names joined from letters of terms and numbers of nodes. Where the
 * letters are digits, two nodes can have one name and terms get lost; numbers of one length leave no doubt.
 */
const FIRST_NODE = 1e9;

export class PlainIndex extends SearchIndex {
  /** @type {() => Promise<void>} */
  async openForm() {
    const [serialised, lunr] = await Promise.all([this.json("lunr"), this.source.loadLunr()]);
    if (serialised.version !== lunr.version) throw new IndexError("version");
    this.lunr = lunr;
    this.index = loadLunr(lunr, serialised);
    this.places = serialised.places;
    this.numbers = new Map(serialised.ids.map((id, number) => [id, number]));
    this.terms = new Map(serialised.invertedIndex);
  }

  /** @type {() => Promise<string[]>} */
  async words() {
    return Array.from(this.terms.keys()).filter((term) => runs(this.folding, term)[0].kind === WORD);
  }

  /** @type {(text: string) => Promise<string[]>} */
  async prefixed(text) {
    return prefixed(Array.from(this.terms.keys()), text);
  }

  /** @type {(terms: string[]) => Promise<(?Postings)[]>} */
  async postings(terms) {
    return terms.map((term) => this.terms.get(term)).map((posting) => posting && this.postingsOf(posting));
  }

  /** @type {(posting: any) => Postings} */
  postingsOf(posting) {
    const numbersOf = (held) => Uint32Array.from(Object.keys(held ?? {}), (id) => this.numbers.get(id));
    return this.directory.fields.map((field) => ({ numbers: numbersOf(posting[field]), more: new Uint32Array(0) }));
  }

  /** @type {(need: Need) => Promise<Candidates>} */
  async candidates(need) {
    const found = askLunr(this.lunr, this.index, need);
    return {
      numbers: Uint32Array.from(found, ({ id }) => this.numbers.get(id)),
      scores: Float64Array.from(found, ({ score }) => score),
    };
  }
}

/** @type {(lunr: any, serialised: any) => any} */
function loadLunr(lunr, serialised) {
  lunr.TokenSet._nextId = Math.max(lunr.TokenSet._nextId, FIRST_NODE);
  return lunr.Index.load(serialised);
}

/**
 * The same with lunr: never its query parser, only its terms.
 * @type {(lunr: any, index: any, need: Need) => {id: string, score: number}[]}
 */
function askLunr(lunr, index, { groups, wanted }) {
  const { REQUIRED, OPTIONAL } = lunr.Query.presence;
  const isPlain = wanted.every((alternatives) => alternatives.length === 1);
  if (isPlain && groups.some((group) => group.length === 0)) return [];
  const found = index.query((query) => {
    for (const group of groups) {
      // Terms of which one is enough cannot be required one by one; the groups are seen to below.
      const presence = isPlain && group.length === 1 ? REQUIRED : OPTIONAL;
      group.forEach((term) => query.term(term, { presence }));
    }
  });
  const isMet = (places, metadata) => places.every((place) => groups[place].some((term) => term in metadata));
  return found
    .filter(({ matchData: { metadata } }) => wanted.every((all) => all.some((places) => isMet(places, metadata))))
    .map(({ ref, score }) => ({ id: ref, score }));
}
