/**
 * Just enough of a browser for `site.js` to read pages of the site from disk under Node: `fetch` and `DOMParser`.
 *
 * The pages are sitegen's own, with every element closed, so a parser of a few lines reads them.
 */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const PIECE = /<!--[\s\S]*?-->|<(\/?)([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|[^<]+/gi;
const VOID = new Set(["BR", "COL", "HR", "IMG", "INPUT", "WBR"]);
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** @type {(text: string) => string} */
function decode(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED[name] ?? whole;
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
  });
}

/** @type {(name: string, attributes: string) => any} */
function element(name, attributes) {
  const className = decode(/\sclass="([^"]*)"/.exec(attributes)?.[1] ?? "");
  return { nodeType: 1, nodeName: name.toUpperCase(), className, childNodes: [] };
}

/** @type {(html: string) => any} the first element of a piece of HTML */
function parse(html) {
  const top = element("", "");
  const open = [top];
  for (const [piece, slash, name, attributes] of html.matchAll(PIECE)) {
    if (name === undefined) {
      if (!piece.startsWith("<")) open.at(-1).childNodes.push({ nodeType: 3, nodeName: "#text", data: decode(piece) });
    } else if (slash) {
      if (open.length > 1) open.pop();
    } else {
      const made = element(name, attributes);
      open.at(-1).childNodes.push(made);
      if (!VOID.has(made.nodeName)) open.push(made);
    }
  }
  return top.childNodes[0];
}

/** @type {(node: any) => string} */
function textOf(node) {
  return node.nodeType === 3 ? node.data : node.childNodes.map(textOf).join("");
}

const CUTS = { "article#text": /<article id="text"[\s\S]*?<\/article>/, h1: /<h1[\s\S]*?<\/h1>/ };

class PageParser {
  parseFromString(html) {
    const querySelector = (selector) => {
      const found = CUTS[selector].exec(html);
      if (!found) return null;
      const root = parse(found[0]);
      return Object.assign(root, { textContent: textOf(root) });
    };
    return { querySelector };
  }
}

async function fetchFile(address) {
  try {
    const text = await readFile(fileURLToPath(address), "utf8");
    return { ok: true, status: 200, text: async () => text };
  } catch {
    return { ok: false, status: 404 };
  }
}

export function installPage() {
  Object.assign(globalThis, { DOMParser: PageParser, fetch: fetchFile });
}
