/**
 * Runs in a page before its own scripts: tells when the last key was typed, and when results stand there.
 *
 * Results are the elements of a list; those that stood there at the last key do not count as results of what was typed.
 * Moments are milliseconds since 1970, as precise as the browser's clock.
 */
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const list = "#results > li, #r > li";
  let old = new Set();
  let typed = 0;

  const entries = () => Array.from(document.querySelectorAll(list)).filter((entry) => !old.has(entry));
  const isExact = () => document.querySelector("#results-count")?.dataset.exact === "true";

  /** Resolve once a condition of the page holds, with the moment. */
  const once = (holds) =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        observer.disconnect();
        resolve(now());
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, attributeFilter: ["data-exact"] });
      look();
    });

  /** Resolve once so many new results stand there, or fewer are all there are. */
  const results = (count) => once(() => entries().length >= count || (isExact() && entries().length > 0));

  /** Resolve once the page says that its count is exact; or after so many milliseconds, with nothing. */
  const exact = (patience) => Promise.race([once(isExact), new Promise((resolve) => setTimeout(resolve, patience))]);

  // Before the page's own listeners see the key.
  addEventListener(
    "input",
    () => {
      typed = now();
      old = new Set(document.querySelectorAll(list));
    },
    { capture: true },
  );

  /** What a reader's next query waits for: set up before the key, told after the results. */
  const nextQuery = () => {
    const first = new Promise((resolve) => {
      addEventListener("input", () => resolve(results(1)), { capture: true, once: true });
    });
    window.bench.answered = first.then((moment) => ({ typed, first: moment }));
  };

  window.bench = { results, exact, nextQuery, answered: null };
})();
