// @ts-check
/** What the phone remembers of a learner: one small store, on this phone only, sent nowhere.
 *
 * Everything read is checked field by field, because anything may stand there: what another version of the site wrote,
 * what a full phone cut off, what a curious grandchild typed. Where the browser stores nothing (private mode, an app's
 * own browser, a full phone) the memory lasts as long as the page.
 *
 * `first.js` reads the same store before the first paint and sets on `<html>` what the stylesheet needs: `data-js` (there
 * is script), `data-theme`, `data-size`, `data-start-size`, `data-path` (the path in the address, or the group chosen),
 * `data-learning` and `--offer` (room for the home page's card). It stands in every page, so it says no more than that.
 */

const KEY = "cam-nang";

/** More than this was not written here; reading it would only hold up a slow phone. In characters. */
const LONGEST_STORE = 1_000_000;
const MOST_LESSONS = 2000;
const MOST_TICKED_LESSONS = 300;
const MOST_TICKS = 40;
/** The longest name of a task that is remembered, in characters. */
export const LONGEST_NAME = 200;

const ID = /^[a-z0-9-]{1,80}\/[a-z0-9-]{1,80}$/;
const SLUG = /^[a-z0-9-]{1,80}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ADDRESS = /^[a-z0-9-]{1,80}\/[a-z0-9-]{1,80}\/(#theo-[a-z0-9-]{1,80})?$/;

/** Where the reader stopped. `heading` is the section's title, `path` the group whose path she follows, `pathTitle` its
 * name, `next` the lesson after this one on it (its `url` leads from the site's root).
 * @typedef {{ lesson: string, title: string, section: string, heading: string, path: string, pathTitle: string,
 *   next: { url: string, title: string } | null }} Place */

/** `size` and `theme` are the reader's choice (0, "": none made); `start` is the text size in which the pages of her
 * group open; `offer` follows from the rest: the words of the home page's card as a CSS value, with which `first.js` holds
 * their room.
 * @typedef {{ version: 1, group: string, start: 1 | 2 | 3 | 4, size: 0 | 1 | 2 | 3 | 4,
 *   theme: "" | "light" | "dark" | "contrast", speed: number, read: Record<string, string>,
 *   ticks: Record<string, string[]>, quiz: Record<string, { right: number, total: number, on: string }>,
 *   place: Place | null, offer: string }} Memory */

/** What could not be stored.
 * @type {Memory | undefined} */
let held;

/** What is remembered now, whole and valid whatever stands in the store. @returns {Memory} */
export function recall() {
  if (held) return structure(held);
  try {
    return read();
  } catch {
    return structure({});
  }
}

/** Change what is remembered. False where the phone would not store it: it then lasts as long as this page.
 * @param {(memory: Memory) => void} change @returns {boolean} */
export function keep(change) {
  // Read again: another tab may have written since.
  const memory = recall();
  change(memory);
  const kept = structure(memory);
  try {
    // A store that cannot be read is not written over.
    localStorage.getItem(KEY);
    localStorage.setItem(KEY, JSON.stringify(kept));
    held = undefined;
    return true;
  } catch {
    held = kept;
    return false;
  }
}

/** Forget everything. False where the phone would not let go of what it has stored. @returns {boolean} */
export function forgetAll() {
  held = undefined;
  try {
    localStorage.removeItem(KEY);
    return true;
  } catch {
    held = structure({});
    return false;
  }
}

/** Where to go on: to where she stopped, or to the lesson after it; after the last one, back to the path (lessons before it may be unread). `address` leads
 * from the site's root.
 * @param {Pick<Memory, "place" | "read">} memory
 * @returns {{ address: string, action: string, title: string, where: string } | null} */
export function wayOn({ place, read }) {
  if (!place) return null;
  const { lesson, title, section, heading, path, pathTitle, next } = place;
  if (!(lesson in read)) {
    const where = [heading && `Phần “${heading}”`, pathTitle].filter(Boolean).join(" · ");
    return { address: `${lesson}/${section && `#${section}`}`, action: "Học tiếp", title, where };
  }
  if (next) return { address: next.url, action: "Học tiếp", title: next.title, where: [`Bài tiếp theo`, pathTitle].filter(Boolean).join(" · ") };
  return path ? { address: `${path}/`, action: "Xem lại lộ trình", title: "Bạn đã học xong bài cuối lộ trình", where: pathTitle } : null;
}

/** The day it is where the reader is, as YYYY-MM-DD. */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Throws where the browser refuses to be asked; what it answers may be anything. */
function read() {
  const text = localStorage.getItem(KEY);
  if (!text || text.length > LONGEST_STORE) return structure({});
  try {
    return structure(JSON.parse(text));
  } catch {
    return structure({});
  }
}

/** What of `found` is valid, and a blank for what is not. Always a copy. @param {unknown} found @returns {Memory} */
function structure(found) {
  const kept = fields(found);
  const place = placeOf(kept.place);
  const read = ofLessons(kept.read, MOST_LESSONS, (day) => matching(day, DAY) || undefined);
  const on = wayOn({ place, read });
  return {
    version: 1,
    group: matching(kept.group, SLUG),
    start: oneOf(kept.start, [1, 2, 3, 4], 1),
    size: oneOf(kept.size, [0, 1, 2, 3, 4], 0),
    theme: oneOf(kept.theme, ["", "light", "dark", "contrast"], ""),
    speed: typeof kept.speed === "number" && kept.speed >= 0.5 && kept.speed <= 2 ? kept.speed : 1,
    read,
    ticks: ofLessons(kept.ticks, MOST_TICKED_LESSONS, ticksOf),
    quiz: ofLessons(kept.quiz, MOST_LESSONS, resultOf),
    place,
    offer: on ? [on.title, on.where].map((text) => JSON.stringify(text)).join(' "\\A" ') : "",
  };
}

/** @param {unknown} found @returns {string[] | undefined} */
function ticksOf(found) {
  if (!Array.isArray(found)) return undefined;
  const names = new Set(found.filter((name) => typeof name === "string" && name && name.length <= LONGEST_NAME));
  return names.size ? [...names].slice(-MOST_TICKS) : undefined;
}

/** @param {unknown} found */
function resultOf(found) {
  const { right, total, on } = fields(found);
  if (!whole(right) || !whole(total) || right > total || total < 1 || total > 99) return undefined;
  return { right, total, on: matching(on, DAY) };
}

/** @param {unknown} found @returns {Place | null} */
function placeOf(found) {
  const { lesson, title, section, heading, path, pathTitle, next } = fields(found);
  if (!matching(lesson, ID) || !words(title)) return null;
  const { url, title: nextTitle } = fields(next);
  return {
    lesson: matching(lesson, ID),
    title: words(title),
    section: matching(section, SLUG),
    heading: words(heading),
    path: matching(path, SLUG),
    pathTitle: words(pathTitle),
    next: matching(url, ADDRESS) && words(nextTitle) ? { url: matching(url, ADDRESS), title: words(nextTitle) } : null,
  };
}

/** The valid ones of a record by lesson, at most so many of the last.
 * @template T @param {unknown} found @param {number} most @param {(value: unknown) => T | undefined} valid
 * @returns {Record<string, T>} */
function ofLessons(found, most, valid) {
  /** @type {[string, T][]} */
  const kept = [];
  for (const [lesson, value] of Object.entries(fields(found))) {
    const good = ID.test(lesson) ? valid(value) : undefined;
    if (good !== undefined) kept.push([lesson, good]);
  }
  return Object.fromEntries(kept.slice(-most));
}

/** @param {unknown} found @returns {Record<string, unknown>} */
function fields(found) {
  return found && typeof found === "object" && !Array.isArray(found) ? /** @type {Record<string, unknown>} */ (found) : {};
}

/** @param {unknown} found @param {RegExp} form */
function matching(found, form) {
  return typeof found === "string" && form.test(found) ? found : "";
}

/** @param {unknown} found */
function words(found) {
  return typeof found === "string" ? found.slice(0, LONGEST_NAME) : "";
}

/** @param {unknown} found @returns {found is number} */
function whole(found) {
  return Number.isInteger(found) && Number(found) >= 0;
}

/** @template T @param {unknown} found @param {readonly T[]} known @param {T} otherwise @returns {T} */
function oneOf(found, known, otherwise) {
  return known.includes(/** @type {T} */ (found)) ? /** @type {T} */ (found) : otherwise;
}
