/** What narrows a search or widens it: facets with their counts, dates, order, what was chosen, and near spellings. */

import { fill, inItem, make, makeLink, makeRemoval, replace, words } from "./elements.js";
import { WHOLE, readDate, searchOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{value: string, name: string, count: number}} FacetValue */
/** @typedef {{institution: FacetValue[], genre: FacetValue[], year: FacetValue[]}} Facets */

const FACETS = ["institution", "year", "genre"];
const FIRST = 8;
const MOST_NAMED = 5;

const element = (id) => document.getElementById(id);
const [chosen, dates, fault, looseLine] = ["chosen", "dates", "dates-fault", "search-loose"].map(element);

/** Names of institutions by their slug, as far as the index has told them. */
const names = new Map();
/** Facets of which all values are shown. */
const expanded = new Set();
/** @type {State} */
let state = null;

/**
 * Show what is chosen.
 * @type {(next: State) => void}
 */
export function showState(next) {
  state = next;
  showDates({ from: state.from, to: state.to }, "");
  for (const link of document.querySelectorAll("#sort a")) {
    const { sort } = link.dataset;
    link.href = searchOf({ ...state, sort });
    link.dataset.key = "sort";
    setOrRemove(link, "aria-current", sort === state.sort && "true");
  }
  showChosen();
}

/**
 * Show what was found by facets, and what was searched for instead of the words typed.
 * @type {(found: {facets: Facets, count: number, loose: ?string[], canLoosen: boolean}) => void}
 */
export function showFound(found) {
  found.facets.institution.forEach(({ value, name }) => names.set(value, name));
  FACETS.forEach((facet) => showFacet(facet, inOrder(facet, found.facets[facet])));
  showChosen();
  showLoose(found);
}

/** @type {(target: HTMLElement, name: string, value: string | false) => void} */
function setOrRemove(target, name, value) {
  if (value === false) target.removeAttribute(name);
  else target.setAttribute(name, value);
}

/** @type {(facet: string, value: string) => string} */
function nameOf(facet, value) {
  return facet === "year" ? fill(words.year, { year: value }) : (names.get(value) ?? value);
}

/** @type {(without: Partial<State>, name: string, key: string) => HTMLElement} */
function makeTakeBack(without, name, key, attributes) {
  const label = { "aria-label": fill(words.remove, { name }) };
  return makeRemoval({ ...state, ...without }, name, key, { ...label, ...attributes });
}

// --- what is chosen -------------------------------------------------------------------------------------------------

function showChosen() {
  const links = FACETS.filter((facet) => state[facet]).map((facet) =>
    makeTakeBack({ [facet]: "" }, nameOf(facet, state[facet]), facet),
  );
  const { from, to } = state;
  const sentence = from && to ? words.between : from ? words.since : words.until;
  if (from || to) links.push(makeTakeBack({ from: "", to: "" }, fill(sentence, { from, to }), "dates"));
  if (links.length > 1) links.push(makeLink({ ...state, ...WHOLE }, words.clear, "all"));
  replace(chosen, links.map((link) => inItem(link)));
  chosen.hidden = links.length === 0;
}

// --- facets ---------------------------------------------------------------------------------------------------------

/**
 * Order the values of a facet: years backwards, all else by count.
 * @type {(facet: string, values: FacetValue[]) => FacetValue[]}
 */
function inOrder(facet, values) {
  const rank = ({ value, count }) => (facet === "year" ? Number(value) : count);
  return [...values].sort((one, other) => rank(other) - rank(one));
}

/** @type {(facet: string, values: FacetValue[]) => void} */
function showFacet(facet, values) {
  const isAll = expanded.has(facet);
  const shown = values.filter(({ value }, at) => isAll || at < FIRST || value === state[facet]);
  const items = shown.map((value) => makeValue(facet, value));
  if (values.length > FIRST) items.push(makeExpander(facet, values));
  const list = element(`facet-${facet}`);
  replace(list, items);
  list.parentElement.hidden = values.length === 0;
}

/** @type {(facet: string, value: FacetValue) => HTMLElement} */
function makeValue(facet, { value, count }) {
  const name = nameOf(facet, value);
  const link =
    value === state[facet]
      ? makeTakeBack({ [facet]: "" }, name, value, { "aria-current": "true" })
      : makeLink({ ...state, [facet]: value }, name, value);
  return inItem(link, make("span", "count", String(count)));
}

/** @type {(facet: string, values: FacetValue[]) => HTMLElement} */
function makeExpander(facet, values) {
  const isAll = expanded.has(facet);
  const text = fill(isAll ? words.showFewer : words.showAll, { count: isAll ? FIRST : values.length });
  const button = make("button", "", text, { type: "button", "aria-expanded": isAll, "data-key": "" });
  button.addEventListener("click", () => {
    expanded[isAll ? "delete" : "add"](facet);
    showFacet(facet, values);
  });
  return inItem(button);
}

// --- words near those typed -----------------------------------------------------------------------------------------

/**
 * Name what was searched for instead of the words typed, or offer to.
 * @type {(found: {loose: ?string[], canLoosen: boolean}) => void}
 */
function showLoose({ loose, canLoosen }) {
  looseLine.replaceChildren();
  if (loose) {
    const some = loose.slice(0, MOST_NAMED).join(words.separator);
    const phrases = loose.length > MOST_NAMED ? fill(words.andMore, { phrases: some, count: loose.length }) : some;
    looseLine.append(fill(state.loose ? words.loosenedAlso : words.loosened, { query: state.q, phrases }));
  }
  if (state.loose) looseLine.append(" ", makeLink({ ...state, loose: false }, words.strictly, "loose"));
  else if (canLoosen && !loose) looseLine.append(makeLink({ ...state, loose: true }, words.loosen, "loose"));
  looseLine.hidden = !looseLine.hasChildNodes();
}

// --- dates ----------------------------------------------------------------------------------------------------------

/**
 * Read the dates in the fields; null, and said on the page, where they make no range.
 * @type {() => ?{from: string, to: string}}
 */
export function chosenDates() {
  const typed = { from: dates.elements.from.value, to: dates.elements.to.value };
  const [from, to] = [readDate(typed.from), readDate(typed.to)];
  const isWrong = from === null || to === null;
  const isTurned = !isWrong && to !== "" && from.slice(0, to.length) > to;
  showDates(typed, isWrong ? words.dateWrong : isTurned ? words.dateOrder : "");
  dates.querySelector("[aria-invalid=true]")?.focus();
  return isWrong || isTurned ? null : { from, to };
}

/** @type {(written: {from: string, to: string}, message: string) => void} */
function showDates(written, message) {
  for (const [name, value] of Object.entries(written)) {
    const field = dates.elements[name];
    field.value = value;
    const isWrong = message === words.dateOrder || readDate(value) === null;
    setOrRemove(field, "aria-invalid", isWrong && "true");
    field.setAttribute("aria-describedby", isWrong ? "dates-fault dates-form" : "dates-form");
  }
  fault.textContent = message;
}
