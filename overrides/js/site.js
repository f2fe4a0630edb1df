// @ts-check
/** What every page may need. A page is whole without it: this only saves a tap or a page load. */

followPath();
joinSearchDialog();
joinSearchPage();
closeMenuOutside();
loadComponents();
keepDisplay();

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
  /** @type {Record<string, string>} */
  const memory = { "html[data-lesson]": "./reading.js", "html[data-group]": "./group.js", "[data-continue]": "./continue.js", "[data-settings]": "./settings.js" };
  /** @type {Record<string, string>} */
  const scripts = { ...memory, "lesson-screens": "./screens.js", "lesson-quiz": "./quiz.js", "lesson-practice": "./practice.js", "a.term": "./glossary.js" };
  for (const [part, script] of Object.entries(scripts)) if (document.querySelector(part)) import(script).catch(console.warn);
}
