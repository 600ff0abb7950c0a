/** The search page: field, address, keys, and what the worker that searches tells. */

import { fill, make, notices, words } from "./elements.js";
import { makeEntry } from "./entry.js";
import { listenToKeys } from "./keys.js";
import { readPage } from "./site.js";
import { MOST_COMPARED, isNarrowed, readState, searchOf } from "./state.js";

/** @typedef {import("./state.js").State} State */

/** Characters of a query that count; query.js cuts there. */
const LONGEST = 300;
const PATIENCE = 600;

const element = (id) => document.getElementById(id);
const [form, field, list, more] = ["search", "q", "results", "results-more"].map(element);
const [count, hint, looseLine] = ["results-count", "search-hint", "search-loose"].map(element);
const [compare, compareWith, chosen] = ["compare", "compare-with", "chosen"].map(element);
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
/** Whether the address names a search to come back to; typing on then makes a new entry of the history. */
let isSettled = true;
/** Whether the reader asked for more results, and goes on reading with the first of them. */
let isReadingOn = false;

// --- searching ------------------------------------------------------------------------------------------------------

/** Search for the state; the results of before stay until there are others. */
function search() {
  run += 1;
  isReadingOn = false;
  count.dataset.exact = "false";
  list.setAttribute("aria-busy", "true");
  clearTimeout(patience);
  patience = setTimeout(() => (count.textContent = words.searching), PATIENCE);
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
  const page = await readPage(new URL(address, root)).catch(() => null);
  asking.postMessage({ type: "page", ticket, page });
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
    tell(cutNote(isCut) + (words[problem] ?? ""));
    if (isNarrowed(state)) loadRest().catch(() => {});
    settle();
  },
  candidates({ atMost, isCut }) {
    tell(cutNote(isCut));
    looseLine.hidden = true;
    count.classList.remove("none");
    count.textContent = atMost > 0 ? fill(words.atMost, { notices: notices(atMost) }) : "";
  },
  results({ entries, shown, isMore }) {
    const made = entries.map((entry) => makeEntry(entry, state.q));
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
    const none = isNarrowed(state) ? words.noneChosen : words.none;
    count.textContent = found.count > 0 ? fill(words.exact, { notices: notices(found.count) }) : none;
    count.classList.toggle("none", found.count === 0);
    refine.showFound(found);
    chart.showChart(found, state);
    showWaiting(found.count === 0 && found.compare.length === 0);
    settle();
  },
  unread({ count: unread }) {
    tell(hint.textContent + fill(words.unread, { notices: notices(unread) }), { isRetry: true });
  },
  failed({ reason }) {
    // The next search begins anew, perhaps with scripts of a newer build.
    worker?.terminate();
    worker = null;
    clearTimeout(patience);
    clearResults();
    list.removeAttribute("aria-busy");
    tell(words[reason] ?? words.failed, { isRetry: true });
  },
};

/** Load what the first results do not wait for. */
async function loadRest() {
  if (refine) return;
  [chart, refine] = await Promise.all([import("./chart.js"), import("./refine.js")]);
  refine.showState(state);
}

function settle() {
  count.dataset.exact = "true";
  list.removeAttribute("aria-busy");
}

// --- what the page shows --------------------------------------------------------------------------------------------

/** @type {(isCut: boolean) => string} */
function cutNote(isCut) {
  return isCut ? fill(words.cut, { count: LONGEST }) : "";
}

/** @type {(message: string, options?: {isRetry?: boolean}) => void} */
function tell(message, { isRetry = false } = {}) {
  hint.hidden = message === "";
  hint.textContent = message;
  if (!isRetry) return;
  const button = make("button", "", words.retry, { type: "button" });
  button.addEventListener("click", search);
  hint.append(button);
}

function clearResults() {
  list.replaceChildren();
  more.hidden = looseLine.hidden = true;
  count.textContent = "";
  tell("");
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

function onInput() {
  const typed = Array.from(field.value.trim().slice(0, 2 * LONGEST)).slice(0, LONGEST).join("");
  write(typed === state.q ? state : { ...state, q: typed, loose: false }, isSettled && state.q !== "");
  search();
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
field.addEventListener("compositionend", onInput);
field.addEventListener("change", () => (isSettled = true));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  onInput();
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

const wide = window.matchMedia("(min-width: 52.01rem)");
wide.addEventListener("change", openOnWide);
openOnWide(wide);
listenToKeys({ field, list, more, shortcut: element("shortcut") });
readAddress();
if (!field.value && wide.matches) field.focus();
