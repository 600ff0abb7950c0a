/** The search page: field, address, keys, and what the worker that searches tells. */

import { fill, notices, words } from "./elements.js";
import { makeEntry, wordsToMark } from "./entry.js";
import { listenToKeys } from "./keys.js";
import { readPage } from "./site.js";
import { LONGEST, MOST_COMPARED, isNarrowed, readState, searchOf } from "./state.js";
import { settle, showCount, tell, unsettle } from "./status.js";

/** @typedef {import("./state.js").State} State */

const PATIENCE = 600;
/** A letter or digit alone stands for all words that hold it; most often it is the first of many. */
const WIDE = /^[a-z\d]$/iu;
const HESITATION = 400;
/** What a server answers where there is no such page, or no longer. */
const GONE = [404, 410];

const element = (id) => document.getElementById(id);
const [form, field, list, more] = ["search", "q", "results", "results-more"].map(element);
const [compare, compareWith, chosen, looseLine] = ["compare", "compare-with", "chosen", "search-loose"].map(element);
const root = new URL(words.root, document.baseURI);
const pageTitle = document.title;

/** @type {?Worker} */
let worker = null;
/** Chart and facets, loaded behind the first results, which do not wait for them. */
let chart = null;
let refine = null;
/** @type {State} */
let state = readState(new URLSearchParams());
/** Which search is the latest; what is told of an older one is passed over. */
let run = 0;
/** Tells the reader that a search is slow. */
let patience = 0;
/** Begins a search that waits for more to be typed. */
let hesitation = 0;
/** What the pages that the results of this search lead to mark. */
let marked = "";
/** What there is to say of a query that is cut. */
let cutNote = "";
/** Whether the address names a search to come back to; typing on then makes a new entry of the history. */
let isSettled = true;
/** Whether the reader asked for more results, and goes on reading with the first of them. */
let isReadingOn = false;

// --- searching ------------------------------------------------------------------------------------------------------

/** Begin another search: nothing more is heard of the one before; its results stay until there are others. */
function begin() {
  run += 1;
  isReadingOn = false;
  unsettle();
  list.setAttribute("aria-busy", "true");
  [patience, hesitation].forEach(clearTimeout);
}

/** Search for the state. */
function search() {
  begin();
  patience = setTimeout(() => showCount(words.searching), PATIENCE);
  worker ??= startWorker();
  worker.postMessage({ type: "run", run, state: { ...state, q: field.value.slice(0, 4 * LONGEST) } });
}

/** @type {() => Worker} */
function startWorker() {
  const started = new Worker(new URL("worker.js", import.meta.url));
  started.addEventListener("message", async ({ data }) => {
    if (data.type === "read") return answer(started, data);
    await hear(data);
    if (data.type === "results") started.postMessage({ type: "shown" });
  });
  started.addEventListener("error", () => started === worker && told.failed({ reason: "failed" }));
  started.postMessage({ type: "open", root: root.href });
  return started;
}

/** @type {(asking: Worker, asked: {ticket: number, address: string}) => Promise<void>} */
async function answer(asking, { ticket, address }) {
  const read = await readPage(new URL(address, root)).then(
    (page) => ({ page, isMissing: false }),
    ({ status }) => ({ page: null, isMissing: GONE.includes(status) }),
  );
  asking.postMessage({ type: "page", ticket, ...read });
}

/** @type {(message: any) => Promise<void>} */
async function hear(message) {
  if (message.run !== run) return;
  clearTimeout(patience);
  try {
    await told[message.type]?.(message);
  } catch (error) {
    if (message.run === run) told.failed({ reason: "failed" });
    reportError(error);
  }
}

/** What to do about each kind of message. */
const told = {
  problem({ problem, isCut }) {
    clearResults();
    noteCut(isCut);
    tell([cutNote, words[problem]]);
    if (isNarrowed(state)) loadRest().catch(() => {});
    finish();
  },
  candidates({ atMost, isCut, others }) {
    marked = wordsToMark(state.q, others);
    noteCut(isCut);
    tell([cutNote]);
    looseLine.hidden = true;
    showCount(atMost > 0 ? fill(words.atMost, { notices: notices(atMost) }) : "");
  },
  results({ entries, shown, isMore }) {
    const made = entries.map((entry) => makeEntry(entry, marked));
    if (entries.length < shown) list.append(...made);
    else list.replaceChildren(...made);
    if (isReadingOn) made[0]?.querySelector("a").focus();
    isReadingOn = false;
    more.hidden = !isMore;
    list.removeAttribute("aria-busy");
    loadRest().catch(() => {}); // told of where it is waited for
  },
  async exact(found) {
    await loadRest();
    if (found.run !== run) return;
    const isNone = found.count === 0;
    const none = isNarrowed(state) ? words.noneChosen : words.none;
    showCount(isNone ? none : fill(words.exact, { notices: notices(found.count) }), { isNone });
    refine.showFound(found);
    chart.showChart(found, state);
    showWaiting(isNone && found.compare.length === 0);
    finish();
  },
  unread({ count }) {
    tell([cutNote, fill(words.unread, { notices: notices(count) })], search);
  },
  failed({ reason }) {
    // The next search begins anew, perhaps with scripts of a newer build.
    worker?.terminate();
    worker = null;
    clearTimeout(patience);
    clearResults();
    list.removeAttribute("aria-busy");
    tell([words[reason] ?? words.failed], search);
  },
};

/** Load what the first results do not wait for. */
async function loadRest() {
  if (refine) return;
  [chart, refine] = await Promise.all([import("./chart.js"), import("./refine.js")]);
  refine.showState(state);
}

function finish() {
  list.removeAttribute("aria-busy");
  settle();
}

// --- what the page shows --------------------------------------------------------------------------------------------

/** @type {(isCut: boolean) => void} */
function noteCut(isCut) {
  cutNote = isCut ? fill(words.cut, { count: LONGEST }) : "";
}

function clearResults() {
  list.replaceChildren();
  more.hidden = looseLine.hidden = true;
  showCount("");
  tell([]);
  showWaiting(true);
}

/**
 * Chart, facets and order keep their place while there is nothing to show in them.
 * @type {(isWaiting: boolean) => void}
 */
function showWaiting(isWaiting) {
  document.querySelectorAll(".waits").forEach((part) => part.classList.toggle("waiting", isWaiting));
}

// --- the address ----------------------------------------------------------------------------------------------------

/**
 * Write a state into the address, in a new entry of the history or in the place of the last.
 * @type {(next: State, isNew: boolean) => void}
 */
function write(next, isNew) {
  const isOther = searchOf(next) !== searchOf(readState(new URLSearchParams(location.search)));
  show(next);
  if (!isOther) return;
  const query = searchOf(next);
  try {
    history[isNew ? "pushState" : "replaceState"](null, "", query === "?" ? location.pathname : query);
  } catch {
    return; // browsers limit how often an address may change; the next letter catches up
  }
  isSettled = false;
}

/** @type {(next: State) => void} */
function show(next) {
  state = next;
  document.title = state.q ? `${state.q} · ${pageTitle}` : pageTitle;
  compare.hidden = state.compare.length >= MOST_COMPARED;
  refine?.showState(state);
  chosen.hidden = !isNarrowed(state);
}

/**
 * Go to a state that was chosen, which back comes back from.
 * @type {(next: State) => void}
 */
function go(next) {
  write(next, true);
  isSettled = true;
  search();
}

function readAddress() {
  const found = readState(new URLSearchParams(location.search));
  field.value = found.q;
  isSettled = true;
  show(found);
  search();
}

/** @type {(options?: {isMeant?: boolean}) => void} */
function onInput({ isMeant = false } = {}) {
  const typed = Array.from(field.value.trim().slice(0, 2 * LONGEST)).slice(0, LONGEST).join("");
  write(typed === state.q ? state : { ...state, q: typed, loose: false }, isSettled && state.q !== "");
  begin();
  if (WIDE.test(typed.normalize("NFKC")) && !isMeant) hesitation = setTimeout(search, HESITATION);
  else search();
}

// --- start ----------------------------------------------------------------------------------------------------------

/**
 * Follow a link to another state without loading the page anew; a bar leads to its month.
 * @type {(event: MouseEvent) => void}
 */
function onClick(event) {
  const link = event.target.closest("a[data-key]");
  const period = event.target.closest("[data-period]")?.dataset.period;
  if (period) go({ ...state, from: period, to: period });
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(readState(new URL(link.href).searchParams));
}

/** On wide screens what narrows the search stands open in a column of its own. */
function openOnWide({ matches }) {
  element("refine").open = matches;
}

field.addEventListener("input", (event) => event.isComposing || onInput());
field.addEventListener("compositionend", () => onInput());
field.addEventListener("change", () => (isSettled = true));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  onInput({ isMeant: true });
  isSettled = true;
});
compare.addEventListener("submit", (event) => {
  event.preventDefault();
  const phrase = compareWith.value.trim().slice(0, LONGEST);
  compareWith.value = "";
  if (phrase && !state.compare.includes(phrase)) go({ ...state, compare: [...state.compare, phrase] });
});
element("dates").addEventListener("submit", (event) => {
  event.preventDefault();
  const range = refine.chosenDates();
  if (range) go({ ...state, ...range });
});
more.addEventListener("click", () => {
  isReadingOn = true;
  worker.postMessage({ type: "more", run });
});
document.querySelector("main").addEventListener("click", onClick);
window.addEventListener("popstate", readAddress);
// A page that was left open may be of a site that was built anew meanwhile.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) worker?.postMessage({ type: "refresh" });
});

const wide = window.matchMedia("(min-width: 52.01rem)");
wide.addEventListener("change", openOnWide);
openOnWide(wide);
listenToKeys({ field, list, more, shortcut: element("shortcut") });
readAddress();
if (!field.value && wide.matches) field.focus();
