/**
 * The worker of the search page: hands messages to a session and back. A classic script, for lunr.js is one.
 *
 * It reads the files of the index itself; pages it asks the page for, which can read a document.
 */

const session = import("./session.js");
/** @type {?Promise<{run: (state: any, tell: (message: any) => void) => Promise<void>, more: () => Promise<void>}>} */
let opened = null;
/** Which run is the latest: one that waits for the scripts gives way to it. */
let latest = 0;
/** @type {Map<number, {resolve: (page: any) => void, reject: (error: Error) => void}>} */
const asked = new Map();
let tickets = 0;

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

const hear = {
  async open({ root }) {
    opened = session.then(({ openSession }) => openSession({ readFile: fileReader(root), readPage, loadLunr }));
    await opened;
  },
  async run({ run, state }) {
    latest = run;
    const { run: runState } = await opened;
    if (run === latest) await runState(state, (message) => self.postMessage({ ...message, run }));
  },
  async more({ run }) {
    const { more } = await opened;
    if (run === latest) await more();
  },
  async page({ ticket, page }) {
    const { resolve, reject } = asked.get(ticket);
    asked.delete(ticket);
    if (page) resolve(page);
    else reject(new Error("no page"));
  },
};

self.addEventListener("message", ({ data }) => hear[data.type](data));
