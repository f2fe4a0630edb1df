// @ts-check
/** The lessons of the reader's path beside the lesson, where the screen is wide enough for both. The group's page has
 * them; on a phone that page is a tap away, and the lesson does not carry a copy. */

import { make } from "./elements.js";
import { markRead } from "./path.js";

const WIDE = matchMedia("(min-width: 64rem)");
const page = document.documentElement;

/** What is shown, by the address of the group's page. */
let shown = "";

/** The visible link to the group whose path the reader follows. */
function groupLink() {
  const crumbs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".crumbs.for-path")]);
  const current = crumbs.find((each) => each.offsetParent !== null);
  return /** @type {HTMLAnchorElement | null | undefined} */ (current?.querySelector("a + span + a"));
}

async function show() {
  const group = groupLink();
  if (!WIDE.matches || !group || shown === group.href) return;
  shown = group.href;
  const answer = await fetch(group.href);
  if (!answer.ok) throw new Error(`${answer.status} ${group.href}`);
  // Only words and links are wanted; the styles of that page would not be allowed on this one.
  const words = (await answer.text()).replace(/<style>.*?<\/style>/s, "");
  const read = new DOMParser().parseFromString(words, "text/html");
  if (shown !== group.href) return;
  const stages = [...read.querySelectorAll(".path > li")].map((stage) => {
    const lessons = [...stage.querySelectorAll("a.lesson-card")].map((card) => lessonEntry(card, group.href));
    return make("li", {}, make("span", { class: "stage-title", text: stage.querySelector("h3")?.textContent ?? "" }), make("ol", {}, ...lessons));
  });
  const name = group.textContent ?? "";
  const title = make("p", { class: "path-map-title" }, make("a", { href: group.href, text: name }));
  const map = make("nav", { class: "path-map", "aria-label": `Các bài của lộ trình ${name}` }, title, make("ol", {}, ...stages));
  document.querySelector(".path-map")?.remove();
  document.querySelector("main")?.append(map);
  markRead();
  const here = /** @type {HTMLElement | null} */ (map.querySelector("[aria-current]"));
  if (here) map.scrollTop = here.offsetTop - map.clientHeight / 2;
}

/** @param {Element} card @param {string} from the page the card stands on */
function lessonEntry(card, from) {
  const text = card.querySelector(".lesson-card-title")?.textContent ?? "";
  const address = new URL(card.getAttribute("href") ?? "", from);
  const current = address.pathname === location.pathname;
  return make("li", {}, current ? make("span", { "aria-current": "page", text }) : make("a", { href: address.href, text }));
}

function update() {
  show().catch((error) => {
    console.warn(error);
    shown = "";
  });
}

update();
WIDE.addEventListener("change", update);
new MutationObserver(update).observe(page, { attributeFilter: ["data-path"] });
