// @ts-check
/** The links to the search page open a dialog instead, made when the reader asks for it; its program is loaded then. On
 * the search page itself they lead to its field. */

import { make } from "./elements.js";
import { searchWhenAsked } from "./search-form.js";

/** @type {{ dialog: HTMLDialogElement, output: HTMLElement, ask: () => Promise<void> } | undefined} */
let made;

const field = /** @type {HTMLElement | null} */ (document.querySelector("[data-search-page]") && document.querySelector("main [name=q]"));

if (field || "HTMLDialogElement" in window)
  for (const opener of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-open-search]"))) {
    if (!field) opener.setAttribute("aria-haspopup", "dialog");
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      if (field) field.focus();
      else show(opener.href);
    });
  }

/** Where something has been found already, as it was. @param {string} searchPage */
function show(searchPage) {
  made ??= makeDialog(searchPage);
  made.dialog.showModal();
  if (made.output.dataset.state !== "done") made.ask();
}

/** The form is that of partials/search-form.html. @param {string} searchPage where it leads without this script */
function makeDialog(searchPage) {
  const about = { id: "hop-tim", name: "q", type: "search", autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search", placeholder: "ví dụ: quet ma QR" };
  const choices = [make("option", { value: "", text: "Tất cả các nhóm" })];
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".menu a[data-group]")))
    choices.push(make("option", { value: link.dataset.group, text: link.textContent ?? "" }));
  const form = make(
    "form",
    { class: "search-form", action: searchPage, method: "get", role: "search" },
    make("label", { for: "hop-tim", text: "Bạn muốn học việc gì?" }),
    make("div", { class: "search-row" }, make("input", about), make("button", { class: "button", type: "submit", text: "Tìm" })),
    make("label", { for: "hop-tim-nhom", text: "Nhóm học" }),
    make("select", { id: "hop-tim-nhom", name: "nhom" }, ...choices),
  );
  const output = make("div", { class: "search-results", "data-search-results": "", "aria-live": "polite" });
  const close = make("form", { class: "search-close", method: "dialog" }, make("button", { class: "button quiet", "aria-label": "Đóng hộp tìm bài", text: "Đóng" }));
  const dialog = make("dialog", { class: "search-dialog", id: "search-dialog", "aria-label": "Tìm bài học" }, make("div", { class: "search-dialog-inner" }, form, close, output));
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[href]"));
    // A link to another page takes the dialog away with this one; Back brings both where the browser has kept the page.
    const stays = link && link.pathname === location.pathname;
    if (target === dialog || stays) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    // In a search field Escape would only empty the field.
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  return { dialog, output, ask: searchWhenAsked(form, output) };
}
