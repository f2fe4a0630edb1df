// @ts-check
/** Text size and colours as the reader chose them, and the browser's own bar in the same colour. `first.js` does the
 * same before the first paint; this is for a page that is already there. */

import { recall } from "./memory.js";

export function show() {
  const page = document.documentElement;
  const { size, start, theme } = recall();
  set("size", size || "");
  set("theme", theme);
  // The pages of a group say themselves how large they start.
  if (!page.dataset.lesson && !page.dataset.group) set("startSize", start > 1 ? start : "");
  colourBar();

  /** @param {string} name @param {string | number} value */
  function set(name, value) {
    if (value) page.dataset[name] = String(value);
    else delete page.dataset[name];
  }
}

/** `theme-color` in the page says what the system's colours ask for; a choice of the reader overrules it. */
function colourBar() {
  const bars = /** @type {NodeListOf<HTMLMetaElement>} */ (document.querySelectorAll("meta[name=theme-color]"));
  for (const bar of bars) {
    bar.dataset.system ??= bar.content;
    const chosen = getComputedStyle(document.documentElement).getPropertyValue("--bar").trim();
    bar.content = document.documentElement.dataset.theme ? chosen : bar.dataset.system;
  }
}
