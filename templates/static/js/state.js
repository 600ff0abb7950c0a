/** The state of a search, and the address that holds it. Pure. */

/** @typedef {{institution: string, genre: string, year: string, from: string, to: string}} Range "" where not set */
/** @typedef {Range & {q: string, sort: string, compare: string[], loose: boolean}} State */

export const MOST_COMPARED = 2;
/** Characters and words of a query that count: query.js passes over the rest. */
export const LONGEST = 300;
export const MOST_WORDS = 20;
const RANGE = ["institution", "genre", "year", "from", "to"];
const NAMES = ["q", ...RANGE, "sort"];
const DATE = /^(\d{4})(?:[-./年](\d\d?)(?:[-./月](\d\d?)日?|月?)|年?)$/;

/** A state that narrows nothing down. */
export const WHOLE = Object.fromEntries(RANGE.map((name) => [name, ""]));

/**
 * Read a state; what can be no date, no order or no phrase to compare with is passed over.
 * @type {(params: URLSearchParams) => State}
 */
export function readState(params) {
  const state = Object.fromEntries(NAMES.map((name) => [name, params.get(name) ?? ""]));
  const compare = new Set(params.getAll("compare").map((phrase) => phrase.trim()));
  return {
    ...state,
    from: readDate(state.from) ?? "",
    to: readDate(state.to) ?? "",
    sort: state.sort === "date" ? "date" : "",
    compare: [...compare].filter(Boolean).slice(0, MOST_COMPARED),
    loose: params.has("loose"),
  };
}

/**
 * Write the part of an address that `readState` reads back.
 * @type {(state: State) => string}
 */
export function searchOf(state) {
  const params = new URLSearchParams(NAMES.filter((name) => state[name]).map((name) => [name, state[name]]));
  state.compare.forEach((phrase) => params.append("compare", phrase));
  if (state.loose) params.set("loose", "1");
  return `?${params}`;
}

/** @type {(state: State) => boolean} */
export function isNarrowed(state) {
  return RANGE.some((name) => state[name]);
}

/**
 * Read a date as people write it, 2020年3月 or 2020/3/15; null where it is none.
 * @type {(typed: string) => ?string}
 */
export function readDate(typed) {
  const written = typed.normalize("NFKC").replace(/\s/g, "");
  if (!written) return "";
  const parts = (DATE.exec(written) ?? []).slice(1).filter(Boolean);
  const [year, month = "01", day = "01"] = parts.map((part) => part.padStart(2, "0"));
  const isReal = new Date(`${year}-${month}-${day}`).getUTCDate() === Number(day);
  return year && isReal ? [year, month, day].slice(0, parts.length).join("-") : null;
}
