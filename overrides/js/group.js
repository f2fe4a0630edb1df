// @ts-check
/** A group's page: opening it is choosing the group; its path shows what is done. */

import { keep } from "./memory.js";
import { markRead, startSize } from "./path.js";

const page = document.documentElement;

keep((memory) => {
  memory.group = page.dataset.group ?? "";
  memory.start = startSize(page);
});
count();
addEventListener("pageshow", (event) => event.persisted && count());

function count() {
  const read = markRead();
  const marks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-read-mark]")]);
  const done = marks.filter((mark) => (mark.dataset.readMark ?? "") in read).length;
  const bar = /** @type {HTMLProgressElement | null} */ (document.querySelector(".path-done progress"));
  const number = document.querySelector(".path-done span");
  if (bar) bar.value = done;
  if (number) number.textContent = String(done);
}
