// @ts-check
/** What every page may need. A page is whole without it: this only saves a tap or a page load. */

const PATH_KEY = "lo-trinh";

document.documentElement.classList.remove("no-js");
rememberPath();
joinSearchDialog();
joinSearchPage();
closeMenuOutside();

/** Follow the path the reader came by through links that do not name it. */
function rememberPath() {
  const anchors = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".via")]);
  if (!anchors.length) return;
  const slugs = anchors.map((anchor) => anchor.dataset.path ?? "");
  const apply = () => {
    const named = slugs.find((slug) => location.hash === `#theo-${slug}`);
    if (named) store(named);
    const current = named ?? recall();
    if (current && slugs.includes(current)) document.documentElement.dataset.path = current;
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
  /** @type {import("./search.js").SearchView | undefined} */
  let view;
  for (const opener of document.querySelectorAll("[data-open-search]")) {
    opener.setAttribute("aria-haspopup", "dialog");
    opener.addEventListener("click", async (event) => {
      event.preventDefault();
      dialog.showModal();
      if (view) return;
      const { SearchView } = await import("./search.js");
      const form = /** @type {HTMLFormElement} */ (dialog.querySelector(".search-form"));
      const output = /** @type {HTMLElement} */ (dialog.querySelector("[data-search-results]"));
      view = new SearchView(form, output);
      view.run();
    });
  }
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    // In a search field Escape would only empty the field.
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
}

/** The search page: what the address asks for, and the address of what is asked. */
async function joinSearchPage() {
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
  const { SearchView } = await import("./search.js");
  const view = new SearchView(form, output, (query, chosen) => {
    const address = new URL(location.href);
    for (const [name, value] of [["q", query], ["nhom", chosen]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
  });
  await view.run();
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
