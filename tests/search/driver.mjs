// Runs the browser's modules under Node for pytest: a task and its cases as JSON on stdin, answers as JSON on stdout.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [scripts, lunrFile] = process.argv.slice(2);
const load = (name) => import(new URL(`${name}.js`, pathToFileURL(`${scripts}/`)));
const names = ["text", "query", "index", "candidates", "contexts", "results", "loose", "spaced", "session", "blocks"];
const modules = await Promise.all(names.map(load));
const [text, query, index, candidates, contexts, results, loose, spaced, session, blocks] = modules;
const lunr = lunrFile ? createRequire(import.meta.url)(lunrFile) : null;

const element = (nodeName, ...children) => {
  const [name, className = ""] = nodeName.split(".");
  return { nodeType: 1, nodeName: name, className, childNodes: children.map(node) };
};
const node = (child) => (typeof child === "string" ? { nodeType: 3, data: child } : element(...child));

/** A folding of tables in which all forms are there. */
const foldingOf = ({ table, forms }) => {
  const folding = text.readFolding(JSON.parse(table));
  if (forms) text.addForms(folding, JSON.parse(forms));
  return folding;
};

/** A site of which parts can go missing: files in base64 by name, pages by id. The log has all that is read. */
function openSite({ files, pages = {} }, log = [], cached = {}) {
  const site = { files, pages };
  const readFile = async (name, isFresh) => {
    log.push(isFresh ? `${name} fresh` : name);
    const data = (isFresh ? undefined : cached[name]) ?? site.files[name];
    if (data === undefined) throw new Error(`404: ${name}`);
    const bytes = Buffer.from(data, "base64");
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  };
  const readPage = async (address) => {
    log.push(address);
    const page = site.pages[address.split("/")[1]];
    if (!page) throw Object.assign(new Error("404"), { isMissing: true });
    return { heading: "composed", blocks: blocks.blocksOf(element(...page)) };
  };
  return Object.assign(site, { outside: { readFile, readPage, loadLunr: async () => lunr } });
}

const WHOLE = { q: "", institution: "", genre: "", year: "", from: "", to: "", sort: "", compare: [], loose: false };
const stateOf = (state) => ({ ...WHOLE, ...(typeof state === "string" ? { q: state } : state) });

/** What a run tells, with all the results there are. */
async function runAll({ run, more }, state) {
  const told = [];
  await run(stateOf(state), (message) => told.push(message));
  while (told.findLast(({ type }) => type === "results")?.isMore) await more();
  return told;
}

async function searchAll({ files, pages, states }) {
  const opened = session.openSession(openSite({ files, pages }).outside);
  const answers = [];
  for (const state of states) answers.push(await runAll(opened, state));
  return answers;
}

/** Do steps one after another on one session; gives the log: names of files, addresses of pages, types of messages. */
async function follow({ sites, steps, cached }) {
  const log = [];
  const site = openSite(sites[0], log, cached);
  const told = [];
  const tell = (message) => {
    log.push(`told ${message.type}`);
    told.push(message);
  };
  const opened = session.openSession(site.outside);
  const runTagged = (q) => opened.run(stateOf(q), (message) => tell({ ...message, q }));
  for (const step of steps) {
    if (step.deploy) Object.assign(site, sites[step.deploy]);
    else if (step.dropPage) delete site.pages[step.dropPage];
    else if (step.more) await opened.more();
    else if (step.refresh) await opened.refresh();
    else if (step.together) await Promise.all(step.together.map(runTagged));
    else await opened.run(stateOf(step.run), tell);
  }
  return { log, told };
}

const openIndex = (files) => index.openIndex(openSite({ files }).outside, false);
const numbersOf = (marks) => Array.from(candidates.numbersOf(marks));

const tasks = {
  fold: ({ cases, ...tables }) => cases.map((source) => text.fold(foldingOf(tables), source)),
  everyCodePoint: (tables) => {
    const folding = foldingOf(tables);
    return Array.from({ length: 0x110000 }, (_, code) => {
      const { text: folded } = text.fold(folding, String.fromCodePoint(code));
      return [folded, ...text.tokens(folding, String.fromCodePoint(code))];
    });
  },
  needsForms: ({ cases, ...tables }) => {
    const folding = foldingOf(tables);
    return cases.map((source) => text.needsForms(folding, source));
  },
  tokens: ({ cases, ...tables }) => {
    const folding = foldingOf(tables);
    return cases.map((source) => ({ folded: text.fold(folding, source).text, tokens: text.tokens(folding, source) }));
  },
  parse: ({ cases, ...tables }) => {
    const folding = foldingOf(tables);
    const written = ({ kind, text: term }) => `${kind} ${term}`;
    return cases.map((typed) => {
      const asked = query.parseQuery(folding, typed);
      const demands = asked.phrases.flatMap((phrase) => query.demandsOf(folding, phrase).map(written));
      return { ...asked, demands: [...new Set(demands)] };
    });
  },
  matches: ({ cases, ...tables }) => {
    const folding = foldingOf(tables);
    return cases.map(([typed, source]) => {
      const { phrases, excluded } = query.parseQuery(folding, typed);
      const patterns = results.patternsOf(folding, phrases.map((phrase) => [phrase]), excluded);
      const segments = results.highlight(folding, patterns.phrases, source);
      return segments.filter(({ isHit }) => isHit).map(({ text: hit }) => hit);
    });
  },
  blocks: ({ cases }) => cases.map((page) => blocks.blocksOf(element(...page)).map(({ source }) => source)),
  order: ({ found, places, isByDate }) => {
    const numbers = Uint32Array.from(found, ([number]) => number);
    const scores = Float64Array.from(found, ([, score]) => score);
    return results.inOrder({ numbers, scores }, places, isByDate);
  },
  search: searchAll,
  searchMany: ({ collections }) => Promise.all(collections.map(searchAll)),
  follow,
  holders: ({ collections }) =>
    Promise.all(
      collections.map(async ({ files, phrases }) => {
        const opened = await openIndex(files);
        return Promise.all(phrases.map(async (phrase) => numbersOf(await contexts.noticesWith(opened, phrase))));
      }),
    ),
  candidates: ({ collections }) =>
    Promise.all(
      collections.map(async ({ files, needs }) => {
        const opened = await openIndex(files);
        const found = await Promise.all(needs.map((need) => opened.candidates(need)));
        return found.map(({ numbers, scores }) => Array.from(numbers, (number, at) => [number, scores[at]]));
      }),
    ),
  loosen: ({ cases, names: told, words, ...tables }) => {
    const folding = foldingOf(tables);
    const written = (alternatives) => alternatives.map(({ folded }) => folded);
    return cases.map((typed) => {
      const { phrases } = query.parseQuery(folding, typed);
      return { loosened: loose.loosen(folding, phrases, told, words).map(written) };
    });
  },
  spaced: ({ cases, ...tables }) => {
    const folding = foldingOf(tables);
    const written = ([phrase, runs]) => spaced.withSpaces(folding, phrase, runs).map(({ folded }) => folded);
    return cases.map(written);
  },
};

const { task, ...input } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await tasks[task](input)));
