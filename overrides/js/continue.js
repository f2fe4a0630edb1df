// @ts-check
/** Học tiếp: on the home page, the way back to where the reader stopped, or on to the next lesson of her path. */

import { make } from "./elements.js";
import { recall, wayOn } from "./memory.js";

const box = /** @type {HTMLElement} */ (document.querySelector("[data-continue]"));
const page = document.documentElement;

offer();
addEventListener("pageshow", (event) => event.persisted && offer());

function offer() {
  const on = wayOn(recall());
  if (on) {
    const words = make("span", { class: "continue-words" }, make("span", { class: "continue-title", text: on.title }));
    if (on.where) words.append(make("span", { class: "continue-where", text: on.where }));
    const action = make("span", { class: "continue-action", text: on.action });
    box.replaceChildren(make("a", { class: "continue-card", href: `${page.dataset.root ?? ""}${on.address}` }, words, action));
    page.dataset.learning = "";
  } else {
    box.replaceChildren();
    delete page.dataset.learning;
  }
}
