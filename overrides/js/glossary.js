// @ts-check
/** A term's explanation where the reader is. Without this script the term leads to the glossary page. */

import { make } from "./elements.js";

/** @type {{ term: HTMLElement, box: HTMLElement } | undefined} */
let shown;

for (const term of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.term"))) {
  term.setAttribute("role", "button");
  term.setAttribute("aria-expanded", "false");
  term.setAttribute("aria-label", `${term.textContent}, xem giải thích`);
  term.addEventListener("click", (event) => {
    event.preventDefault();
    if (event.detail > 1) return; // an unsteady finger taps twice
    if (shown?.term === term) hide();
    else explain(term);
  });
  term.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    term.click();
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});

document.addEventListener("click", (event) => {
  const target = /** @type {Node} */ (event.target);
  if (shown && !shown.box.contains(target) && !shown.term.contains(target)) hide();
});

/** @param {HTMLAnchorElement} term */
function explain(term) {
  hide();
  const close = make("button", { class: "button quiet", type: "button", text: "Đóng" });
  close.addEventListener("click", hide);
  const meaning = make("p", {}, make("strong", { text: `${term.textContent}: ` }), term.dataset.meaning ?? "");
  const more = make("a", { href: term.href, text: "Xem trang Từ ngữ" });
  const about = { class: "term-meaning", role: "dialog", tabindex: "-1", "aria-label": `Giải thích từ ${term.textContent}` };
  const box = make("div", about, meaning, make("p", { class: "actions" }, close, more));
  // The keyboard goes on: what it comes to must not lie below.
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && relatedTarget !== term && !box.contains(/** @type {Node} */ (relatedTarget))) hide();
  });
  // Next to its word, so that the keyboard goes on from there.
  term.after(box);
  term.setAttribute("aria-expanded", "true");
  shown = { term, box };
  box.focus({ preventScroll: true });
}

function hide() {
  if (!shown) return;
  const { term, box } = shown;
  const wasInside = box.contains(document.activeElement);
  shown = undefined;
  box.remove();
  term.setAttribute("aria-expanded", "false");
  if (wasInside) term.focus({ preventScroll: true });
}
