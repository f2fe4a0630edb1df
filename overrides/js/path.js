// @ts-check
/** What a learner has done of a path: ticks on the cards of a group's page and on the map beside a lesson. */

import { make, root } from "./elements.js";
import { recall } from "./memory.js";

/** Mark the lessons that are read; the room for the marks is there before. Returns what is read. */
export function markRead() {
  const { read } = recall();
  for (const mark of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-read-mark]"))) {
    mark.classList.toggle("is-read", (mark.dataset.readMark ?? "") in read);
  }
  for (const place of document.querySelectorAll(".path-map :is(a, [aria-current])")) {
    const lesson = place instanceof HTMLAnchorElement ? fromRoot(place).split("/#")[0].replace(/\/$/, "") : document.documentElement.dataset.lesson;
    if (!lesson || !(lesson in read) || place.classList.contains("is-read")) continue;
    place.classList.add("is-read");
    place.append(make("span", { class: "unseen", text: " (đã học)" }));
  }
  return read;
}

/** The size in which the pages of a group open, as its element says. @param {HTMLElement} element */
export function startSize(element) {
  return /** @type {1 | 2 | 3 | 4} */ (Number(element.dataset.startSize ?? 1));
}

/** A link's address as seen from the site's root. @param {HTMLAnchorElement} link */
export function fromRoot(link) {
  return link.href.startsWith(root.href) ? link.href.slice(root.href.length) : "";
}
