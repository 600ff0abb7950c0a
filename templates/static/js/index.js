/**
 * The index of a site: its directory, the files that this names, and what they tell of terms and notices.
 *
 * Nothing here knows where the files lie: the caller hands in functions that read one and that load lunr. All files but
 * the directory carry a digest in their name, so that what was read once stays good.
 */

import { scorePacked, weighLengths } from "./candidates.js";
import { FORMAT, listOf, nameAt, parseRange, prefixed, rangesOf, readContexts, readPostings } from "./ranges.js";
import { addForms, needsForms, readFolding } from "./text.js";

/** @typedef {import("./candidates.js").Candidates} Candidates */
/** @typedef {import("./candidates.js").Need} Need */
/** @typedef {import("./query.js").Demand} Demand */
/** @typedef {import("./ranges.js").Contexts} Contexts */
/** @typedef {import("./ranges.js").Postings} Postings */
/** @typedef {import("./ranges.js").Ranges} Ranges */
/** @typedef {import("./text.js").Folding} Folding */
/** @typedef {{id: string, title: ?string, institutions: string[], number: ?string, genre: ?string}} NamedRecord */
/** @typedef {NamedRecord & {date: ?string, dated: ?string, label: ?string}} NoticeRecord */
/** @typedef {(name: string, isFresh: boolean) => Promise<ArrayBuffer>} ReadFile past caches if it is to be fresh */
/** @typedef {{readFile: ReadFile, loadLunr: () => Promise<any>}} Source */

const MOST_FILES = 2000;
const MOST_BYTES = 1 << 20;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Says in `reason` why there is no index: "unreachable", or "version" where the script is of another one. */
export class IndexError extends Error {
  /** @param {string} reason @param {unknown} [cause] */
  constructor(reason, cause) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/**
 * Keep what was made last, by name; what failed is made again when it is next asked for.
 * @type {(most: number) => (name: string, make: () => Promise<any>) => Promise<any>}
 */
export function keeper(most) {
  /** @type {Map<string, Promise<any>>} */
  const kept = new Map();
  return (name, make) => {
    const found = kept.get(name) ?? make();
    kept.delete(name);
    kept.set(name, found);
    found.catch(() => kept.get(name) === found && kept.delete(name));
    if (kept.size > most) kept.delete(kept.keys().next().value);
    return found;
  };
}

/** Keeps what was read last of lists, up to a size of these together. */
class Kept {
  /** @param {number} most */
  constructor(most) {
    this.most = most;
    this.size = 0;
    /** @type {Map<string, {value: any, size: number}>} */
    this.values = new Map();
  }

  /** @type {<T>(name: string, size: number, make: () => T) => T} */
  get(name, size, make) {
    const found = this.values.get(name) ?? { value: make(), size };
    if (!this.values.delete(name)) this.size += size;
    this.values.set(name, found);
    for (const [oldest, { size: freed }] of this.values) {
      if (this.size <= this.most) break;
      this.values.delete(oldest);
      this.size -= freed;
    }
    return found.value;
  }
}

/** @type {(buffer: ArrayBuffer) => any} */
function parseJson(buffer) {
  return JSON.parse(decoder.decode(buffer));
}

/**
 * Open the index; with what the first search needs at once.
 * @type {(source: Source, isFresh: boolean) => Promise<SearchIndex>}
 */
export async function openIndex(source, isFresh) {
  let directory = await readDirectory(source, isFresh);
  if (directory.format !== FORMAT && !isFresh) directory = await readDirectory(source, true);
  if (directory.format !== FORMAT) throw new IndexError("version");
  const Form = directory.form === "plain" ? (await import("./plain.js")).PlainIndex : PackedIndex;
  const index = new Form(source, directory);
  await index.open();
  return index;
}

/** @type {(source: Source, isFresh: boolean) => Promise<any>} */
async function readDirectory({ readFile }, isFresh) {
  try {
    return parseJson(await readFile("index.json", isFresh));
  } catch (error) {
    throw new IndexError("unreachable", error);
  }
}

export class SearchIndex {
  /** @param {Source} source @param {any} directory */
  constructor(source, directory) {
    this.source = source;
    this.directory = directory;
    this.edition = directory.edition;
    this.count = directory.notices;
    this.keepFile = keeper(MOST_FILES);
    this.kept = new Kept(MOST_BYTES);
  }

  /** @type {() => Promise<void>} */
  async open() {
    const [table] = await Promise.all([this.json("folding"), this.openForm()]);
    /** @type {Folding} */
    this.folding = readFolding(table);
  }

  /**
   * Read a file; one that is not there, or is not what it should be, may be of a build that was replaced.
   * @type {(name: string, parse: (buffer: ArrayBuffer) => any) => Promise<any>}
   */
  file(name, parse) {
    return this.keepFile(name, async () => {
      try {
        return parse(await this.source.readFile(name, false));
      } catch (error) {
        throw new IndexError("unreachable", error);
      }
    });
  }

  /** @type {() => Promise<boolean>} whether another build has taken the place of this one */
  async isReplaced() {
    return (await readDirectory(this.source, true)).edition !== this.edition;
  }

  /** @type {(key: string) => Promise<any>} one of the files that the directory names */
  json(key) {
    return this.file(this.directory.files[key], parseJson);
  }

  /** @type {(texts: string[]) => Promise<void>} get the forms that texts need before they are folded */
  async readyFor(texts) {
    if (!texts.some((text) => needsForms(this.folding, text))) return;
    const table = await this.json("forms");
    if (this.folding.late.length > 0) addForms(this.folding, table);
  }

  /** @type {(number: number) => Promise<NoticeRecord>} */
  async record(number) {
    const { size, names } = this.directory.records;
    const { records } = await this.file(`records/${nameAt(names, Math.floor(number / size))}.json`, parseJson);
    return records[number % size];
  }

  /** @type {(demand: Demand) => Promise<string[]>} the terms that meet a demand */
  async meeting({ kind, text }) {
    if (kind === "term") return [text];
    if (kind === "prefix") return this.prefixed(text);
    const words = await this.words();
    if (kind === "head") return prefixed(words, text);
    return words.filter(kind === "tail" ? (word) => word.endsWith(text) : (word) => word.includes(text));
  }

  /** @type {(terms: string[]) => Promise<(?Contexts)[]>} */
  async contexts(terms) {
    const ranges = await this.json("contexts");
    return this.lists(ranges, "contexts", terms, readContexts);
  }

  /**
   * Read the lists of terms; null where there is none.
   * @type {(ranges: Ranges, folder: string, terms: string[], read: (list: Uint8Array) => any) => Promise<any[]>}
   */
  async lists(ranges, folder, terms, read) {
    const groupNames = terms.map((term) => rangesOf(ranges, term, false)[0]);
    const groups = await readOnce(groupNames, (name) => this.group(folder, name));
    const names = terms.map((term, at) => groupNames[at] && rangesOf(groups.get(groupNames[at]), term, false)[0]);
    const found = await readOnce(names, (name) => this.range(folder, name));
    return terms.map((term, at) => {
      const list = found.get(names[at]) && listOf(found.get(names[at]), term);
      return list && this.kept.get(`${folder} ${term}`, list.length, () => attempt(() => read(list)));
    });
  }

  /** @type {(folder: string, name: string) => Promise<Ranges>} the part of a directory that names files of lists */
  group(folder, name) {
    return this.file(`${folder}/${name}.json`, parseJson);
  }

  /** @type {(folder: string, name: string) => Promise<any>} */
  range(folder, name) {
    const kind = folder === "terms" ? "T" : "C";
    return this.file(`${folder}/${name}.bin`, (buffer) => parseRange(buffer, kind));
  }

  /**
   * Mark the notices whose article, not only whose institution, has one of the terms.
   * @type {(terms: string[]) => Promise<Uint8Array>}
   */
  async standing(terms) {
    const marks = new Uint8Array(this.count);
    const article = this.directory.fields.map((field) => field !== "institution");
    for (const lists of await this.postings(terms)) {
      lists?.forEach((list, field) => {
        if (list && article[field]) for (const number of list.numbers) marks[number] = 1;
      });
    }
    return marks;
  }
}

/**
 * Read what names stand for, each once; undefined stands for nothing.
 * @type {(names: (string | undefined)[], read: (name: string) => Promise<any>) => Promise<Map<string, any>>}
 */
async function readOnce(names, read) {
  const different = [...new Set(names)].filter((name) => name !== undefined);
  return new Map(await Promise.all(different.map(async (name) => [name, await read(name)])));
}

/** @type {<T>(read: () => T) => T} */
function attempt(read) {
  try {
    return read();
  } catch (error) {
    throw new IndexError("unreachable", error);
  }
}

// --- the packed form ------------------------------------------------------------------------------------------------

class PackedIndex extends SearchIndex {
  /** @type {() => Promise<void>} */
  async openForm() {
    const { lengths, places } = await this.json("lengths");
    this.places = places;
    this.weights = weighLengths(lengths, this.directory.averages, this.directory.boosts);
  }

  /** @type {() => Promise<string[]>} */
  async words() {
    return this.file(this.directory.files.words, (buffer) => parseJson(buffer).words.split("\n"));
  }

  /** @type {(text: string) => Promise<string[]>} */
  async prefixed(text) {
    const groupNames = rangesOf(this.directory.terms, text, true);
    const groups = await Promise.all(groupNames.map((name) => this.group("terms", name)));
    const names = groups.flatMap((group) => rangesOf(group, text, true));
    const ranges = await Promise.all(names.map((name) => this.range("terms", name)));
    return ranges.flatMap(({ terms }) => prefixed(terms, text));
  }

  /** @type {(terms: string[]) => Promise<(?Postings)[]>} */
  postings(terms) {
    const fields = this.directory.fields.length;
    return this.lists(this.directory.terms, "terms", terms, (list) => readPostings(list, fields));
  }

  /** @type {(need: Need) => Promise<Candidates>} */
  async candidates(need) {
    const terms = [...new Set(need.groups.flat())];
    const lists = await this.postings(terms);
    const postings = new Map(terms.map((term, at) => [term, lists[at]]));
    return attempt(() => scorePacked(need, postings, this.weights, this.count));
  }
}
