// Runs the browser's modules under Node for pytest: a task and its cases as JSON on stdin, the answers as JSON on stdout.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [scripts, lunrFile] = process.argv.slice(2);
const load = (name) => import(new URL(`${name}.js`, pathToFileURL(`${scripts}/`)));
const [text, index, query, results] = await Promise.all(["text", "index", "query", "results"].map(load));
const lunr = lunrFile ? createRequire(import.meta.url)(lunrFile) : null;

const reader = (files) => async (name) => JSON.parse(files[name]);
const element = (nodeName, ...children) => ({ nodeType: 1, nodeName, childNodes: children.map(node) });
const node = (child) => (typeof child === "string" ? { nodeType: 3, data: child } : element(...child));

async function searchAll({ files, pages, queries }) {
  const opened = await index.loadIndex(lunr, reader(files));
  const blocks = new Map(Object.entries(pages).map(([id, page]) => [id, results.blocksOf(opened.folding, element(...page))]));
  return Promise.all(queries.map((typed) => searchOne(opened, blocks, typed)));
}

async function searchOne(opened, blocks, typed) {
  const asked = query.parseQuery(opened.folding, typed);
  const candidates = results.inOrder(await opened.candidates(query.demandsOf(opened.folding, asked.phrases)), opened.records);
  const patterns = results.patternsOf(opened.folding, asked);
  const found = [];
  for await (const { candidate, isResult } of results.judged(candidates, patterns, async (id) => blocks.get(id))) {
    if (isResult) found.push({ id: candidate.id, snippets: results.snippets(patterns.phrases, blocks.get(candidate.id)) });
  }
  return { problem: asked.problem, isCut: asked.isCut, candidates, found };
}

const tasks = {
  fold: ({ table, cases }) => {
    const folding = text.readFolding(JSON.parse(table));
    return cases.map((source) => text.fold(folding, source));
  },
  everyCodePoint: ({ table }) => {
    const folding = text.readFolding(JSON.parse(table));
    return Array.from({ length: 0x110000 }, (_, code) => {
      const { text: folded } = text.fold(folding, String.fromCodePoint(code));
      return [folded, ...text.tokens(folding, String.fromCodePoint(code))];
    });
  },
  tokens: ({ table, cases }) => {
    const folding = text.readFolding(JSON.parse(table));
    return cases.map((source) => ({ folded: text.fold(folding, source).text, tokens: text.tokens(folding, source) }));
  },
  parse: ({ table, cases }) => {
    const folding = text.readFolding(JSON.parse(table));
    return cases.map((typed) => {
      const asked = query.parseQuery(folding, typed);
      return { ...asked, demands: query.demandsOf(folding, asked.phrases).map(({ kind, text: term }) => `${kind} ${term}`) };
    });
  },
  matches: ({ table, cases }) => {
    const folding = text.readFolding(JSON.parse(table));
    return cases.map(([typed, source]) => {
      const patterns = results.patternsOf(folding, query.parseQuery(folding, typed));
      const segments = results.highlight(folding, patterns.phrases, source);
      return segments.filter(({ isHit }) => isHit).map(({ text: hit }) => hit);
    });
  },
  blocks: ({ table, cases }) => {
    const folding = text.readFolding(JSON.parse(table));
    return cases.map((page) => results.blocksOf(folding, element(...page)).map(({ source }) => source));
  },
  order: ({ candidates, places }) => results.inOrder(candidates, new Map(Object.entries(places))).map(({ id }) => id),
  search: searchAll,
  searchMany: ({ collections }) => Promise.all(collections.map(searchAll)),
  load: async ({ answers }) => {
    const asked = [];
    const read = async (name, isFresh) => {
      asked.push(isFresh ? `${name} fresh` : name);
      const answer = answers[isFresh ? "fresh" : "cached"][name];
      if (answer === undefined) throw new Error("404");
      return JSON.parse(answer);
    };
    const outcome = await index.loadIndex(lunr, read).then(() => "loaded", (error) => error.reason ?? String(error));
    return { outcome, asked };
  },
  lunr: ({ cases }) =>
    cases.map(({ serialised, groups }) => {
      const loaded = index.loadLunr(lunr, JSON.parse(serialised));
      return groups.map((group) => index.askLunr(lunr, loaded, group));
    }),
};

const { task, ...input } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await tasks[task](input)));
