// @ts-check
/** What every page may need. A page is whole without it: this only saves a tap or a page load. */

const PATH_KEY = "lo-trinh";

/** What a page has → the script it then loads, at once: the network may be gone when the reader gets to it. What does
 * not come leaves the page as it is without script. */
const COMPONENTS = {
  "lesson-screens": "./screens.js",
  "lesson-quiz": "./quiz.js",
  "lesson-practice": "./practice.js",
  "a.term": "./glossary.js",
  "[data-search-page]": "./search-page.js",
  "[data-open-search]": "./search-dialog.js",
  ".crumbs.for-path": "./path-map.js",
  "[data-read-aloud]": "./read-aloud.js",
  "[data-share]": "./share.js",
  "[data-embed]": "./embed.js",
};

const wanted = Object.entries(COMPONENTS).flatMap(([part, script]) => (document.querySelector(part) ? [script] : []));

rememberPath();
closeMenuOutside();
loadStyles()
  .then(loadComponents)
  .finally(() => (document.documentElement.dataset.ready = ""));

/** Follow the path the reader came by through links that do not name it. */
function rememberPath() {
  const anchors = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".via")]);
  if (!anchors.length) return;
  const slugs = anchors.map((anchor) => anchor.dataset.path ?? "");
  const page = document.documentElement;
  const apply = () => {
    // Where the address names a path, both say the same: the stylesheet of the page relies on it.
    const named = slugs.find((slug) => location.hash === `#theo-${slug}`);
    if (named) store(named);
    const current = named ?? page.dataset.path ?? recall();
    if (current && slugs.includes(current)) page.dataset.path = current;
  };
  apply();
  addEventListener("hashchange", apply);
}

/** @param {string} slug */
function store(slug) {
  try {
    sessionStorage.setItem(PATH_KEY, slug);
  } catch {
    // Private mode may refuse; the address still says the path.
  }
}

function recall() {
  try {
    return sessionStorage.getItem(PATH_KEY);
  } catch {
    return null;
  }
}

/** A tap elsewhere, or Escape, closes the header's menu. */
function closeMenuOutside() {
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".menu"));
  if (!menu) return;
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
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
