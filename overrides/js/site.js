// @ts-check
/** What every page may need. A page is whole without it: this only saves a tap or a page load. */

const PATH_KEY = "lo-trinh";

rememberPath();
joinSearchDialog();
joinSearchPage();
closeMenuOutside();
loadComponents();
keepForNoNetwork();

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

/** The links to the search page open the dialog instead, and load search only then. */
function joinSearchDialog() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("search-dialog"));
  if (!dialog || !dialog.showModal || document.querySelector("[data-search-page]")) return;
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector(".search-form"));
  const output = /** @type {HTMLElement} */ (dialog.querySelector("[data-search-results]"));
  const ask = searchWhenAsked(form, output);
  for (const opener of document.querySelectorAll("[data-open-search]")) {
    opener.setAttribute("aria-haspopup", "dialog");
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
      if (output.dataset.state !== "done") ask();
    });
  }
  dialog.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[href]"));
    // A link to another page takes the dialog away with this one, and Back brings both.
    const stays = link && link.pathname === location.pathname;
    if (target === dialog || stays) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    // In a search field Escape would only empty the field.
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
}

/** The search page: what the address asks for, and the address of what is asked. */
function joinSearchPage() {
  const output = /** @type {HTMLElement | null} */ (document.querySelector("[data-search-page]"));
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("main .search-form"));
  if (!output || !form) return;
  document.getElementById("search-dialog")?.remove();
  for (const opener of document.querySelectorAll("[data-open-search]")) {
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      /** @type {HTMLInputElement} */ (form.elements.namedItem("q")).focus();
    });
  }
  const asked = new URLSearchParams(location.search);
  /** @type {HTMLInputElement} */ (form.elements.namedItem("q")).value = asked.get("q") ?? "";
  const group = /** @type {HTMLSelectElement} */ (form.elements.namedItem("nhom"));
  if ([...group.options].some((option) => option.value === asked.get("nhom"))) group.value = asked.get("nhom") ?? "";
  const ask = searchWhenAsked(form, output, (query, chosen) => {
    const address = new URL(location.href);
    for (const [name, value] of [["q", query], ["nhom", chosen]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
  });
  ask();
}

/** Returns what runs the search a form asks for. Loads the search once; says so, and tries again when asked again,
 * where the network fails.
 * @param {HTMLFormElement} form @param {HTMLElement} output @param {(query: string, group: string) => void} [onSearch] */
function searchWhenAsked(form, output, onSearch) {
  /** @type {Promise<import("./search.js").SearchView> | undefined} */
  let view;
  const ask = async () => {
    try {
      view ??= loadSearch().then(({ SearchView }) => new SearchView(form, output, onSearch));
      await (await view).run();
    } catch (error) {
      console.warn(error);
      view = undefined;
      const words = document.createElement("p");
      words.className = "search-status";
      words.textContent = output.dataset.weakNetwork ?? "";
      output.replaceChildren(words);
      output.dataset.state = "error";
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  return ask;
}

/** A browser keeps a failed import in mind and does not ask again before the page is loaded anew; a failed fetch it
 * forgets. So the files are fetched first, and imported once they have come. */
async function loadSearch() {
  const files = ["./search.js", "./elements.js", "./vietnamese.js"];
  const answers = await Promise.all(files.map((file) => fetch(new URL(file, import.meta.url))));
  const lost = answers.find((answer) => !answer.ok);
  if (lost) throw new Error(`${lost.status} ${lost.url}`);
  return import("./search.js");
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

/** Each component's script comes with a page that has the component, at once: the network may be gone when the
 * reader gets to it. What does not come leaves the page as it is without script. */
function loadComponents() {
  const scripts = { "lesson-screens": "./screens.js", "lesson-quiz": "./quiz.js", "lesson-practice": "./practice.js", "a.term": "./glossary.js", "[data-keep-group], [data-saved-groups], [data-visited-pages]": "./offline.js" };
  for (const [part, script] of Object.entries(scripts)) if (document.querySelector(part)) import(script).catch(console.warn);
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
