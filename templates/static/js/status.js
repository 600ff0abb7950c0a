/** What the page says of a search: the count, a hint; once nothing changes for a while, to those who listen as well. */

import { make, words } from "./elements.js";

/** How long nothing may change before it is said aloud: nobody can listen to every letter's count. */
const QUIET = 500;

const element = (id) => document.getElementById(id);
const [count, hint, looseLine, spoken] = ["results-count", "search-hint", "search-loose", "search-status"].map(element);
/** What the hint says, without its button. */
let said = "";
let speaking = 0;

/**
 * Show how many there are, or that there are none.
 * @type {(text: string, options?: {isNone?: boolean}) => void}
 */
export function showCount(text, { isNone = false } = {}) {
  count.textContent = text;
  count.classList.toggle("none", isNone);
}

/** Say that what is shown is still being looked for; what was to be said of the search before is not said any more. */
export function unsettle() {
  clearTimeout(speaking);
  spoken.textContent = "";
  count.dataset.exact = "false";
}

/** Say that all is found that will be. */
export function settle() {
  count.dataset.exact = "true";
  speak();
}

/**
 * Put a hint in the place of the last one, with a button where something can be tried again.
 * @type {(parts: string[], retry?: () => void) => void}
 */
export function tell(parts, retry) {
  said = parts.filter(Boolean).join("");
  hint.hidden = said === "";
  hint.textContent = said;
  if (said) speak();
  if (!retry) return;
  const button = make("button", "", words.retry, { type: "button" });
  button.addEventListener("click", retry);
  hint.append(button);
}

/** Say aloud what stands there, when it has stood for a while. */
function speak() {
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    const settled = count.dataset.exact === "true" ? [count.textContent] : [];
    const near = looseLine.hidden ? [] : [looseLine.textContent];
    spoken.textContent = [...settled, said, ...near].filter(Boolean).join(" ");
  }, QUIET);
}
