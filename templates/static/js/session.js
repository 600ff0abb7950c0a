/**
 * One reader's searches: runs a state and tells what it finds, first results first, then what is exact.
 *
 * Everything outside is handed in. A newer run silences an older one, wherever that waits.
 */

import { Finding, holding, later } from "./finding.js";
import { IndexError, keeper, openIndex } from "./index.js";
import { LONGEST, elementsOf, isLatin, parseQuery } from "./query.js";
import { fold } from "./text.js";

/** @typedef {import("./facets.js").Filters} Filters */
/** @typedef {import("./finding.js").Listener} Listener */
/** @typedef {import("./finding.js").ReadNotice} ReadNotice */
/** @typedef {import("./finding.js").Sought} Sought */
/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./index.js").Source} Source */
/** @typedef {import("./query.js").Phrase} Phrase */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./results.js").NoticePage} NoticePage */
/** @typedef {{heading: string, blocks: {source: string, isTitle: boolean}[]}} RawPage */
/** @typedef {(address: string) => Promise<RawPage>} ReadPage */
/** @typedef {Filters & {q: string, sort: string, compare: string[], loose: boolean}} State "" where not set */
/** @typedef {(message: any) => unknown} Tell may give a promise, which is waited for where it matters */
/** @typedef {Listener & {isStale: () => boolean}} Heard */
/** @typedef {{index: SearchIndex, readNotice: ReadNotice}} Opened */
/** @typedef {{run: (state: State, tell: Tell) => Promise<void>, more: () => Promise<void>}} Session */

const MOST_COMPARED = 2;
const MOST_PAGES = 200;
const FILTERS = ["institution", "genre", "year", "from", "to"];
const SILENCED = new Error("a newer run");

/**
 * Begin to load the index, and give what runs searches and shows more of the last one.
 * @type {(outside: Source & {readPage: ReadPage}) => Session}
 */
export function openSession({ readPage, ...source }) {
  const open = async (isFresh) => {
    const index = await openIndex(source, isFresh);
    return { index, readNotice: openNotices(index, readPage) };
  };
  let opening = open(false);
  opening.catch(() => {});
  let latest = 0;
  let more = async () => {};

  /** Open what is there now; the fault stays where that is no other index. */
  const reopen = async (before, fault) => {
    const fresh = await open(true);
    if (before?.index.edition === fresh.index.edition) throw fault;
    opening = Promise.resolve(fresh);
  };
  const guard = async (heard, action) => {
    try {
      await action();
    } catch (error) {
      if (heard.isStale()) return;
      heard.say({ type: "failed", reason: error instanceof IndexError ? error.reason : "failed" });
    }
  };
  const searchIn = (opened, state, heard) =>
    search(opened, state, heard, (finding) => {
      more = () => guard(heard, () => finding.showMore().catch((fault) => renew(opened, state, heard, fault)));
    });
  /** Search again where the site was replaced since its index was opened. */
  const renew = async (opened, state, heard, fault) => {
    if (fault.reason !== "unreachable") throw fault;
    await heard.wait(reopen(opened, fault));
    await searchIn(await heard.wait(opening), state, heard);
  };
  const attempt = async (state, heard) => {
    let opened = null;
    try {
      opened = await heard.wait(opening);
      await searchIn(opened, state, heard);
    } catch (fault) {
      await renew(opened, state, heard, fault);
    }
  };
  const run = (state, tell) => {
    const number = (latest += 1);
    more = async () => {};
    const heard = listener(() => number !== latest, tell);
    return guard(heard, () => attempt(state, heard));
  };
  /** Open what is there now, if that is another build: all that a search needs may be in memory, and out of date. */
  const refresh = async () => {
    const opened = await opening;
    if (await opened.index.isReplaced()) await reopen(opened, null);
  };
  return { run, more: () => more(), refresh: () => refresh().catch(() => {}) };
}

/** @type {(isStale: () => boolean, tell: Tell) => Heard} */
function listener(isStale, tell) {
  const check = (value) => {
    if (isStale()) throw SILENCED;
    return value;
  };
  return { isStale, wait: async (promise) => check(await promise), say: (message) => tell(check(message)) };
}

/**
 * Give a function that reads a notice: its record, and its page folded, which is kept.
 * @type {(index: SearchIndex, readPage: ReadPage) => ReadNotice}
 */
function openNotices(index, readPage) {
  const keep = keeper(MOST_PAGES);
  const readFolded = async ({ id, text }) => {
    const { heading, blocks } = await readPage(`notices/${id}/?${text}`);
    await index.readyFor(blocks.map(({ source }) => source));
    const folded = blocks.map((block) => ({ ...block, folded: fold(index.folding, block.source) }));
    return { heading, blocks: folded.filter((block) => block.folded.text !== "") };
  };
  return async (number) => {
    const record = await index.record(number);
    const unread = async (error) => {
      if (error instanceof IndexError) throw error;
      if (error.isMissing && (await index.isReplaced())) throw new IndexError("unreachable", error);
      return null;
    };
    const page = await keep(record.id, () => readFolded(record)).catch(unread);
    await index.readyFor([record.title ?? ""]);
    return { record, page };
  };
}

// --- one run --------------------------------------------------------------------------------------------------------

/**
 * Run a state over an open index.
 * @type {(opened: Opened, state: State, heard: Heard, keepMore: (finding: Finding) => void) => Promise<void>}
 */
async function search({ index, readNotice }, state, heard, keepMore) {
  const compared = state.compare.slice(0, MOST_COMPARED);
  await heard.wait(index.readyFor([state.q, ...compared].map((typed) => typed.slice(0, 2 * LONGEST + 2))));
  const query = parseQuery(index.folding, state.q);
  if (query.problem) return heard.say({ type: "problem", problem: query.problem, isCut: query.isCut });
  const filtering = FILTERS.some((name) => state[name]) ? filter(index, state) : Promise.resolve(null);
  filtering.catch(() => {}); // told of where it is waited for
  const canLoosen = query.phrases.some(isLatin);
  let loose = state.loose && canLoosen ? await heard.wait(loosened(index, query)) : null;
  const show = async (sought) => {
    const finding = new Finding(index, readNotice, sought, heard);
    keepMore(finding);
    await finding.start(state.sort === "date", filtering, query.isCut);
    Promise.allSettled([import("./facets.js"), index.json("facets")]); // meanwhile; waited for below
    return { finding, marks: await finding.findExact() };
  };
  let { finding, marks } = await show(loose?.sought ?? (await heard.wait(strictly(index, query))));
  if (!state.loose && canLoosen && !marks.includes(1)) {
    loose = await heard.wait(loosened(index, query));
    if (loose) ({ finding, marks } = await show(loose.sought));
  }
  finding.settle();
  const exact = await heard.wait(summary(index, state, marks, compared));
  const isMore = canLoosen && !loose && marks.includes(1);
  heard.say({ type: "exact", ...exact, loose: loose && loose.others, canLoosen: isMore });
}

/** @type {(index: SearchIndex, state: State) => Promise<Uint8Array>} */
async function filter(index, state) {
  const [{ failing }, facets] = await Promise.all([later(import("./facets.js")), index.json("facets")]);
  return failing(facets, state);
}

/**
 * Give what a query stands for as it was typed.
 * @type {(index: SearchIndex, query: Query) => Promise<Sought>}
 */
async function strictly(index, query) {
  const spell = await spelling(index, query);
  return { phrases: query.phrases.map(spell), excluded: query.excluded.flatMap(spell) };
}

/**
 * Give a function that gives what a phrase stands for where the texts part its words by spaces.
 * @type {(index: SearchIndex, query: Query) => Promise<(phrase: Phrase) => Phrase[]>}
 */
async function spelling(index, { phrases, excluded }) {
  const isParted = (phrase) => {
    const { bases, hans } = elementsOf(index.folding, phrase);
    return bases.some((base, at) => !hans[at] && base.length > 1);
  };
  if (!index.directory.files.spaced || ![...phrases, ...excluded].some(isParted)) return (phrase) => [phrase];
  const reading = [later(import("./spaced.js")), index.json("spaced")];
  const [{ withSpaces }, { runs }] = await Promise.all(reading);
  return (phrase) => withSpaces(index.folding, phrase, runs);
}

/**
 * Give what the words may stand for, and the others among that; null where that is only themselves.
 * @type {(index: SearchIndex, query: Query) => Promise<?{sought: Sought, others: string[]}>}
 */
async function loosened(index, query) {
  const reading = [later(import("./loose.js")), index.json("names"), index.words(), spelling(index, query)];
  const [{ loosen }, names, words, spell] = await Promise.all(reading);
  const loose = loosen(index.folding, query.phrases, names, words);
  if (loose.every((alternatives) => alternatives.length === 1)) return null;
  const phrases = loose.map(([typed, ...others]) => [...spell(typed), ...others]);
  const others = loose.flatMap((alternatives) => alternatives.slice(1)).map(({ folded }) => folded);
  return { sought: { phrases, excluded: query.excluded.flatMap(spell) }, others: [...new Set(others)] };
}

/**
 * Count what was found, with its facets and months, and phrases to compare it with.
 * @type {(index: SearchIndex, state: State, marks: Uint8Array, compared: string[]) => Promise<any>}
 */
async function summary(index, state, marks, compared) {
  const markCompared = async (typed) => {
    const query = parseQuery(index.folding, typed);
    return query.problem ? new Uint8Array(index.count) : holding(index, await strictly(index, query));
  };
  const reading = [later(import("./facets.js")), index.json("facets"), ...compared.map(markCompared)];
  const [{ chartOf, countFacets, failing }, facets, ...others] = await Promise.all(reading);
  const failed = failing(facets, state);
  const counted = (held) => {
    const { count, ...chart } = chartOf(facets, held, failed);
    return { count, chart };
  };
  const compare = compared.map((phrase, at) => ({ phrase, ...counted(others[at]) }));
  return { ...counted(marks), facets: countFacets(facets, marks, failed, state), compare };
}
