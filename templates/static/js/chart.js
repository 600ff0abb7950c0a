/** Phrases over time: small multiples of plain bars on one axis, what has no month apart, and all of it as a table. */

import { fill, make, makeLink, makeRemoval, notices, replace, words } from "./elements.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{month: string, stated: number, inferred: number}} Month */
/** @typedef {{months: Month[], years: {year: string, count: number}[], undated: number}} Chart */
/** @typedef {{phrase: string, count: number, chart: Chart}} Series */
/** @typedef {{period: string, stated: number, inferred: number}} Bar of a month or a year */
/** @typedef {{series: Series, bars: Bar[], apart: Record<string, number>}} Row */

const MOST_YEARS = 10;
const MONTHS = "01 02 03 04 05 06 07 08 09 10 11 12".split(" ");
const APART = ["yearOnly", "undated"];
const MOST_TICKS = 10;

const element = (id) => document.getElementById(id);
const [plots, heading, note] = ["plots", "chart-name", "chart-note"].map(element);
const [table, figures] = ["chart-table", "figures"].map(element);
/** What the table is made of once it is opened, and the state that its links narrow down. */
let rows = [];
let shownState = null;

table.addEventListener("toggle", showTable);

/**
 * Draw the query's own notices over time, and below it those of the phrases compared with it.
 * @type {(found: {count: number, chart: Chart, compare: Series[]}, state: State) => void}
 */
export function showChart({ count, chart, compare }, state) {
  showSeries([{ phrase: state.q, count, chart }, ...compare], state);
}

/** @type {(series: Series[], state: State) => void} */
function showSeries(series, state) {
  const periods = periodsOf(series);
  shownState = state;
  rows = series.map((one) => rowOf(one, periods));
  const kinds = APART.filter((kind) => rows.some(({ apart }) => apart[kind] > 0));
  const top = Math.max(1, ...rows.flatMap(({ bars }) => bars.map(total)));
  heading.textContent = isYearly(periods) ? words.byYear : words.byMonth;
  note.textContent = rows.some(({ bars }) => bars.some(({ inferred }) => inferred > 0)) ? words.hatched : "";
  plots.style.setProperty("--periods", periods.length);
  plots.style.setProperty("--apart", kinds.length);
  const made = rows.map((row) => makePlot(row, top, kinds));
  if (series.length > 1) made.forEach((plot, at) => plot.prepend(makeCaption(series[at], at > 0 ? state : null)));
  plots.replaceChildren(...made, makeAxis(periods));
  showTable();
}

// --- what is drawn --------------------------------------------------------------------------------------------------

/**
 * List the months of all years that any phrase has; the years alone where months are too many to be told apart.
 * @type {(series: Series[]) => string[]}
 */
function periodsOf(series) {
  const years = series.flatMap(({ chart }) => chart.months.map(({ month }) => Number(month.slice(0, 4))));
  if (years.length === 0) return [];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const whole = Array.from({ length: last - first + 1 }, (_, at) => String(first + at).padStart(4, "0"));
  return whole.length > MOST_YEARS ? whole : whole.flatMap((year) => MONTHS.map((month) => `${year}-${month}`));
}

/** @type {(periods: string[]) => boolean} */
function isYearly(periods) {
  return periods.length > 0 && !periods[0].includes("-");
}

/** @type {(series: Series, periods: string[]) => Row} */
function rowOf(series, periods) {
  const bars = new Map(periods.map((period) => [period, { period, stated: 0, inferred: 0 }]));
  for (const { month, stated, inferred } of series.chart.months) {
    const bar = bars.get(isYearly(periods) ? month.slice(0, 4) : month);
    bar.stated += stated;
    bar.inferred += inferred;
  }
  const yearOnly = series.chart.years.reduce((sum, { count }) => sum + count, 0);
  return { series, bars: [...bars.values()], apart: { yearOnly, undated: series.chart.undated } };
}

/** @type {(bar: Bar) => number} */
function total({ stated, inferred }) {
  return stated + inferred;
}

/** @type {(period: string) => string} */
function nameOf(period) {
  const [year, month] = period.split("-");
  return fill(month ? words.month : words.year, { year, month: Number(month) });
}

// --- bars -----------------------------------------------------------------------------------------------------------

/** @type {(row: Row, top: number, kinds: string[]) => HTMLElement} */
function makePlot({ series, bars, apart }, top, kinds) {
  const plot = make("figure", "plot");
  const peak = bars.reduce((most, bar) => (total(bar) > total(most) ? bar : most), bars[0]);
  const field = make("div", "bars", "", { role: "img", "aria-label": summary(series, bars, peak) });
  field.append(...bars.map((bar) => makeBar(bar, top)));
  if (peak && total(peak) > 0) field.append(makePeak(total(peak), top, (bars.indexOf(peak) + 0.5) / bars.length));
  plot.append(field);
  plot.append(makeApart(kinds.map((kind) => [words[kind], apart[kind]]), top));
  return plot;
}

/**
 * Name a phrase; one that is compared can be taken out of the state.
 * @type {(series: Series, state: ?State) => HTMLElement}
 */
function makeCaption({ phrase, count }, state) {
  const caption = make("figcaption", "", phrase);
  caption.append(make("span", "count", notices(count)));
  if (state) {
    const without = { ...state, compare: state.compare.filter((other) => other !== phrase) };
    caption.append(makeRemoval(without, "", phrase, { "aria-label": fill(words.compareEnd, { phrase }) }));
  }
  return caption;
}

/** @type {(series: Series, bars: Bar[], peak: ?Bar) => string} */
function summary({ phrase, count }, bars, peak) {
  if (!peak) return `${phrase}${notices(count)}`;
  const [first, last] = [bars[0], bars.at(-1)].map(({ period }) => nameOf(period));
  return fill(words.peak, { phrase, first, last, peak: nameOf(peak.period), notices: notices(total(peak)) });
}

/** @type {(bar: Bar, top: number) => HTMLElement} */
function makeBar({ period, stated, inferred }, top) {
  const title = fill(words.bar, { period: nameOf(period), notices: notices(stated + inferred) });
  const bar = make("span", "bar", "", { title, "data-period": period });
  if (inferred > 0) bar.append(makeStretch("inferred", inferred / top));
  if (stated > 0) bar.append(makeStretch("stated", stated / top));
  return bar;
}

/** @type {(kind: string, share: number) => HTMLElement} */
function makeStretch(kind, share) {
  const stretch = make("i", kind);
  stretch.style.blockSize = `${100 * Math.min(share, 1)}%`;
  return stretch;
}

/** @type {(count: number, top: number, at: number) => HTMLElement} */
function makePeak(count, top, at) {
  const peak = make("span", "peak", String(count));
  peak.style.insetInlineStart = `${100 * at}%`;
  peak.style.insetBlockEnd = `${(100 * count) / top}%`;
  return peak;
}

/** @type {(apart: [string, number][], top: number) => HTMLElement} */
function makeApart(apart, top) {
  const field = make("div", "apart");
  for (const [name, count] of apart) {
    const bar = make("span", "bar");
    bar.append(make("b", "", String(count)));
    if (count > 0) bar.append(makeStretch(count > top ? "over" : "open", count / top));
    bar.append(make("span", "", name));
    field.append(bar);
  }
  return field;
}

/** @type {(periods: string[]) => HTMLElement} */
function makeAxis(periods) {
  const axis = make("div", "axis", "", { "aria-hidden": "true" });
  const starts = periods.map((period, at) => [period, at]).filter(([period, at]) => /^\d+(-01)?$/.test(period));
  const step = Math.ceil(starts.length / MOST_TICKS);
  for (const [period, at] of starts.filter((_, place) => place % step === 0)) {
    const tick = make("span", "", period.slice(0, 4));
    tick.style.insetInlineStart = `${(100 * at) / periods.length}%`;
    axis.append(tick);
  }
  return axis;
}

// --- the table ------------------------------------------------------------------------------------------------------

/**
 * Make the table when it is open; while it is closed nobody waits for it. Its months are links, so that the keyboard
 * reaches what a bar leads to.
 */
function showTable() {
  if (!table.open || rows.length === 0) return figures.replaceChildren();
  const made = make("table", "figures");
  const periods = rows[0].bars.map(({ period }) => period);
  const lines = periods.map((period, at) => [linkTo(period), rows.map(({ bars }) => written(bars[at]))]);
  const years = new Set(rows.flatMap(({ series }) => series.chart.years.map(({ year }) => String(year))));
  for (const year of [...years].sort()) {
    const inYear = ({ series }) => series.chart.years.find((one) => String(one.year) === year)?.count ?? 0;
    lines.push([`${fill(words.year, { year })} ${words.yearOnly}`, rows.map((row) => String(inYear(row)))]);
  }
  lines.push([words.undated, rows.map(({ series }) => String(series.chart.undated))]);
  const shown = lines.filter(([, cells]) => cells.some((cell) => cell !== "0"));
  made.append(make("caption", "", words.tableNote), makeTableHead(periods), makeTableBody(shown));
  replace(figures, [made]);
}

/** @type {(period: string) => HTMLElement} */
function linkTo(period) {
  return makeLink({ ...shownState, from: period, to: period }, nameOf(period), period);
}

/** @type {(bar: Bar) => string} */
function written({ stated, inferred }) {
  const count = String(stated + inferred);
  return inferred > 0 ? fill(words.withInferred, { count, inferred }) : count;
}

/** @type {(periods: string[]) => HTMLElement} */
function makeTableHead(periods) {
  const row = make("tr");
  const names = [isYearly(periods) ? words.yearName : words.monthName, ...rows.map(({ series }) => series.phrase)];
  row.append(...names.map((name) => make("th", "", name, { scope: "col" })));
  const head = make("thead");
  head.append(row);
  return head;
}

/** @type {(lines: [string | HTMLElement, string[]][]) => HTMLElement} */
function makeTableBody(lines) {
  const body = make("tbody");
  for (const [name, cells] of lines) {
    const row = make("tr");
    const head = make("th", "", "", { scope: "row" });
    head.append(name);
    row.append(head, ...cells.map((cell) => make("td", "", cell)));
    body.append(row);
  }
  return body;
}
