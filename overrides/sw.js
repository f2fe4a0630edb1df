// @ts-check
/// <reference lib="webworker" />
/** Stands between the site and the network, and keeps what was read for when the network goes.
 *
 * A page comes from the network; what is kept answers only where the network fails or lets the reader wait. What a page
 * loads never changes under its address (handbook/site/offline.py), so it comes from what is kept first, and old pages
 * with old scripts stand beside new ones without meeting. Nothing is kept that is not whole and ours: a page has to
 * end as ours do, a file has to have the content its name says. Where the phone will not store anything, everything
 * goes to the network as if this were not here.
 *
 * What is where: `nen` (core): the home page, the page for no network, and the scripts, of one build; `trang`, `tep`:
 * pages that were read and their pictures; `nhom`: groups the reader saved, written by saving.js; `so`: the ledger of
 * these, which says what of `nhom` is whole; `sach`: their books.
 */

/** @typedef {[url: string, hash: string]} Named an address below the site's root and how the SHA-256 of it begins */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** Filled in by the build. `scripts` is the folder of this build's scripts.
 * @type {{ version: string, scripts: string, core: Named[] }} */
// @ts-ignore
const BUILD = __BUILD__;

const ROOT = new URL(worker.registration.scope);
/** Other sites may live at the same origin, and share the store with this one. */
const OURS = `cam-nang ${ROOT.pathname} `;
const PAGES = `${OURS}trang`;
const FILES = `${OURS}tep`;
const LEDGER = `${OURS}so`;
const CORES = `${OURS}nen `;
const CORE = `${CORES}${BUILD.version} ${BUILD.scripts}`;

/** Milliseconds a reader waits for the network where a kept page is at hand. */
const PATIENCE = 4000;
/** Pages that were read; the oldest go. */
const MOST_PAGES = 60;
const AT_ONCE = 4;
/** Milliseconds for which a copy is not asked for again. */
const JUST_NOW = 60_000;
/** Milliseconds after which a file is given up. */
const STALLED = 60_000;

const OFFLINE_PAGE = at("mat-mang/");
const ENDING = /<!--handbook ([^>]*)-->\s*$/;

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(ROOT.href) || request.headers.has("range")) return;
  if (request.mode === "navigate") {
    event.respondWith(isPage(url) ? showPage(event, addressOf(url)) : showOther(event));
    return;
  }
  // What is being saved has to come from the network.
  if (request.cache === "reload" || request.cache === "no-store") return;
  if (neverChanges(url)) event.respondWith(showFile(request));
  else if (!isPage(url)) event.respondWith(showOther(event));
});

worker.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keepOpenPage(new URL(event.data.keep)).catch(() => {}).then(() => inTurn(tidy)));
  else if (event.data?.tidy) event.waitUntil(inTurn(tidy));
});

/** Keep all that this build cannot do without. Any failure leaves the former worker in charge, and is tried again. */
async function install() {
  const core = await caches.open(CORE);
  await someAtOnce(BUILD.core, (file) => keepFile(core, file));
  // What stands under an address that never changes may be shared by an old and a new page: nobody has to wait.
  await worker.skipWaiting();
}

/** A page: from the network, or as it was kept, or the page that says what is kept.
 * @param {FetchEvent} event @param {string} address @returns {Promise<Response>} */
async function showPage(event, address) {
  // The server has to be asked: the browser's own store may hold a page back for days. (So no navigation preload.)
  const arrived = fetch(event.request.url, { cache: "no-cache", redirect: "manual" });
  // The copy is taken before the browser reads the answer; this step comes first of those that wait for it.
  const copied = arrived.then((answer) => (mayBeKept(answer) ? answer.clone() : undefined));
  event.waitUntil(copied.then((copy) => copy && readAndKeep(address, copy)).catch(() => {}));
  const kept = await keptPage(address);
  if (!kept) return arrived.catch(async () => (await offlinePage()) ?? Response.error());
  const answer = await Promise.race([arrived.catch(() => undefined), waited(PATIENCE)]);
  return answer && answer.status < 500 ? answer : kept;
}

/** What never changes under its address. @param {Request} request */
async function showFile(request) {
  return (await quietly(() => caches.match(request.url))) ?? fetch(request);
}

/** All the rest: from the network, or what is kept of it. @param {FetchEvent} event @returns {Promise<Response>} */
async function showOther(event) {
  const answer = await fetch(event.request).catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  const kept = await quietly(() => caches.match(event.request.url, { ignoreSearch: true }));
  if (kept ?? answer) return /** @type {Response} */ (kept ?? answer);
  return (event.request.mode === "navigate" && (await offlinePage())) || Response.error();
}

/** The newest copy of a page: as read, as saved with its group, or as part of this build.
 * @param {string} address @returns {Promise<Response | undefined>} */
async function keptPage(address) {
  return quietly(async () => {
    const places = [PAGES, ...(await savedSets()), CORE];
    const copies = await Promise.all(places.map((name) => caches.match(address, { cacheName: name })));
    const found = /** @type {Response[]} */ (copies.filter(Boolean));
    return found.sort((one, other) => keptOn(other) - keptOn(one))[0];
  });
}

/** The caches of the groups that are saved as a whole. @returns {Promise<string[]>} */
async function savedSets() {
  if (!(await caches.has(LEDGER))) return [];
  const entries = await (await caches.open(LEDGER)).matchAll();
  const sets = await Promise.all(entries.map((entry) => entry.json()));
  return sets.filter((set) => set.whole).map((set) => set.cache);
}

/** The page that says kindly that this one is not kept. It stands in at any address, so its links are made whole. */
async function offlinePage() {
  const page = await quietly(() => caches.match(OFFLINE_PAGE, { cacheName: CORE }));
  if (!page) return undefined;
  const html = (await page.text()).replace(
    /(\s(?:href|src|action|data-root|data-scripts)=)(["']?)([^"'\s>]+)/g,
    (all, name, quote, value) => (/^(#|[a-z][a-z0-9+.-]*:)/i.test(value) ? all : name + quote + new URL(value, OFFLINE_PAGE)),
  );
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** Whether an answer is worth reading as a page of ours. A redirected one is somebody else's, or has another address.
 * @param {Response} answer */
function mayBeKept(answer) {
  const type = answer.headers.get("content-type") ?? "";
  return answer.status === 200 && answer.type === "basic" && !answer.redirected && type.startsWith("text/html");
}

/** @param {string} address @param {Response} answer */
async function readAndKeep(address, answer) {
  const html = await answer.text(); // fails where the connection broke
  await inTurn(() => keepPage(address, html));
}

/** Keep a page and all it loads, or nothing: the former copy then stays, with what it loads.
 * @param {string} address @param {string} html */
async function keepPage(address, html) {
  const ending = ENDING.exec(html);
  if (!ending) return; // cut off without a sign of it, or somebody else's
  const needs = ending[1].split(" ").filter(Boolean);
  const folders = needs.filter((need) => need.endsWith("/"));
  if (folders.some((folder) => folder !== BUILD.scripts)) {
    // Of another build: the worker that knows its scripts is on its way, and will keep it. Not waited for: it takes
    // over only when this one has nothing left to do.
    worker.registration.update().catch(() => {});
    return;
  }
  const files = await caches.open(FILES);
  await someAtOnce(needs.filter((need) => !need.endsWith("/")), (need) => keepFile(files, [need, hashIn(need)]));
  const title = /<title>([^<]*)/.exec(html)?.[1] ?? "";
  const pages = await caches.open(PAGES);
  await pages.put(address, stored(html, "text/html; charset=utf-8", { "X-Needs": needs.join(" "), "X-Title": encodeURIComponent(title) }));
  const addresses = await pages.keys();
  if (addresses.length > MOST_PAGES) await dropOldest(pages, addresses);
}

/** A page that was opened before this worker was there. @param {URL} url */
async function keepOpenPage(url) {
  if (!url.href.startsWith(ROOT.href) || !isPage(url)) return;
  await turn; // it may just be on its way in
  const copy = await caches.match(addressOf(url), { cacheName: PAGES });
  const ofThisBuild = copy?.headers.get("x-needs")?.split(" ").includes(BUILD.scripts);
  if (copy && ofThisBuild && Date.now() - keptOn(copy) < JUST_NOW) return;
  const answer = await fetch(addressOf(url), { cache: "no-cache" });
  if (mayBeKept(answer)) await readAndKeep(addressOf(url), answer);
}

/** @param {Cache} pages @param {readonly Request[]} addresses */
async function dropOldest(pages, addresses) {
  const dated = await Promise.all(
    addresses.map(async (address) => ({ address, on: keptOn((await pages.match(address)) ?? new Response()) })),
  );
  dated.sort((one, other) => one.on - other.on);
  for (const { address } of dated.slice(0, dated.length - MOST_PAGES)) await pages.delete(address);
}

/** Put a file into a cache: a copy of what is on the phone already, or from the network; never anything but the file.
 * @param {Cache} cache @param {Named} file */
async function keepFile(cache, [url, hash]) {
  const address = at(url);
  if (await cache.match(address)) return;
  const attempts = [
    () => caches.match(address),
    () => fetch(address, { signal: AbortSignal.timeout?.(STALLED) }),
    // The browser's own store may hold another one; or the connection broke for a moment.
    () => fetch(address, { cache: "reload", signal: AbortSignal.timeout?.(STALLED) }),
  ];
  for (const attempt of attempts) {
    const answer = await attempt().catch(() => undefined);
    if (!answer?.ok) continue;
    const body = await answer.arrayBuffer().catch(() => undefined);
    if (!body || !(await hashOf(body)).startsWith(hash)) continue;
    await cache.put(address, stored(body, answer.headers.get("content-type") ?? "application/octet-stream"));
    return;
  }
  throw new Error(`not as built: ${url}`);
}

/** Drop what no kept page loads any more. Not while this worker takes over: pages would wait for it. */
async function tidy() {
  const pages = await caches.open(PAGES);
  const kept = await Promise.all((await pages.keys()).map((address) => pages.match(address)));
  const needed = new Set(kept.flatMap((page) => page?.headers.get("x-needs")?.split(" ") ?? []));
  const files = await caches.open(FILES);
  for (const file of await files.keys()) if (!needed.has(file.url.slice(ROOT.href.length))) await files.delete(file);
  // Scripts of former builds: those of kept pages, and the last ones, because a page may still be open.
  const others = (await caches.keys()).filter((name) => name.startsWith(CORES) && name !== CORE).reverse();
  const folders = new Set([BUILD.scripts]);
  let last = true;
  for (const name of others) {
    const folder = name.slice(name.lastIndexOf(" ") + 1);
    if (folders.has(folder) || !(last || needed.has(folder))) await caches.delete(name);
    else last = false;
    folders.add(folder);
  }
}

/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/** One after the other: what one keeps, another would drop. @param {() => Promise<unknown>} job */
function inTurn(job) {
  turn = turn.then(job).catch((error) => console.warn(error));
  return turn;
}

/** @template T @param {T[]} items @param {(item: T) => Promise<unknown>} job */
async function someAtOnce(items, job) {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await job(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Without what only the connection needed, so that it can be given out again as it is.
 * @param {BodyInit} body @param {string} type @param {Record<string, string>} [more] */
function stored(body, type, more = {}) {
  return new Response(body, { headers: { "Content-Type": type, "X-Kept": String(Date.now()), ...more } });
}

/** @param {Response} copy */
function keptOn(copy) {
  return Number(copy.headers.get("x-kept"));
}

/** @param {ArrayBuffer} body */
async function hashOf(body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The beginning of the hash that an address bears. @param {string} url */
function hashIn(url) {
  return (/\?([0-9a-f]{8})$/.exec(url) ?? /[._-]([0-9a-f]{8})[0-9a-f]*\.\w+$/.exec(url))?.[1] ?? "none";
}

/** Whether an address bears a hash of what stands there. @param {URL} url */
function neverChanges(url) {
  const below = url.pathname.slice(ROOT.pathname.length);
  return /^\?[0-9a-f]{8}$/.test(url.search) || /(^|[/._-])(?=[a-f]*\d)[0-9a-f]{7,}([/.]|$)/.test(below);
}

/** @param {URL} url */
function isPage(url) {
  return !/\.(?!html$)[^/]*$/.test(url.pathname);
}

/** A page's one address, whatever follows it. @param {URL} url */
function addressOf(url) {
  return url.origin + url.pathname.replace(/\/index\.html$/, "/");
}

/** @param {string} url below the site's root */
function at(url) {
  return new URL(url, ROOT).href;
}

/** @param {number} milliseconds @returns {Promise<undefined>} */
function waited(milliseconds) {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** The store may refuse (private mode, a full phone): then it is as if nothing were kept.
 * @template T @param {() => Promise<T>} job @returns {Promise<T | undefined>} */
async function quietly(job) {
  try {
    return await job();
  } catch {
    return undefined;
  }
}
