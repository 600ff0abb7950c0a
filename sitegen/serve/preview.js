// Put into every page by the preview server, and by it alone: reloads the page when the site has changed, and shows
// why a build failed. Problems quote notices and templates, so they reach the page as text only.

const site = document.currentScript.dataset.site;
let panel = null;

function show(problems) {
  panel?.remove();
  panel = null;
  if (problems.length === 0) return;
  panel = document.createElement("section");
  panel.id = "sitegen-preview";
  panel.lang = "en";
  panel.setAttribute("role", "alert");
  panel.append(element("h2", "Not built; this is the last good site"));
  for (const problem of problems) panel.append(element("pre", problem));
  document.body.append(panel);
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/.sitegen/preview.css";
document.head.append(style);

const events = new EventSource("/.sitegen/events");
events.addEventListener("message", (event) => {
  const news = JSON.parse(event.data);
  if (news.site === site) show(news.problems);
  else location.reload();
});
// A page on its way out must not hold its connection: browsers open only six to one host.
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());
