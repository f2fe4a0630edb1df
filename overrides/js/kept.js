// @ts-check
/** What is kept on this phone for when there is no network: the names it stands under, and the ledger of saved groups.
 * sw.js reads the same names; saving.js writes the groups. */

import { root } from "./elements.js";

/** Other sites may live at the same origin, and share the store with this one. */
const OURS = `cam-nang ${root.pathname} `;
export const SETS = `${OURS}nhom `;
export const BOOKS = `${OURS}sach`;
const PAGES = `${OURS}trang`;
const LEDGER = `${OURS}so`;
/** The page that stands in where there is no network. */
export const AWAY = new URL("mat-mang/", root).href;

/**
 * @typedef {{ url: string, bytes: number, hash: string }} ListedFile
 * @typedef {{ url: string, title: string, minutes: number, group: string, words: string,
 *   aliases: string }} ListedLesson
 * @typedef {{ version: string, group: string, title: string, bytes: number, lessons: ListedLesson[],
 *   files: ListedFile[], pdf: string }} List what a group needs, as handbook/site/offline.py writes it
 * @typedef {{ whole: boolean, cache: string, list: List, on: number, checked: number, book: number,
 *   wantsBook: boolean }} Entry of the ledger: `on` when it became whole, `checked` when it was last compared with the
 *   site (milliseconds), `book` the bytes of its saved book or 0
 */

/** The store, or undefined where this browser does not lend it: an old one, a private window, some apps' own.
 * @returns {CacheStorage | undefined} */
export function store() {
  try {
    return navigator.serviceWorker && window.caches ? window.caches : undefined;
  } catch {
    return undefined;
  }
}

/** Whether anything may be kept here. Asked of the store itself: it may be there and still refuse. */
export async function mayKeep() {
  try {
    const there = store();
    await there?.keys();
    return Boolean(there);
  } catch {
    return false;
  }
}

/** Whether the reader has saved a group, or begun to: cheap enough to ask on every page. */
export async function anythingSaved() {
  try {
    return Boolean(await store()?.has(LEDGER));
  } catch {
    return false;
  }
}

/** @param {string} group @param {boolean} whole */
function place(group, whole) {
  return new URL(`luu/${whole ? "da-luu" : "dang-luu"}/${group}`, root).href;
}

/** The saved set of a group, or with `whole` false the one that is not whole yet.
 * @param {string} group @param {boolean} whole @returns {Promise<Entry | undefined>} */
export async function entryOf(group, whole) {
  const there = store();
  if (!there || !(await there.has(LEDGER))) return undefined;
  const found = await there.match(place(group, whole), { cacheName: LEDGER });
  return found && read(found);
}

/** @param {Entry} entry */
export async function writeEntry(entry) {
  const ledger = await caches.open(LEDGER);
  await ledger.put(place(entry.list.group, entry.whole), new Response(JSON.stringify(entry)));
}

/** @param {string} group @param {boolean} whole */
export async function dropEntry(group, whole) {
  const ledger = await caches.open(LEDGER);
  await ledger.delete(place(group, whole));
  if (!(await ledger.keys()).length) await caches.delete(LEDGER);
}

/** Every entry, saved or begun. @returns {Promise<Entry[]>} */
export async function entries() {
  if (!(await anythingSaved())) return [];
  const found = await (await caches.open(LEDGER)).matchAll();
  return (await Promise.all(found.map(read))).filter((entry) => entry !== undefined);
}

/** @param {Response} found @returns {Promise<Entry | undefined>} */
async function read(found) {
  try {
    const entry = await found.json();
    return entry?.list?.files && entry.cache ? entry : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The groups saved as a whole, or begun.
 * @returns {Promise<{ group: string, title: string, url: string, whole: boolean, on: number, bytes: number,
 *   book: number, lessons: ListedLesson[] }[]>}
 */
export async function savedGroups() {
  try {
    const all = await entries();
    const whole = new Set(all.filter((entry) => entry.whole).map((entry) => entry.list.group));
    return all
      .filter((entry) => entry.whole || !whole.has(entry.list.group))
      .map(({ whole, on, book, list }) => ({
        ...{ group: list.group, title: list.title, url: new URL(`${list.group}/`, root).href },
        ...{ whole, on, bytes: list.bytes, book, lessons: list.lessons },
      }));
  } catch {
    return [];
  }
}

/** The pages that were read, newest first. @returns {Promise<{ url: string, title: string }[]>} */
export async function visitedPages() {
  try {
    if (!(await store()?.has(PAGES))) return [];
    const pages = await caches.open(PAGES);
    const dated = [];
    for (const { url } of await pages.keys()) {
      const headers = (await pages.match(url))?.headers;
      const words = new DOMParser().parseFromString(decodeURIComponent(headers?.get("x-title") ?? ""), "text/html");
      const title = words.body.textContent?.split(" – ")[0].trim();
      if (title && url !== root.href && url !== AWAY) dated.push({ url, title, on: Number(headers?.get("x-kept")) });
    }
    return dated.sort((one, other) => other.on - one.on);
  } catch {
    return [];
  }
}

/** A kept page as text. @param {string} url @param {string} [cache] the set it belongs to */
export async function keptPage(url, cache = PAGES) {
  const found = await store()?.match(new URL(url, root).href, { cacheName: cache });
  return found?.text();
}

/** Free what one group takes: the saved set, what was begun, its book. @param {string} group */
export async function removeGroup(group) {
  const known = (await entries()).find((entry) => entry.list.group === group);
  // The ledger first: what it does not name is not given out any more.
  await dropEntry(group, true);
  await dropEntry(group, false);
  await dropSets(group, []);
  if (!known) return;
  const books = await caches.open(BOOKS);
  await books.delete(new URL(known.list.pdf, root).href);
  if (!(await books.keys()).length) await caches.delete(BOOKS);
}

/** Drop a group's sets, all but some. @param {string} group @param {string[]} but */
export async function dropSets(group, but) {
  for (const name of await caches.keys()) {
    if (name.startsWith(`${SETS}${group} `) && !but.includes(name)) await caches.delete(name);
  }
}

/** Forget every saved group and every page that was read. What the site itself needs to open stays.
 * @returns {Promise<boolean>} whether nothing is left */
export async function removeAll() {
  // Where nothing could be kept, nothing is.
  if (!(await mayKeep())) return true;
  try {
    for (const name of await caches.keys()) {
      if ([PAGES, LEDGER, BOOKS].includes(name) || name.startsWith(SETS)) await caches.delete(name);
    }
    navigator.serviceWorker.controller?.postMessage({ tidy: true });
    return true;
  } catch {
    return false;
  }
}
