// @ts-check
/** Học tiếp: on the home page, the way back to where the reader stopped, or on to the next lesson of her path. */

import { make } from "./elements.js";
import { recall } from "./memory.js";

const box = /** @type {HTMLElement} */ (document.querySelector("[data-continue]"));
const page = document.documentElement;

offer();
addEventListener("pageshow", (event) => event.persisted && offer());

function offer() {
  const { place, read } = recall();
  if (!place) {
    box.replaceChildren();
    delete page.dataset.learning;
    return;
  }
  page.dataset.learning = "";
  const root = page.dataset.root ?? "./";
  const done = place.lesson in read;
  if (!done) {
    const where = place.heading && `Phần “${place.heading}”`;
    show(`${root}${place.lesson}/${place.section && `#${place.section}`}`, "Học tiếp", place.title, where);
  } else if (place.next) show(root + place.next.url, "Học bài tiếp theo", place.next.title, "");
  else if (place.path) show(`${root}${place.path}/`, "Xem lại lộ trình", "Bạn đã học hết lộ trình", "");

  /** @param {string} address @param {string} action @param {string} title @param {string} where */
  function show(address, action, title, where) {
    const facts = make("span", { class: "continue-where", text: [where, place?.pathTitle].filter(Boolean).join(" · ") });
    const words = make("span", { class: "continue-words" }, make("span", { class: "continue-title", text: title }), facts);
    box.replaceChildren(make("a", { class: "continue-card", href: address }, make("span", { class: "continue-action", text: action }), words));
  }
}
