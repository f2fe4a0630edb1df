// @ts-check
/** A lesson page: remembers where the reader is, that the lesson is read, and by which path she came; marks on the map
 * of the path what she has read. */

import { keep, today } from "./memory.js";
import { fromRoot, markRead, startSize } from "./path.js";

/** Who has the end before her eyes sooner than this has leafed, not read. In milliseconds. */
const LEAFING = 10_000;

const page = document.documentElement;
const lesson = page.dataset.lesson ?? "";
const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-section]")]);
let section = "";

notePath();
notePlace();
markRead();
addEventListener("hashchange", () => {
  notePath();
  notePlace();
});
watchSections();
watchEnd();
// Another lesson may have been opened since, in this tab or another: the one looked at now is where she is.
addEventListener("pageshow", (event) => event.persisted && notePlace());

/** The group whose path the reader came by is the one she has chosen. */
function notePath() {
  const anchor = /** @type {HTMLElement | null} */ (document.querySelector(".via:target"));
  const group = anchor?.dataset.path;
  if (!group) return;
  keep((memory) => {
    memory.group = group;
    memory.start = startSize(anchor);
  });
}

function notePlace() {
  const shown = [...document.querySelectorAll(".path-links")].find((links) => getComputedStyle(links).display !== "none");
  const next = /** @type {HTMLAnchorElement | null} */ (shown?.querySelector("a[rel=next]"));
  const heading = sections.find((one) => one.dataset.section === section)?.querySelector("h2")?.textContent?.trim();
  keep((memory) => {
    memory.place = {
      lesson,
      title: document.querySelector("h1")?.textContent?.trim() ?? "",
      section,
      heading: heading ?? "",
      path: /** @type {HTMLElement | undefined} */ (shown)?.dataset.path ?? "",
      pathTitle: /** @type {HTMLElement | undefined} */ (shown)?.dataset.pathTitle ?? "",
      next: next && { url: fromRoot(next), title: next.querySelector(".path-link-title")?.textContent?.trim() ?? "" },
    };
  });
}

/** The section in the upper third of the screen is the one being read. */
function watchSections() {
  const watcher = new IntersectionObserver(
    (entries) => {
      const entered = /** @type {HTMLElement | undefined} */ (entries.filter((entry) => entry.isIntersecting).pop()?.target);
      if (!entered || entered.dataset.section === section) return;
      section = entered.dataset.section ?? "";
      notePlace();
    },
    { rootMargin: "-20% 0px -65% 0px" },
  );
  for (const one of sections) watcher.observe(one);
}

/** Read is what has been followed to its end, or to the way on. */
function watchEnd() {
  const ends = [...document.querySelectorAll("#ghi-nho, .path-links")];
  const inSight = new Set();
  const note = () => {
    if (!inSight.size || performance.now() < LEAFING) return;
    watcher.disconnect();
    keep(({ read }) => {
      delete read[lesson];
      read[lesson] = today();
    });
    markRead();
  };
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inSight.add(target);
      else inSight.delete(target);
    }
    note();
  });
  for (const end of ends) watcher.observe(end);
  setTimeout(note, Math.max(0, LEAFING - performance.now()) + 50);
}
