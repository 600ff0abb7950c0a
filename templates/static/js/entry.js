/** What one result looks like: new elements, filled through textContent alone. */

import { highlight, snippets } from "./results.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./index.js").NoticeRecord} NoticeRecord */
/** @typedef {import("./results.js").Segment} Segment */
/** @typedef {import("./site.js").NoticePage} NoticePage */
/** @typedef {{root: URL, words: DOMStringMap, isChinese: boolean}} Setting root of the site, words of the interface */

/** @type {(name: string, className?: string, text?: string) => HTMLElement} */
export function make(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

/** @type {(parent: HTMLElement, segments: Segment[]) => HTMLElement} */
function appendSegments(parent, segments) {
  parent.append(...segments.map(({ text, isHit }) => (isHit ? make("mark", "", text) : text)));
  return parent;
}

/**
 * Make the entry of a notice in the list of results: date, title, institution, the sentences with the words marked.
 * @type {(index: SearchIndex, hits: RegExp[], record: NoticeRecord, page: NoticePage, setting: Setting) => HTMLElement}
 */
export function makeEntry({ folding }, phrases, record, page, setting) {
  const link = make("a", record.title === null ? "composed" : "");
  link.href = new URL(record.address, setting.root).href;
  appendSegments(link, highlight(folding, phrases, record.title ?? page.heading));
  const title = make("p", "what");
  title.append(link);
  const item = make("li", "row");
  item.append(makeDate(record, setting), title, makeUnder(record, setting));
  item.append(...snippets(phrases, page.blocks).map((cut) => appendSegments(make("p", "snippet"), cut)));
  return item;
}

/** @type {(record: NoticeRecord, setting: Setting) => HTMLElement} */
function makeDate({ date, label, dated }, { words, isChinese }) {
  const when = make("p", "when");
  if (date === null) {
    when.append(make("span", "none", words.undated));
    return when;
  }
  const time = make("time", "", isChinese ? label : date);
  if (/^\d{4}(-\d{2}){0,2}$/.test(date)) time.dateTime = date;
  when.append(time);
  const mark = dated === "inferred" ? "mark mark-inferred" : "mark";
  if (dated !== "signed") when.append(" ", make("span", mark, words[dated]));
  return when;
}

/** @type {(record: NoticeRecord, setting: Setting) => HTMLElement} */
function makeUnder({ institutions, number, genre }, { words }) {
  const under = make("p", "under");
  const parts = [institutions.join(words.separator) || words.unknownInstitution, number, genre];
  under.append(...parts.filter(Boolean).map((part) => make("span", "", part)));
  return under;
}
