/**
 * On a notice's page opened from a result: marks the words that were searched for, and steps through them.
 *
 * The address says which, `?hits=…`; without it nothing is loaded and nothing is done.
 */

/** @typedef {{source: string, parts: import("./blocks.js").Part[]}} Block */
/** @typedef {{start: number, end: number}} Span of a block's source */

const bar = document.getElementById("hits");
const article = document.getElementById("text");
const typed = new URLSearchParams(location.search).get("hits");
/** @type {HTMLElement[][]} the marks of each hit, more than one where it runs across elements */
let hits = [];
let current = -1;

if (typed && bar && article) {
  markHits(typed).then(showBar, () => {}); // without marks it can be read as well
}

// --- finding --------------------------------------------------------------------------------------------------------

/** @type {(words: string) => Promise<void>} */
async function markHits(words) {
  const [{ blocksOf }, text, query, { FORMAT }, index] = await Promise.all([
    import("./blocks.js"),
    import("./text.js"),
    import("./query.js"),
    import("./ranges.js"),
    readFile("index.json"),
  ]);
  const blocks = blocksOf(article);
  const sources = blocks.map(({ source }) => source).join("");
  const folding = await readFolding({ text, FORMAT }, index, words + sources);
  const patterns = query.parseQuery(folding, words).phrases.map((phrase) => query.patternOf(folding, phrase));
  // From the last to the first, since a text node keeps its beginning when it is cut.
  for (const block of blocks.reverse()) {
    const spans = spansOf(patterns, text.fold(folding, block.source));
    hits.push(...spans.reverse().map((span) => markSpan(block, span)));
  }
  hits = hits.filter((marks) => marks.length > 0).reverse();
}

/**
 * Read the folding of an index that these scripts were made for.
 * @type {(scripts: {text: any, FORMAT: number}, index: any, source: string) => Promise<import("./text.js").Folding>}
 */
async function readFolding(scripts, index, source) {
  const { text, FORMAT } = scripts;
  try {
    if (index.format !== FORMAT) throw new Error("an index of another format");
    const folding = text.readFolding(await readFile(index.files.folding));
    if (text.needsForms(folding, source)) text.addForms(folding, await readFile(index.files.forms));
    return folding;
  } catch (fault) {
    // The directory may be of a build that was replaced since.
    const fresh = await readFile("index.json", { cache: "reload" });
    if (fresh.edition === index.edition) throw fault;
    return readFolding(scripts, fresh, source);
  }
}

/** @type {(name: string, options?: RequestInit) => Promise<any>} */
async function readFile(name, options) {
  const response = await fetch(new URL(bar.dataset.search + name, document.baseURI), options);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

/**
 * Find where patterns stand in a block, in order; what overlaps or touches is one, as in the list of results.
 * @type {(patterns: RegExp[], folded: import("./text.js").Folded) => Span[]}
 */
function spansOf(patterns, { text, starts, ends }) {
  const spanOf = ({ 0: { length }, index }) => ({ start: starts[index], end: ends[index + length - 1] });
  const all = patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), spanOf));
  const spans = [];
  for (const span of all.sort((one, other) => one.start - other.start)) {
    const last = spans.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else spans.push(span);
  }
  return spans;
}

// --- marking --------------------------------------------------------------------------------------------------------

/** @type {(block: Block, span: Span) => HTMLElement[]} */
function markSpan({ parts }, { start, end }) {
  const held = parts.filter(({ at, length }) => at < end && at + length > start);
  return held.map(({ node, from, at, length }) => {
    const [first, last] = [Math.max(start - at, 0), Math.min(end - at, length)];
    return wrap(node, from + first, from + last);
  });
}

/** @type {(node: Text, start: number, end: number) => HTMLElement} */
function wrap(node, start, end) {
  node.splitText(end);
  const mark = document.createElement("mark");
  const hit = node.splitText(start);
  hit.replaceWith(mark);
  mark.append(hit);
  return mark;
}

// --- stepping -------------------------------------------------------------------------------------------------------

function showBar() {
  if (hits.length === 0) return;
  document.documentElement.classList.add("has-hits");
  bar.hidden = false;
  bar.querySelector(".query").textContent = typed;
  bar.addEventListener("click", ({ target }) => {
    const { step } = target.dataset;
    if (step === "0") close();
    else if (step) stepTo((current + Number(step) + hits.length) % hits.length);
  });
  bar.addEventListener("keydown", (event) => event.key === "Escape" && close());
  stepTo(0, { isStill: location.hash !== "" });
}

/** @type {(place: number, options?: {isStill?: boolean}) => void} */
function stepTo(place, { isStill = false } = {}) {
  hits[current]?.forEach((mark) => mark.removeAttribute("aria-current"));
  current = place;
  hits[current].forEach((mark) => mark.setAttribute("aria-current", "true"));
  if (!isStill) hits[current][0].scrollIntoView({ block: "center" });
  for (const line of bar.querySelectorAll("[data-sentence]")) {
    line.textContent = line.dataset.sentence.replace("{at}", String(place + 1)).replace("{count}", String(hits.length));
  }
}

/** Take the marks out of the text and the words out of the address. */
function close() {
  for (const mark of hits.flat()) mark.replaceWith(...mark.childNodes);
  article.normalize();
  hits = [];
  bar.hidden = true;
  document.documentElement.classList.remove("has-hits");
  article.focus({ preventScroll: true });
  const address = new URL(location.href);
  address.searchParams.delete("hits");
  history.replaceState(null, "", address);
}
