/** What narrows a result, and what it is counted by: institution, genre, year, months. Pure, over marks by number. */

/** @typedef {{value: string, name: string, count: number}} FacetValue */
/** @typedef {{institution: string, genre: string, year: string, from: string, to: string}} Filters "" where not set */
/** @typedef {{institution: FacetValue[], genre: FacetValue[], year: FacetValue[]}} FacetCounts */
/** @typedef {{month: string, stated: number, inferred: number}} Month */
/** @typedef {{months: Month[], years: {year: string, count: number}[], undated: number}} Chart */
/** @typedef {{institutions: [string, string][], genres: string[], institution: number[][], genre: number[]}} ByName */
/** @typedef {ByName & {day: number[], precision: string, kind: string}} Facets as `search/facets-….json` has them */

const NAMES = ["institution", "genre", "year", "date"];
const [INSTITUTION, GENRE, YEAR, DATE] = NAMES.map((_, at) => 1 << at);
const INFERRED = "i";
const TO_THE_YEAR = "1";
const TO_THE_DAY = "3";

/**
 * Tell, by number, which filters each notice fails, as bits; 0 where it passes them all.
 * @type {(facets: Facets, filters: Filters) => Uint8Array}
 */
export function failing(facets, { institution, genre, year, from, to }) {
  const slug = facets.institutions.findIndex(([value]) => value === institution);
  const kind = facets.genres.indexOf(genre);
  const [first, last] = [dayOf(from, "0"), dayOf(to, "9")];
  return Uint8Array.from(facets.day, (day, number) => {
    const failed = institution && !facets.institution[number].includes(slug) ? INSTITUTION : 0;
    const end = lastDayOf(day, facets.precision[number]);
    const isOut = (from || to) && (day === 0 || day < (first ?? 0) || end > (last ?? Infinity));
    return (
      failed |
      (genre && (kind < 0 || facets.genre[number] !== kind) ? GENRE : 0) |
      (year && yearOf(day) !== year ? YEAR : 0) |
      (isOut ? DATE : 0)
    );
  });
}

/**
 * Read a date as the first or the last day it may be; null where it is none.
 * @type {(date: string, fill: string) => ?number}
 */
function dayOf(date, fill) {
  const [year, month = "", day = ""] = date.split("-");
  return year ? Number(year + (month + day).padEnd(4, fill)) : null;
}

/**
 * Give the last day that a date may mean, of which so much is known; only what surely lies in a span is in it.
 * @type {(day: number, precision: string) => number}
 */
function lastDayOf(day, precision) {
  if (precision === TO_THE_DAY) return day;
  return precision === TO_THE_YEAR ? Math.floor(day / 10_000) * 10_000 + 1231 : Math.floor(day / 100) * 100 + 31;
}

/** @type {(day: number) => string} */
function yearOf(day) {
  return day === 0 ? "" : String(Math.floor(day / 10_000)).padStart(4, "0");
}

/**
 * Count the marked notices by facet: each facet by what passes the filters of all others.
 * @type {(facets: Facets, marks: Uint8Array, failed: Uint8Array, filters: Filters) => FacetCounts}
 */
export function countFacets(facets, marks, failed, filters) {
  const [institution, genre, year] = [new Map(), new Map(), new Map()];
  const raise = (counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1);
  for (let number = 0; number < marks.length; number += 1) {
    if (!marks[number]) continue;
    const not = (own) => (failed[number] & ~own) === 0;
    if (not(INSTITUTION)) facets.institution[number].forEach((at) => raise(institution, at));
    if (not(GENRE) && facets.genre[number] >= 0) raise(genre, facets.genre[number]);
    if (not(YEAR) && facets.day[number] > 0) raise(year, yearOf(facets.day[number]));
  }
  const valueOf = (counts, value, name, at) => ({ value, name, count: counts.get(at) ?? 0 });
  const institutions = facets.institutions.map(([value, name], at) => valueOf(institution, value, name, at));
  const genres = facets.genres.map((name, at) => valueOf(genre, name, name, at));
  return {
    institution: institutions.filter(({ value, count }) => count > 0 || value === filters.institution),
    genre: genres.filter(({ value, count }) => count > 0 || value === filters.genre),
    year: countYears(year, filters.year),
  };
}

/**
 * List years, the last first, with the one that is chosen.
 * @type {(counts: Map<string, number>, chosen: string) => FacetValue[]}
 */
function countYears(counts, chosen) {
  if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
  const years = Array.from(counts.keys()).sort().reverse();
  return years.map((year) => ({ value: year, name: year, count: counts.get(year) }));
}

/**
 * Count marked notices that pass all filters by month; apart where the month or the date is not known.
 * @type {(facets: Facets, marks: Uint8Array, failed: Uint8Array) => Chart & {count: number}}
 */
export function chartOf({ day, precision, kind }, marks, failed) {
  const [months, years] = [new Map(), new Map()];
  let [undated, count] = [0, 0];
  for (let number = 0; number < marks.length; number += 1) {
    if (!marks[number] || failed[number]) continue;
    const year = yearOf(day[number]);
    count += 1;
    if (day[number] === 0) undated += 1;
    else if (precision[number] === TO_THE_YEAR) years.set(year, (years.get(year) ?? 0) + 1);
    else {
      const month = Math.floor(day[number] / 100);
      const at = months.get(month) ?? { stated: 0, inferred: 0 };
      at[kind[number] === INFERRED ? "inferred" : "stated"] += 1;
      months.set(month, at);
    }
  }
  const byYear = Array.from(years, ([year, held]) => ({ year, count: held }));
  byYear.sort((one, other) => (one.year < other.year ? -1 : 1));
  return { months: withEmptyMonths(months), years: byYear, undated, count };
}

/** @type {(counts: Map<number, {stated: number, inferred: number}>) => Month[]} */
function withEmptyMonths(counts) {
  const found = Array.from(counts.keys()).sort((one, other) => one - other);
  const months = [];
  for (let month = found[0]; month <= found.at(-1); month = nextMonth(month)) {
    const written = `${yearOf(month * 100)}-${String(month % 100).padStart(2, "0")}`;
    months.push({ month: written, ...(counts.get(month) ?? { stated: 0, inferred: 0 }) });
  }
  return months;
}

/** @type {(month: number) => number} */
function nextMonth(month) {
  return month % 100 >= 12 ? month + 89 : month + 1;
}
