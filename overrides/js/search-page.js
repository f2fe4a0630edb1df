// @ts-check
/** The search page: what the address asks for, and the address of what is asked. */

import { searchWhenAsked } from "./search-form.js";

const output = /** @type {HTMLElement} */ (document.querySelector("[data-search-page]"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("main .search-form"));
const asked = new URLSearchParams(location.search);
const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
const group = /** @type {HTMLSelectElement} */ (form.elements.namedItem("nhom"));

// Who comes back is put where she was; the results that are then inserted above the list of lessons must not carry her
// down with it.
document.documentElement.style.overflowAnchor = document.body.style.overflowAnchor = "none";

// What the reader has typed before this script came stays.
field.value ||= asked.get("q") ?? "";
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
