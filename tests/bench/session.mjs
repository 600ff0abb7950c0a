/**
 * Run searches through the shipped scripts under Node: `node session.mjs SCRIPTS SITE LUNR < states`.
 *
 * Reads one state a line as JSON, with `most`: up to how many results to ask for where there are no more than that.
 * Writes one line a state: what was shown, in order, and what the session says is exact.
 */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { installPage } from "./page.mjs";

const [scripts, site, lunr] = process.argv.slice(2).map((path) => pathToFileURL(path));
const below = (folder, name) => new URL(`${folder.href}/${name}`);

installPage();
const { openSession } = await import(below(scripts, "session.js").href);
const { readPage } = await import(below(scripts, "site.js").href);

const session = openSession({
  readFile: async (name) => {
    const data = await readFile(below(site, `search/${name}`));
    return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  },
  readPage: (address) => readPage(below(site, `${address.split("?")[0]}index.html`)),
  loadLunr: async () => createRequire(import.meta.url)(lunr.pathname),
});

const EMPTY = { institution: "", genre: "", year: "", from: "", to: "", sort: "", compare: [], loose: false };

/** @type {(state: any) => Promise<any>} */
async function answer({ most, ...state }) {
  const told = { ids: [], isMore: false, count: null, facets: null, chart: null, loose: null, faults: [] };
  await session.run({ ...EMPTY, ...state }, (message) => {
    if (message.type === "results") {
      told.ids.push(...message.entries.map(({ record }) => record.id));
      told.isMore = message.isMore;
    } else if (message.type === "exact") {
      const { count, facets, chart, loose } = message;
      Object.assign(told, { count, facets, chart, loose });
    } else if (message.type !== "candidates") told.faults.push(message);
  });
  while (told.isMore && told.count !== null && told.count <= most) await session.more();
  return told;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
