/** What one result looks like: new elements, filled through textContent alone. */

import { make, words } from "./elements.js";
import { LONGEST, MOST_WORDS } from "./state.js";

/** @typedef {{text: string, isHit: boolean}} Segment */
/** @typedef {{id: string, title: ?string, institutions: string[], number: ?string}} NamedRecord */
/** @typedef {NamedRecord & {genre: ?string, date: ?string, dated: ?string, label: ?string}} NoticeRecord */
/** @typedef {{record: NoticeRecord, heading: Segment[], snippets: Segment[][]}} Entry */

const root = new URL(words.root, document.baseURI);
const isChinese = document.documentElement.lang.startsWith("zh");

/**
 * Make the entry of a notice in the list of results: date, title, institution, the sentences with the words marked.
 * @type {(entry: Entry, hits: string) => HTMLElement} `hits` are the words that its page marks
 */
export function makeEntry({ record, heading, snippets }, hits) {
  const link = make("a", record.title === null ? "composed" : "");
  link.href = new URL(`notices/${record.id}/?${new URLSearchParams({ hits })}`, root).href;
  const title = make("p", "what");
  title.append(appendSegments(link, heading));
  const item = make("li", "row");
  item.append(makeDate(record), title, makeUnder(record));
  item.append(...snippets.map((cut) => appendSegments(make("p", "snippet"), cut)));
  return item;
}

/**
 * Write the query that the page of a result marks: what was typed and searched for beside it, as much as is read of it.
 * @type {(typed: string, others: string[]) => string}
 */
export function wordsToMark(typed, others) {
  let marked = Array.from(typed).slice(0, LONGEST).join("");
  for (const phrase of others) {
    const longer = `${marked} ${phrase.includes(" ") ? `"${phrase}"` : phrase}`;
    if (Array.from(longer).length > LONGEST || longer.trim().split(/\s+/u).length > MOST_WORDS) break;
    marked = longer;
  }
  return marked;
}

/** @type {(parent: HTMLElement, segments: Segment[]) => HTMLElement} */
function appendSegments(parent, segments) {
  parent.append(...segments.map(({ text, isHit }) => (isHit ? make("mark", "", text) : text)));
  return parent;
}

/** @type {(record: NoticeRecord) => HTMLElement} */
function makeDate({ date, label, dated }) {
  const when = make("p", "when");
  if (date === null) {
    when.append(make("span", "none", words.noDate));
    return when;
  }
  const time = make("time", "", isChinese ? label : date);
  if (/^\d{4}(-\d{2}){0,2}$/.test(date)) time.dateTime = date;
  when.append(time);
  const mark = dated === "inferred" ? "mark mark-inferred" : "mark";
  if (dated !== "signed") when.append(" ", make("span", mark, words[dated]));
  return when;
}

/** @type {(record: NoticeRecord) => HTMLElement} */
function makeUnder({ institutions, number, genre }) {
  const under = make("p", "under");
  const parts = [institutions.join(words.separator) || words.unknownInstitution, number, genre];
  under.append(...parts.filter(Boolean).map((part) => make("span", "", part)));
  return under;
}
