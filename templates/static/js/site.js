/** What the worker cannot read by itself: the lines of the site's pages, for which a document is needed. */

import { blocksOf } from "./blocks.js";

/** @typedef {{heading: string, blocks: {source: string, isTitle: boolean}[]}} NoticePage */

/**
 * Read the lines of a notice's page; what the server answers instead is the `status` of the error.
 * @type {(address: URL) => Promise<NoticePage>}
 */
export async function readPage(address) {
  const response = await fetch(address);
  const { ok, status } = response;
  if (!ok) throw Object.assign(new Error(`${address}: ${status}`), { status });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const text = page.querySelector("article#text");
  if (!text) throw new Error(`${address}: no text`);
  const blocks = blocksOf(text).map(({ source, isTitle }) => ({ source, isTitle }));
  return { heading: page.querySelector("h1")?.textContent ?? "", blocks };
}
