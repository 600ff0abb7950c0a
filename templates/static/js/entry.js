/** What one result looks like: new elements, filled through textContent alone. */

import { make, words } from "./elements.js";

/** @typedef {{text: string, isHit: boolean}} Segment */
/** @typedef {{id: string, title: ?string, institutions: string[], number: ?string}} NamedRecord */
/** @typedef {NamedRecord & {genre: ?string, date: ?string, dated: ?string, label: ?string}} NoticeRecord */
/** @typedef {{record: NoticeRecord, heading: Segment[], snippets: Segment[][]}} Entry */

const root = new URL(words.root, document.baseURI);
const isChinese = document.documentElement.lang.startsWith("zh");

/**
 * Make the entry of a notice in the list of results: date, title, institution, the sentences with the words marked.
 * @type {(entry: Entry, hits: string) => HTMLElement}
 */
export function makeEntry({ record, heading, snippets }, hits) {
  const link = make("a", record.title === null ? "composed" : "");
  link.href = new URL(`notices/${record.id}/`, root).href;
  markOnPage(link, hits);
  const title = make("p", "what");
  title.append(appendSegments(link, heading));
  const item = make("li", "row");
  item.append(makeDate(record), title, makeUnder(record));
  item.append(...snippets.map((cut) => appendSegments(make("p", "snippet"), cut)));
  return item;
}

/**
 * Let the page that a result leads to mark these words.
 * @type {(link: HTMLAnchorElement, hits: string) => void}
 */
export function markOnPage(link, hits) {
  link.search = String(new URLSearchParams({ hits }));
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
