/**
 * The worker of the search page: hands messages to a session and back. A classic script, for lunr.js is one.
 *
 * It reads the files of the index itself; pages it asks the page for, which can read a document.
 */

/** Asked for together; each by itself would be known only from the one that imports it. */
const SCRIPTS = ["session", "finding", "index", "query", "text", "bits", "candidates", "ranges", "results"];
const [session] = SCRIPTS.map((name) => import(`./${name}.js`));
// An error that nothing catches is told to the page, which begins again with a new worker.
session.catch((error) => setTimeout(() => { throw error; }));
/** @type {?Promise<{run: (state: any, tell: (message: any) => void) => Promise<void>, more: () => Promise<void>}>} */
let opened = null;
/** Which run is the latest: one that waits for the scripts gives way to it. */
let latest = 0;
/** @type {Map<number, {resolve: (page: any) => void, reject: (error: Error) => void}>} */
const asked = new Map();
let tickets = 0;
/** @type {(() => void)[]} called when the page has shown results, in the order of these */
const shown = [];

/** @type {(root: string) => (name: string, isFresh: boolean) => Promise<ArrayBuffer>} */
const fileReader = (root) => async (name, isFresh) => {
  const response = await fetch(new URL(`search/${name}`, root), { cache: isFresh ? "reload" : "default" });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.arrayBuffer();
};

/** @type {(address: string) => Promise<any>} */
function readPage(address) {
  return new Promise((resolve, reject) => {
    const ticket = (tickets += 1);
    asked.set(ticket, { resolve, reject });
    self.postMessage({ type: "read", ticket, address });
  });
}

async function loadLunr() {
  if (!self.lunr) importScripts("lunr.js");
  return self.lunr;
}

/**
 * Tell the page; results are told when they are shown, so that nothing that can wait is fetched before them.
 * @type {(message: any) => Promise<void>}
 */
async function post(message) {
  self.postMessage(message);
  if (message.type === "results") await new Promise((resolve) => shown.push(resolve));
}

const hear = {
  async open({ root }) {
    opened = session.then(({ openSession }) => openSession({ readFile: fileReader(root), readPage, loadLunr }));
    await opened;
  },
  async run({ run, state }) {
    latest = run;
    const { run: runState } = await opened;
    if (run === latest) await runState(state, (message) => post({ ...message, run }));
  },
  async more({ run }) {
    const { more } = await opened;
    if (run === latest) await more();
  },
  async refresh() {
    await (await opened).refresh();
  },
  shown() {
    shown.shift()();
  },
  async page({ ticket, page, isMissing }) {
    const { resolve, reject } = asked.get(ticket);
    asked.delete(ticket);
    if (page) resolve(page);
    else reject(Object.assign(new Error("no page"), { isMissing }));
  },
};

self.addEventListener("message", ({ data }) => hear[data.type](data));
