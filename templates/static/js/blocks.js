/**
 * The lines of a notice's page: what a phrase can stand in.
 *
 * A line begins with every element that is not part of one, with a break in a signature, and with a line feed where
 * line feeds count; a break anywhere else is a space. Pure over nodes: those of this page, or of one read by script.
 */

/** @typedef {{node: any, from: number, at: number, length: number}} Part stretch of a text node, `at` in the source */
/** @typedef {{source: string, isTitle: boolean, parts: Part[]}} Block */
/** @typedef {{isTitle: boolean, isSignature: boolean, isPre: boolean}} Place what a node stands in */

const INLINE = new Set(
  "A ABBR B BDI BDO CITE CODE DATA DEL DFN EM I INS KBD MARK Q S SAMP SMALL SPAN STRONG SUB SUP TIME U VAR WBR".split(
    " ",
  ),
);
const TEXT_NODE = 3;
const ELEMENT_NODE = 1;

/**
 * Read the text of a page's element, a block wherever a line of its own begins; blank ones are left out.
 * @type {(root: any) => Block[]}
 */
export function blocksOf(root) {
  const blocks = [];
  let open = null;
  const add = (text, { isTitle }, part) => {
    if (!open) blocks.push((open = { source: "", isTitle, parts: [] }));
    if (part) open.parts.push({ ...part, at: open.source.length, length: text.length });
    open.source += text;
  };
  const addText = (node, place) => {
    let from = 0;
    for (const line of place.isPre ? node.data.split("\n") : [node.data]) {
      if (from > 0) open = null;
      if (line) add(line, place, { node, from });
      from += line.length + 1;
    }
  };
  const visit = (node, place) => {
    if (node.nodeType === TEXT_NODE) addText(node, place);
    else if (node.nodeName === "BR" && !place.isSignature) add(" ", place);
    else if (node.nodeType === ELEMENT_NODE) {
      const isInline = INLINE.has(node.nodeName);
      if (!isInline) open = null;
      for (const child of node.childNodes) visit(child, placeIn(node, place));
      if (!isInline) open = null;
    }
  };
  visit(root, { isTitle: false, isSignature: false, isPre: false });
  return blocks.filter(({ source }) => source.trim() !== "");
}

/** @type {(node: any, place: Place) => Place} */
function placeIn({ nodeName, className }, { isTitle, isSignature, isPre }) {
  return {
    isTitle: isTitle || nodeName === "H1",
    isSignature: isSignature || ` ${className ?? ""} `.includes(" signature "),
    isPre: isPre || nodeName === "PRE",
  };
}
