/** The keyboard on the search page: "/" to the field, arrows along the results, Escape back. */

/** @typedef {{field: HTMLInputElement, list: HTMLElement, more: HTMLElement, shortcut: HTMLInputElement}} Parts */

const COMPOSING = 229;
const SHORTCUT_OFF = "search-shortcut-off";

/**
 * Listen to the keys of the page; an input method that composes keeps them all.
 * @type {(parts: Parts) => void}
 */
export function listenToKeys(parts) {
  keepShortcut(parts);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === COMPOSING) {
      // The key that ends a composition sends no form.
      if (event.key === "Enter") event.preventDefault();
    } else if (isMeant(event, parts)) event.preventDefault();
  });
}

/**
 * Do what a key says; tells whether it said anything.
 * @type {(event: KeyboardEvent, parts: Parts) => boolean}
 */
function isMeant(event, parts) {
  if (isShortcut(event, parts)) {
    parts.field.select();
    return true;
  }
  if (event.key === "ArrowDown") return moveFocus(parts, 1);
  if (event.key === "ArrowUp") return moveFocus(parts, -1);
  return event.key === "Escape" && goBack(parts);
}

/** @type {(event: KeyboardEvent, parts: Parts) => boolean} */
function isShortcut({ key, ctrlKey, metaKey, altKey }, { shortcut }) {
  const isTyped = document.activeElement.matches("input:not([type=checkbox])");
  return key === "/" && shortcut.checked && !isTyped && !ctrlKey && !metaKey && !altKey;
}

/**
 * Move the focus along field, results and what shows more of them.
 * @type {(parts: Parts, step: number) => boolean}
 */
function moveFocus({ field, list, more }, step) {
  const stops = [field, ...list.querySelectorAll("a"), ...(more.hidden ? [] : more.children)];
  const at = stops.indexOf(document.activeElement);
  const stop = at < 0 ? undefined : stops[at + step];
  stop?.focus();
  return stop !== undefined;
}

/**
 * From a result back to the field; in the field, clear it.
 * @type {(parts: Parts) => boolean}
 */
function goBack({ field, list }) {
  if (list.contains(document.activeElement)) field.focus();
  else if (document.activeElement === field && field.value) {
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } else return false;
  return true;
}

/**
 * Remember in this browser whether "/" goes to the field; where it may not, the setting lasts for the page.
 * @type {(parts: Parts) => void}
 */
function keepShortcut({ shortcut }) {
  try {
    shortcut.checked = localStorage.getItem(SHORTCUT_OFF) === null;
    shortcut.addEventListener("change", () => {
      if (shortcut.checked) localStorage.removeItem(SHORTCUT_OFF);
      else localStorage.setItem(SHORTCUT_OFF, "1");
    });
  } catch {
    shortcut.checked = true;
  }
}
