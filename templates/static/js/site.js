/** What the search page reads of the site: the files of its index, and the texts of its notices. */

import { IndexError, loadIndex } from "./index.js";
import { blocksOf } from "./results.js";

/** @typedef {import("./index.js").SearchIndex} SearchIndex */
/** @typedef {{blocks: import("./results.js").Block[], heading: string}} NoticePage */
/** @typedef {{openIndex: () => Promise<SearchIndex>, readPage: (id: string) => Promise<NoticePage>}} Site */

/**
 * Give the site at an address; what was read once is kept, what failed is tried again when it is next asked for.
 * @type {(root: URL) => Site}
 */
export function openSite(root) {
  /** @type {Map<string, Promise<any>>} */
  const kept = new Map();
  const keep = (key, read) => {
    if (!kept.has(key)) {
      const reading = read();
      kept.set(key, reading);
      reading.catch(() => kept.delete(key));
    }
    return kept.get(key);
  };
  const openIndex = () => keep("", () => readIndex(root));
  const readPage = (id) => keep(id, async () => parsePage(root, await openIndex(), id));
  return { openIndex, readPage };
}

/** @type {(root: URL) => Promise<SearchIndex>} */
async function readIndex(root) {
  if (!window.lunr) throw new IndexError("unreachable");
  return loadIndex(window.lunr, async (name, isFresh) => {
    const response = await get(new URL(`search/${name}.json`, root), { cache: isFresh ? "reload" : "default" });
    return response.json();
  });
}

/** @type {(root: URL, index: SearchIndex, id: string) => Promise<NoticePage>} */
async function parsePage(root, index, id) {
  const response = await get(new URL(index.records.get(id).address, root));
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const text = page.querySelector("article#text");
  if (!text) throw new Error(`${id}: no text`);
  return { blocks: blocksOf(index.folding, text), heading: page.querySelector("h1")?.textContent ?? id };
}

/** @type {(address: URL, options?: RequestInit) => Promise<Response>} */
async function get(address, options) {
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}
