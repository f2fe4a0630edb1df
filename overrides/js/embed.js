// @ts-check
/** A page shown inside another app (`?embed=1`): the links of the handbook stay inside, the others leave politely.
 * `embed-first.js` has marked the page before it was painted, by its address, or by where the reader came from: a link
 * may be pressed before this script is there. `embed.css` hides what is the site's own. */

import { make, root } from "./elements.js";

// In a frame a new window keeps the app's page in place; a WebView that is the whole screen may not know new windows.
const framed = window.top !== window.self;

const here = new URL(location.href);
if (!here.searchParams.has("embed")) {
  here.searchParams.set("embed", "1");
  history.replaceState(history.state, "", here);
}

document.addEventListener("click", (event) => {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a[href]"));
  if (!link) return;
  // A link opened beside this page is opened whole.
  const whole = link.hasAttribute("data-whole") || event.ctrlKey || event.metaKey || event.shiftKey;
  link.referrerPolicy = whole ? "no-referrer" : "";
  if (whole) return;
  if (isPage(link)) {
    const address = new URL(link.href);
    address.searchParams.set("embed", "1");
    link.href = address.href;
  } else if (framed && link.protocol.startsWith("http")) openBeside(link);
});

offerWhole();

/** Whether a link leads to a page of the handbook, and not to a file of it. @param {HTMLAnchorElement} link */
function isPage(link) {
  return link.origin === root.origin && link.pathname.startsWith(root.pathname) && link.pathname.endsWith("/");
}

/** @param {HTMLAnchorElement} link */
function openBeside(link) {
  link.target = "_blank";
  link.rel = "noopener";
}

/** One small line at the end: this page on the site, with everything around it. */
function offerWhole() {
  const main = document.querySelector("main");
  if (!main) return;
  const address = new URL(here);
  address.searchParams.delete("embed");
  const link = make("a", { href: address.href, "data-whole": "", text: "Mở trong Cẩm nang" });
  if (framed) openBeside(link);
  main.append(make("p", { class: "embed-whole" }, link));
}
