/** New elements of the search page, filled through textContent alone, and the words for them. */

import { searchOf } from "./state.js";

/** @typedef {import("./state.js").State} State */

/** Words of the interface, as the page brings them. */
export const words = document.getElementById("search-words").dataset;

/** @type {(name: string, className?: string, text?: string, attributes?: Record<string, string>) => HTMLElement} */
export function make(name, className = "", text = "", attributes = {}) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

/** @type {(...children: (Node | string)[]) => HTMLElement} */
export function inItem(...children) {
  const item = make("li");
  item.append(...children);
  return item;
}

/**
 * Put values in the places of a sentence; a value is never read as a sentence itself.
 * @type {(sentence: string, values: Record<string, string | number>) => string}
 */
export function fill(sentence, values) {
  return sentence.replace(/\{([a-z]+)\}/g, (place, name) => String(values[name] ?? place));
}

/** @type {(count: number) => string} */
export function notices(count) {
  return fill(count === 1 ? words.noticesOne : words.noticesOther, { count });
}

/**
 * Make a link to a state of the search, followed without loading the page anew; its key tells it when it is made again.
 * @type {(state: State, text: string, key: string, attributes?: Record<string, string>) => HTMLElement}
 */
export function makeLink(state, text, key, attributes) {
  return make("a", "", text, { href: searchOf(state), "data-key": key, ...attributes });
}

/**
 * Make a link that takes something back: shown by a sign, said in words.
 * @type {(state: State, text: string, key: string, attributes: Record<string, string>) => HTMLElement}
 */
export function makeRemoval(state, text, key, attributes) {
  const link = makeLink(state, text, key, attributes);
  link.append(make("span", "sign", "×", { "aria-hidden": "true" }));
  return link;
}

/**
 * Put new elements in the place of old ones; the focus stays where it was, or goes to what stands first.
 * @type {(parent: HTMLElement, children: (Node | string)[]) => void}
 */
export function replace(parent, children) {
  const key = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  parent.replaceChildren(...children);
  if (key === undefined) return;
  const same = parent.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? parent.querySelector("a");
  (same ?? document.getElementById("q")).focus({ preventScroll: true });
}
