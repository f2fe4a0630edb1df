// @ts-check
/** Saving a group for when there is no network, and keeping what was saved up to date.
 *
 * What a group needs is a list of files with their hashes (luu/<group>.json). They are gathered in a set of their own,
 * named by the list's version; what is there already is not asked for again, so a broken saving goes on where it was.
 * One line in the ledger then makes the set the saved one: until that moment the former set is what the reader gets. */

import { root } from "./elements.js";
import { BOOKS, dropEntry, dropSets, entries, entryOf, mayKeep, removeGroup, SETS, store, writeEntry } from "./kept.js";

/** @typedef {import("./kept.js").List} List */
/** @typedef {import("./kept.js").ListedFile} ListedFile */
/** @typedef {import("./kept.js").Entry} Entry */

const AT_ONCE = 3;
/** Milliseconds to wait before each new try of what did not come. */
const PAUSES = [500, 2000];
/** Milliseconds without an answer after which a try is given up. */
const STALLED = 60_000;
/** Milliseconds between two looks for a newer version. */
const OFTEN = 20 * 3_600_000;

/** Why a saving stopped. "changed": the site became another one meanwhile. */
export class Trouble extends Error {
  /** @param {"full" | "network" | "refused" | "stopped" | "changed" | "busy"} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/**
 * How a group stands on this phone.
 * @typedef {{ saved: Entry | undefined, begun: Entry | undefined, done: number }} Standing `done`: lessons of `begun`
 *   that are there already
 * @param {string} group @returns {Promise<Standing>}
 */
export async function standing(group) {
  const saved = await entryOf(group, true);
  const begun = await entryOf(group, false);
  return { saved, begun, done: begun ? lessonsIn(begun.list, await gathered(begun.cache)) : 0 };
}

/** What the site offers to save of a group now. @param {string} group @returns {Promise<List>} */
export async function offered(group) {
  try {
    const answer = await fetch(new URL(`luu/${group}.json`, root), { cache: "no-cache" });
    const list = await answer.json();
    if (!answer.ok || list.group !== group || !Array.isArray(list.files)) throw new Error(`no list for ${group}`);
    return list;
  } catch {
    throw new Trouble("network");
  }
}

/** The bytes of a book, as far as the server says. @param {string} pdf @returns {Promise<number>} */
export async function bookSize(pdf) {
  try {
    const answer = await fetch(new URL(pdf, root), { method: "HEAD" });
    return answer.ok && isBook(answer) ? Number(answer.headers.get("content-length")) : 0;
  } catch {
    return 0;
  }
}

/** The bytes of a list that another one, already on the phone, does not have. @param {List} list @param {List} [there] */
export function bytesBeyond(list, there) {
  const known = new Set(there?.files.map((file) => file.hash));
  return list.files.reduce((sum, file) => sum + (known.has(file.hash) ? 0 : file.bytes), 0);
}

/**
 * Save a group, or bring what is saved up to date. Goes on where a former try stopped.
 * @param {string} group
 * @param {{ book?: boolean, quiet?: boolean, stop?: AbortSignal,
 *   onProgress?: (lessons: number, part: number, book: boolean) => void }} [options] `book`: with its PDF; `part`: how
 *   much of it all is done, 0 to 1
 * @throws {Trouble}
 */
export async function save(group, options = {}) {
  if (!(await mayKeep())) throw new Trouble("refused");
  await workerReady();
  // A browser may ask the reader; nobody waits for the answer.
  if (!options.quiet) navigator.storage?.persist?.().catch(() => false);
  await alone(group, async () => {
    // The site may become another one while it is being saved; the second time it is the new one.
    for (let left = 2; left; left -= 1) {
      try {
        return await gather(await offered(group), options);
      } catch (error) {
        const again = error instanceof Trouble && error.kind === "changed" && left > 1;
        if (!again) throw kindOf(error);
      }
    }
  });
}

/** Two windows must not save the same group at once. @param {string} group @param {() => Promise<void>} job */
async function alone(group, job) {
  if (!navigator.locks) return job();
  await navigator.locks.request(`${SETS}${group}`, { ifAvailable: true }, async (lock) => {
    if (!lock) throw new Trouble("busy");
    await job();
  });
}

/** @param {List} list @param {{ book?: boolean, stop?: AbortSignal, onProgress?: (lessons: number, part: number, book: boolean) => void }} options */
async function gather(list, { book = false, stop, onProgress = () => {} }) {
  const former = await entryOf(list.group, true);
  const cache = `${SETS}${list.group} ${list.version}`;
  if (former?.list.version !== list.version || !(await caches.has(former.cache))) {
    await writeEntry({ whole: false, cache, list, on: 0, checked: 0, book: 0, wantsBook: book });
    await makeRoom(list, cache);
    const set = await caches.open(cache);
    const there = await gathered(cache);
    const told = () => onProgress(lessonsIn(list, there), there.size / list.files.length, false);
    told();
    const waiting = list.files.filter((file) => !there.has(file.url));
    await severalAtOnce(waiting, async (file) => {
      if (stop?.aborted) throw new Trouble("stopped");
      await set.put(new URL(file.url, root).href, await obtain(file, list, stop));
      there.add(file.url);
      told();
    });
    const whole = await gathered(cache);
    if (!list.files.every((file) => whole.has(file.url))) throw new Trouble("network");
  }
  const now = Date.now();
  const on = former?.list.version === list.version ? former.on : now;
  const entry = { whole: true, cache, list, on, checked: now, book: former?.book ?? 0, wantsBook: false };
  await writeEntry(entry);
  await dropEntry(list.group, false);
  if (book) {
    onProgress(list.lessons.length, 0, true);
    entry.book = await saveBook(list.pdf, stop, (part) => onProgress(list.lessons.length, part, true));
    await writeEntry(entry);
  }
}

/** Say before the download, not after half of it, that it will not fit. @param {List} list @param {string} cache */
async function makeRoom(list, cache) {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => ({}))) ?? {};
  const there = await gathered(cache);
  const needed = list.files.reduce((sum, file) => sum + (there.has(file.url) ? 0 : file.bytes), 0);
  if (quota - usage < needed) throw new Trouble("full");
}

/** One file, the right one: a copy of what the phone has, or from the network.
 * @param {ListedFile} file @param {List} list it is on @param {AbortSignal} [stop] @returns {Promise<Response>} */
async function obtain(file, list, stop) {
  const address = new URL(file.url, root).href;
  const copy = await store()?.match(address);
  const kept = copy && (await checked(copy, file));
  if (kept) return kept;
  let wrong = false;
  for (const pause of [0, ...PAUSES]) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    if (stop?.aborted) throw new Trouble("stopped");
    try {
      // The second time past what the browser and sw.js have: it may be another version, or somebody else's page.
      const answer = await fetchUntil(address, pause ? "reload" : "default", stop);
      const right = answer.ok && (await checked(answer, file));
      if (right) return right;
      wrong = true;
    } catch (error) {
      if (navigator.onLine === false) break;
      console.warn(error);
    }
  }
  if (stop?.aborted) throw new Trouble("stopped");
  // The list itself may be an old one by now.
  if (wrong && (await offered(list.group)).version !== list.version) throw new Trouble("changed");
  throw new Trouble("network");
}

/** An answer that is given up when nothing comes, or when the reader stops it.
 * @param {string} address @param {RequestCache} cache @param {AbortSignal} [stop] */
async function fetchUntil(address, cache, stop) {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), STALLED);
  const onStop = () => end.abort();
  stop?.addEventListener("abort", onStop);
  try {
    const answer = await fetch(address, { cache, signal: end.signal });
    return new Response(await answer.arrayBuffer(), { status: answer.status, headers: answer.headers });
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener("abort", onStop);
  }
}

/** The answer as it is to be kept, if it is the file that was meant. @param {Response} answer @param {ListedFile} file */
async function checked(answer, file) {
  const body = await answer.arrayBuffer();
  if (body.byteLength !== file.bytes) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!hash.startsWith(file.hash)) return undefined;
  const type = answer.headers.get("content-type") ?? "application/octet-stream";
  return new Response(body, { headers: { "Content-Type": type, "X-Kept": String(Date.now()) } });
}

/** Returns its bytes. @param {string} pdf @param {AbortSignal | undefined} stop @param {(part: number) => void} onPart */
async function saveBook(pdf, stop, onPart) {
  const address = new URL(pdf, root).href;
  try {
    const answer = await fetch(address, { cache: "no-cache", signal: stop });
    if (!answer.ok || !isBook(answer) || !answer.body) throw new Trouble("network");
    const total = Number(answer.headers.get("content-length"));
    const parts = [];
    let bytes = 0;
    const reader = answer.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value);
      bytes += next.value.length;
      if (total) onPart(bytes / total);
    }
    const book = new Blob(parts, { type: "application/pdf" });
    const ends = await Promise.all([book.slice(0, 5).text(), book.slice(-1024).text()]);
    if (!ends[0].startsWith("%PDF-") || !ends[1].includes("%%EOF")) throw new Trouble("network");
    await (await caches.open(BOOKS)).put(address, new Response(book, { headers: { "X-Kept": String(Date.now()) } }));
    return bytes;
  } catch (error) {
    if (stop?.aborted) throw new Trouble("stopped");
    throw kindOf(error);
  }
}

/** @param {Response} answer */
function isBook(answer) {
  return (answer.headers.get("content-type") ?? "").startsWith("application/pdf");
}

/** Bring every saved group up to date, quietly, once in a while: not where the reader counts every byte. A book is not
 * loaded again unasked. */
export async function refreshSaved() {
  try {
    const connection = /** @type {{ connection?: { saveData?: boolean } }} */ (/** @type {unknown} */ (navigator)).connection;
    const saved = await entries();
    // Not before a new page is open: one that was open may still have loaded pictures of the former set.
    for (const { list } of saved) await dropSets(list.group, saved.map((entry) => entry.cache));
    if (connection?.saveData || navigator.onLine === false) return;
    for (const entry of saved) {
      if (entry.whole && Date.now() - entry.checked > OFTEN) await save(entry.list.group, { quiet: true });
    }
  } catch {
    // There is always a next time.
  }
}

/** Drop what was begun; what is saved stays. @param {string} group */
export async function dropBegun(group) {
  const saved = await entryOf(group, true);
  if (!saved) return removeGroup(group);
  await dropEntry(group, false);
  await dropSets(group, [saved.cache]);
}

/** Nothing saved is ever given out without the worker. */
async function workerReady() {
  try {
    await navigator.serviceWorker.register(new URL("sw.js", root), { updateViaCache: "none" });
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error("no worker")), 30_000));
    await Promise.race([navigator.serviceWorker.ready, late]);
  } catch (error) {
    const there = await navigator.serviceWorker.getRegistration(root.href).catch(() => undefined);
    if (there?.active) return;
    throw new Trouble(navigator.onLine === false || error instanceof TypeError ? "network" : "refused");
  }
}

/** @param {unknown} error @returns {Trouble} */
function kindOf(error) {
  if (error instanceof Trouble) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return new Trouble("full");
  if (name === "SecurityError" || name === "InvalidStateError") return new Trouble("refused");
  return new Trouble("network");
}

/** The addresses below the site's root that a set has. @param {string} cache @returns {Promise<Set<string>>} */
async function gathered(cache) {
  if (!(await store()?.has(cache))) return new Set();
  const keys = await (await caches.open(cache)).keys();
  return new Set(keys.map(({ url }) => url.slice(root.href.length)));
}

/** @param {List} list @param {Set<string>} there */
function lessonsIn(list, there) {
  return list.lessons.filter((lesson) => there.has(lesson.url)).length;
}

/** @template T @param {T[]} items @param {(item: T) => Promise<void>} job */
async function severalAtOnce(items, job) {
  const waiting = [...items];
  let failed = false;
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined && !failed; item = waiting.shift()) {
      try {
        await job(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = Array.from({ length: AT_ONCE }, lane);
  await Promise.allSettled(lanes); // what is under way is worth having
  await Promise.all(lanes);
}
