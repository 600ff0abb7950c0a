/** One search over an open index: candidates, the first results by their pages, then what is exact by contexts. */

import { IndexError } from "./index.js";
import { demandsOf } from "./query.js";
import { highlight, holds, inOrder, patternsOf, snippets } from "./results.js";

/** @typedef {import("./candidates.js").Need} Need */
/** @typedef {import("./index.js").NoticeRecord} NoticeRecord */
/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Phrase} Phrase */
/** @typedef {import("./results.js").NoticePage} NoticePage */
/** @typedef {import("./results.js").Segment} Segment */
/** @typedef {{phrases: Phrase[][], excluded: Phrase[]}} Sought phrases, each as its alternatives */
/** @typedef {{record: NoticeRecord, page: ?NoticePage}} Notice null where its page could not be read */
/** @typedef {(number: number) => Promise<Notice>} ReadNotice */
/** @typedef {{record: NoticeRecord, heading: Segment[], snippets: Segment[][]}} Entry */
/** @typedef {{say: (message: any) => unknown, wait: <T>(promise: Promise<T>) => Promise<T>}} Listener */

const STEP = 10;
/** Results that are told before the pages of the rest have come. */
const HEAD = 3;
/** Candidates judged by their pages before contexts are asked which of the others hold the phrases. */
const PATIENCE = 20;
const MOST_UNREAD = 20;

/**
 * Load a script that first results do not need; one that cannot be had is of a site that was replaced.
 * @type {(script: Promise<any>) => Promise<any>}
 */
export async function later(script) {
  try {
    return await script;
  } catch (error) {
    throw new IndexError("unreachable", error);
  }
}

/**
 * Say which terms the index must hold.
 * @type {(index: SearchIndex, phrases: Phrase[][]) => Promise<Need>}
 */
async function needOf(index, phrases) {
  const demands = new Map();
  const placeOf = (demand) => {
    const key = demand.kind + demand.text;
    if (!demands.has(key)) demands.set(key, { place: demands.size, demand });
    return demands.get(key).place;
  };
  const wanted = phrases.map((alternatives) =>
    alternatives.map((phrase) => [...new Set(demandsOf(index.folding, phrase).map(placeOf))]),
  );
  const groups = await Promise.all(Array.from(demands.values(), ({ demand }) => index.meeting(demand)));
  return { groups, wanted };
}

/**
 * Mark the notices that hold one alternative of every phrase, and no excluded phrase.
 * @type {(index: SearchIndex, sought: Sought) => Promise<Uint8Array>}
 */
export async function holding(index, { phrases, excluded }) {
  const { noticesWith } = await later(import("./contexts.js"));
  const markAll = (list) => Promise.all(list.map((phrase) => noticesWith(index, phrase)));
  const [wanted, unwanted] = await Promise.all([Promise.all(phrases.map(markAll)), markAll(excluded)]);
  const marks = new Uint8Array(index.count);
  for (let number = 0; number < marks.length; number += 1) {
    const stands = (held) => held[number] === 1;
    marks[number] = Number(wanted.every((alternatives) => alternatives.some(stands)) && !unwanted.some(stands));
  }
  return marks;
}

export class Finding {
  /** @param {SearchIndex} index @param {ReadNotice} readNotice @param {Sought} sought @param {Listener} listener */
  constructor(index, readNotice, sought, { say, wait }) {
    Object.assign(this, { index, readNotice, sought, say, wait });
    this.patterns = patternsOf(index.folding, sought.phrases, sought.excluded);
    /** @type {number[]} candidates in order, and how far they were judged */
    this.order = [];
    this.at = 0;
    this.judged = 0;
    this.unread = 0;
    // An exclusion may take out whatever the index gives; its pages are better not read first.
    this.patience = sought.excluded.length > 0 ? 0 : PATIENCE;
    this.shown = new Uint8Array(index.count);
    this.shownCount = 0;
    this.isMore = false;
    /** @type {?Uint8Array} once it is known which notices hold what is sought */
    this.exact = null;
    /** @type {Map<number, Promise<Notice>>} */
    this.reading = new Map();
    this.showing = Promise.resolve();
  }

  /**
   * Order the candidates that pass the filters, and show the first results.
   * @type {(isByDate: boolean, filtering: Promise<?Uint8Array>, isCut: boolean) => Promise<void>}
   */
  async start(isByDate, filtering, isCut) {
    const finding = needOf(this.index, this.sought.phrases).then((need) => this.index.candidates(need));
    const [found, failed] = await this.wait(Promise.all([finding, filtering]));
    this.isWhole = failed === null;
    const order = inOrder(found, this.index.places, isByDate);
    this.order = failed ? order.filter((number) => !failed[number]) : order;
    const others = this.sought.phrases.flatMap((alternatives) => alternatives.slice(1)).map(({ folded }) => folded);
    this.say({ type: "candidates", atMost: this.order.length, isCut, others: [...new Set(others)] });
    await this.showMore();
  }

  /** @type {() => Promise<void>} */
  showMore() {
    this.showing = this.showing.catch(() => {}).then(() => this.show(STEP));
    return this.showing;
  }

  /** @type {(most: number) => Promise<void>} */
  async show(most) {
    const entries = [];
    const [shown, unread] = [this.shownCount, this.unread];
    while (this.shownCount - shown < most && this.unread - unread < MOST_UNREAD) {
      if (this.judged >= this.patience) await this.findExact();
      // The pages of the first few are not made to share the line with those of the rest.
      const next = this.upcoming((this.shownCount < HEAD ? HEAD : most + shown) - this.shownCount);
      if (next.length === 0) break;
      next.forEach((number) => this.read(number).catch(() => {}));
      const entry = await this.judge(next[0]);
      if (entry) entries.push(entry);
      if (this.shownCount === HEAD && entries.length === HEAD) await this.wait(this.tell(entries.splice(0), false));
    }
    await this.wait(this.tell(entries, this.upcoming(1).length > 0));
    if (this.unread > unread) this.say({ type: "unread", count: this.unread });
  }

  /**
   * List the next candidates that may hold what is sought.
   * @type {(most: number) => number[]}
   */
  upcoming(most) {
    const next = [];
    for (let at = this.at; at < this.order.length && next.length < most; at += 1) {
      if (!this.exact || this.exact[this.order[at]]) next.push(this.order[at]);
    }
    return next;
  }

  /** @type {(number: number) => Promise<Notice>} each is asked for once, whatever comes of it */
  read(number) {
    if (!this.reading.has(number)) this.reading.set(number, this.readNotice(number));
    return this.reading.get(number);
  }

  /** @type {(number: number) => Promise<?Entry>} */
  async judge(number) {
    const { record, page } = await this.wait(this.read(number));
    this.reading.delete(number);
    this.at = this.order.indexOf(number, this.at) + 1;
    this.judged += 1;
    if (!page) this.unread += 1;
    if (!page || !holds(this.patterns, page.blocks)) return null;
    this.shown[number] = 1;
    this.shownCount += 1;
    return this.entryOf(record, page);
  }

  /** @type {(record: NoticeRecord, page: NoticePage) => Entry} */
  entryOf(record, page) {
    const { phrases } = this.patterns;
    const heading =
      record.title === null
        ? [{ text: page.heading, isHit: false }]
        : highlight(this.index.folding, phrases, record.title);
    return { record, heading, snippets: snippets(phrases, page.blocks) };
  }

  /** @type {(entries: Entry[], isMore: boolean) => unknown} what comes next waits until the reader has them */
  tell(entries, isMore) {
    this.isMore = isMore;
    return this.say({ type: "results", entries, shown: this.shownCount, isMore: this.isMore });
  }

  /**
   * Find which notices hold what is sought: all that were shown, where all were judged; else contexts tell.
   * @type {() => Promise<Uint8Array>}
   */
  async findExact() {
    if (!this.exact) {
      const isJudged = this.isWhole && this.unread === 0 && this.at === this.order.length;
      this.exact = isJudged ? this.shown : await this.wait(holding(this.index, this.sought));
    }
    return this.exact;
  }

  /** Take back the offer of more results where there are none. */
  settle() {
    if (this.isMore && this.upcoming(1).length === 0) this.tell([], false);
  }
}
