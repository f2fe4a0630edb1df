// @ts-check
/** What every page may need. A page is whole without it: this only saves a tap or a page load. */

/** What a page has → the script it then loads, at once: the network may be gone when the reader gets to it. What does
 * not come leaves the page as it is without script. */
const COMPONENTS = {
  "html[data-lesson]": "./reading-progress.js",
  "html[data-group]": "./group.js",
  "[data-continue]": "./continue.js",
  "[data-settings]": "./settings.js",
  "lesson-screens": "./screens.js",
  "lesson-quiz": "./quiz.js",
  "lesson-practice": "./practice.js",
  "a.term": "./glossary.js",
  "[data-search-page]": "./search-page.js",
  "[data-open-search]": "./search-dialog.js",
  ".crumbs.for-path": "./path-map.js",
  "[data-read-aloud]": "./read-aloud.js",
  "[data-share]": "./share.js",
  "[data-keep-group], [data-saved-groups], [data-visited-pages]": "./offline.js",
  "[data-embed]": "./embed.js",
};

const wanted = Object.entries(COMPONENTS).flatMap(([part, script]) => (document.querySelector(part) ? [script] : []));

followPath();
closeMenuOutside();
openFolded();
keepDisplay();
keepForNoNetwork();
loadStyles()
  .then(loadComponents)
  .finally(() => (document.documentElement.dataset.ready = ""));

/** The path in the address holds through links within the lesson that do not name it. What the address says as the
 * page opens, and the group chosen before, `first.js` has seen to. */
function followPath() {
  addEventListener("hashchange", () => {
    // Where the address names a path, both say the same: the stylesheet of the page relies on it.
    const named = /** @type {HTMLElement | null} */ (document.querySelector(".via:target"));
    if (named) document.documentElement.dataset.path = named.dataset.path;
  });
}

/** A page that comes back out of the browser's cache, or stands in another tab, follows what was chosen meanwhile. */
function keepDisplay() {
  const show = () => import("./display.js").then((display) => display.show()).catch(console.warn);
  addEventListener("storage", show);
  addEventListener("pageshow", (event) => event.persisted && show());
  if (document.documentElement.dataset.theme) show();
}

/** A tap elsewhere, Escape, the keyboard going on, or leaving the page closes the header's menu. */
function closeMenuOutside() {
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".menu"));
  if (!menu) return;
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(/** @type {Node} */ (relatedTarget))) menu.open = false;
  });
  addEventListener("pagehide", () => (menu.open = false));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

/** Who follows a link to what is folded wants to see it: the browser opens it only where the target lies inside. */
function openFolded() {
  const open = () => {
    const folded = document.querySelector(":target")?.closest("details");
    if (folded) folded.open = true;
  };
  addEventListener("hashchange", open);
  open();
}

/** The styles of what scripts make. Comes to an end in any case: a component without them is better than none. */
function loadStyles() {
  // Meanwhile the scripts are on their way.
  for (const script of wanted) link("modulepreload", script);
  return new Promise((resolve) => {
    const styles = link("stylesheet", "./later.css");
    styles.addEventListener("load", resolve);
    styles.addEventListener("error", resolve);
  });
}

/** @param {string} rel @param {string} file beside this one */
function link(rel, file) {
  const element = document.createElement("link");
  element.rel = rel;
  element.href = new URL(file, import.meta.url).href;
  document.head.append(element);
  return element;
}

function loadComponents() {
  return Promise.all(wanted.map((script) => import(script).catch(console.warn)));
}

/** sw.js keeps what was read; what the reader saved is kept up to date. Not before the page itself is there. */
function keepForNoNetwork() {
  /** @type {ServiceWorkerContainer | undefined} */
  let workers;
  try {
    workers = navigator.serviceWorker;
  } catch {
    // A frame of another app that may not store anything.
  }
  if (!workers) return;
  const start = async () => {
    // As elements.js says it, which this script does not wait for.
    const root = new URL(document.documentElement.dataset.root ?? "./", location.href);
    // A page that was open before this worker was there is not known to it.
    const keep = () => workers.controller?.postMessage({ keep: location.href });
    workers.addEventListener("controllerchange", keep);
    keep();
    await workers.register(new URL("sw.js", root), { updateViaCache: "none" });
    const { anythingSaved } = await import("./kept.js");
    if (await anythingSaved()) (await import("./saving.js")).refreshSaved();
  };
  const begin = () => start().catch(console.warn);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
