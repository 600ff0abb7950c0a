/** The search page. The only script that touches it, and only through textContent and new elements. */

import { make, makeEntry } from "./entry.js";
import { IndexError } from "./index.js";
import { LONGEST, demandsOf, parseQuery } from "./query.js";
import { inOrder, judged, patternsOf } from "./results.js";
import { openSite } from "./site.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {import("./index.js").Candidate} Candidate */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {{shown: number, unread: number}} Tally */

const STEP = 20;
const PAUSE_AFTER = 500;
const COMPOSING = 229;
const SHORTCUT_OFF = "search-shortcut-off";

const element = (id) => document.getElementById(id);
const [form, field, shortcut] = ["search", "q", "shortcut"].map(element);
const [count, hint, list, more] = ["results-count", "search-hint", "results", "results-more"].map(element);
const words = element("search-words").dataset;
const root = new URL(words.root, document.baseURI);
const site = openSite(root);
const pageTitle = document.title;
const isChinese = document.documentElement.lang.startsWith("zh");

/** Which search is the latest; an older one that finds it is not stops. */
let latest = 0;
/** Whether the address names a search to come back to; typing on then makes a new entry of the history. */
let isSettled = true;

// --- searching ------------------------------------------------------------------------------------------------------

/** Search for what stands in the field; an older search still under way gives up. */
async function search() {
  latest += 1;
  const run = latest;
  const isStale = () => run !== latest;
  count.dataset.exact = "false";
  list.setAttribute("aria-busy", "true");
  try {
    const index = await site.openIndex();
    if (!isStale()) await searchIndex(index, isStale);
  } catch (error) {
    if (isStale()) return;
    clearResults();
    tell(error instanceof IndexError ? words[error.reason] : words.failed, { isRetry: true });
  } finally {
    if (!isStale()) list.removeAttribute("aria-busy");
  }
}

/** @type {(index: SearchIndex, isStale: () => boolean) => Promise<void>} */
async function searchIndex(index, isStale) {
  const query = parseQuery(index.folding, field.value);
  const notes = [query.isCut ? fill(words.cut, { count: LONGEST }) : "", words[query.problem] ?? ""];
  if (query.problem) {
    clearResults();
    tell(notes.join(""));
    count.dataset.exact = "true";
    return;
  }
  const found = await index.candidates(demandsOf(index.folding, query.phrases));
  if (isStale()) return;
  const candidates = inOrder(found, index.records);
  more.hidden = true;
  count.textContent = candidates.length > 0 ? fill(words.atMost, { notices: notices(candidates.length) }) : "";
  const { shown, unread } = await showJudged(index, query, candidates, isStale);
  if (isStale()) return;
  count.textContent = shown > 0 ? fill(words.found, { notices: notices(shown) }) : words.none;
  count.dataset.exact = String(unread === 0);
  if (unread > 0) notes.push(fill(words.unread, { notices: notices(unread) }));
  tell(notes.join(""), { isRetry: unread > 0 });
}

/**
 * Show results as they prove to hold the query: the first ones together, then more below them.
 * @type {(index: SearchIndex, query: Query, candidates: Candidate[], isStale: () => boolean) => Promise<Tally>}
 */
async function showJudged(index, query, candidates, isStale) {
  const patterns = patternsOf(index.folding, query);
  const [ready, tally] = [[], { judged: 0, shown: 0, unread: 0 }];
  const show = () => {
    if (tally.shown === 0) list.replaceChildren();
    tally.shown += ready.length;
    list.append(...ready.splice(0));
  };
  const readBlocks = async (id) => (await site.readPage(id)).blocks;
  for await (const { candidate, blocks, isResult } of judged(candidates, patterns, readBlocks)) {
    if (isStale()) return tally;
    tally.judged += 1;
    if (blocks === null) tally.unread += 1;
    if (isResult) {
      const page = await site.readPage(candidate.id);
      ready.push(makeEntry(index, patterns.phrases, index.records.get(candidate.id), page, { root, words, isChinese }));
    }
    const left = candidates.length - tally.judged;
    const isPause = left > 0 && tally.judged % PAUSE_AFTER === 0;
    if (ready.length === STEP || isPause) show();
    if (isPause) await askForMore(left);
  }
  if (!isStale()) show();
  return tally;
}

/**
 * Wait until the reader wants the rest of a long list.
 * @type {(left: number) => Promise<void>}
 */
function askForMore(left) {
  return new Promise((resolve) => {
    const button = make("button", "", fill(words.more, { notices: notices(left) }));
    button.type = "button";
    button.addEventListener("click", () => {
      more.hidden = true;
      resolve();
    });
    more.replaceChildren(button);
    more.hidden = false;
  });
}

// --- what the page shows --------------------------------------------------------------------------------------------

/** @type {(sentence: string, values: Record<string, string | number>) => string} */
function fill(sentence, values) {
  return sentence.replace(/\{([a-z]+)\}/g, (place, name) => String(values[name] ?? place));
}

/** @type {(number: number) => string} */
function notices(number) {
  return fill(number === 1 ? words.noticesOne : words.noticesOther, { count: number });
}

/** @type {(message: string, options?: {isRetry?: boolean}) => void} */
function tell(message, { isRetry = false } = {}) {
  hint.hidden = message === "";
  hint.textContent = message;
  if (isRetry) {
    const button = make("button", "", words.retry);
    button.type = "button";
    button.addEventListener("click", search);
    hint.append(button);
  }
}

function clearResults() {
  list.replaceChildren();
  more.hidden = true;
  count.textContent = "";
  tell("");
}

// --- the address ----------------------------------------------------------------------------------------------------

function addressQuery() {
  return new URLSearchParams(location.search).get("q") ?? "";
}

/** Write the query into the address, in a new entry of the history if the last one is a search to come back to. */
function writeAddress() {
  const typed = Array.from(field.value.trim().slice(0, 2 * LONGEST)).slice(0, LONGEST).join("");
  document.title = typed ? `${typed} · ${pageTitle}` : pageTitle;
  if (typed === addressQuery()) return;
  const address = new URL(location.href);
  if (typed) address.searchParams.set("q", typed);
  else address.searchParams.delete("q");
  const isNew = isSettled && addressQuery() !== "";
  try {
    history[isNew ? "pushState" : "replaceState"](null, "", address);
  } catch {
    return; // browsers limit how often an address may change; the next letter catches up
  }
  isSettled = false;
}

function readAddress() {
  field.value = addressQuery();
  isSettled = true;
  document.title = field.value ? `${field.value} · ${pageTitle}` : pageTitle;
  search();
}

// --- the keyboard ---------------------------------------------------------------------------------------------------

/** @type {(event: KeyboardEvent) => boolean} */
function isComposing(event) {
  return event.isComposing || event.keyCode === COMPOSING;
}

/**
 * Move the focus along field and results.
 * @type {(step: number) => boolean}
 */
function moveFocus(step) {
  const stops = [field, ...list.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  const stop = at < 0 ? undefined : stops[at + step];
  stop?.focus();
  return stop !== undefined;
}

/** @type {(event: KeyboardEvent) => boolean} */
function isShortcut(event) {
  const isPlain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  return isPlain && document.activeElement !== field && shortcut.checked;
}

/** @type {(event: KeyboardEvent) => void} */
function onKey(event) {
  if (isComposing(event)) return;
  if (isShortcut(event)) {
    event.preventDefault();
    field.select();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (moveFocus(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  } else if (event.key === "Escape") {
    onEscape(event);
  }
}

/**
 * From a result back to the field; in the field, clear it.
 * @type {(event: KeyboardEvent) => void}
 */
function onEscape(event) {
  if (list.contains(document.activeElement)) field.focus();
  else if (document.activeElement === field && field.value) {
    field.value = "";
    onInput();
  } else return;
  event.preventDefault();
}

/** Remember in this browser whether "/" goes to the field; where it may not, the setting lasts for the page. */
function keepShortcut() {
  try {
    shortcut.checked = localStorage.getItem(SHORTCUT_OFF) === null;
    shortcut.addEventListener("change", () => {
      if (shortcut.checked) localStorage.removeItem(SHORTCUT_OFF);
      else localStorage.setItem(SHORTCUT_OFF, "1");
    });
  } catch {
    shortcut.checked = true;
  }
}

// --- start ----------------------------------------------------------------------------------------------------------

function onInput() {
  writeAddress();
  search();
}

field.addEventListener("input", (event) => event.isComposing || onInput());
field.addEventListener("compositionend", onInput);
field.addEventListener("change", () => {
  isSettled = true;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  onInput();
  isSettled = true;
});
document.addEventListener("keydown", onKey);
window.addEventListener("popstate", readAddress);
keepShortcut();
readAddress();
