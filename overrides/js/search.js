// @ts-check
/** Search: loaded when the reader opens it, and not a byte of it before. */

import { make, root } from "./elements.js";
import { fold, forQuery, fromIndex } from "./vietnamese.js";

const AT_ONCE = 10;
/** Milliseconds after which what is kept on the phone is better than nothing. */
const PATIENCE = 8000;
const KEPT_ONLY = "Đang không có mạng: chỉ tìm trong những bài máy này đã lưu hoặc đã mở.";

/** @type {Promise<any> | undefined} */
let engine;
let attempt = 0;

/** Pagefind, set up once. Metadata outweighs the text; a whole word outweighs the start of a longer one. */
function pagefind() {
  engine ??= (async () => {
    // After a failure a name of its own: the browser would not ask for the old one again, and what Pagefind has
    // half loaded it keeps.
    const again = attempt++ ? `?lan=${attempt}` : "";
    const module = await import(new URL(`pagefind/pagefind.js${again}`, root).href);
    await module.options({
      baseUrl: root.pathname,
      excerptLength: 24,
      ranking: {
        termSimilarity: 4,
        metaWeights: { title: 10, keywords: 6, apps: 4, aliases: 0.5, group: 0, minutes: 0 },
      },
    });
    await module.init();
    return module;
  })();
  return engine;
}

/** After a failure: the next search starts with a new engine. */
function startAfresh() {
  engine?.then((module) => module.destroy()).catch(() => {});
  engine = undefined;
}

/**
 * @typedef {{ url: string, title: string, group: string, minutes: string, excerpt: string,
 *   places: { url: string, title: string }[] }} Result
 */

/** The lessons found, best first, some at a time: what a phone has to load for a result is not loaded before it is
 * shown, so how many there are is known when the last one is. */
export class Findings {
  keptOnly = false;

  /** @param {any[]} hits as Pagefind gives them @param {string} query */
  constructor(hits, query) {
    this.hits = hits;
    this.query = query;
    /** @type {Result[]} */
    this.ready = [];
  }

  /** The next results; fewer than asked for only at the end. @returns {Promise<Result[]>} */
  async next() {
    // One more than shown, to know whether there is any.
    while (this.ready.length <= AT_ONCE && this.hits.length) {
      const wanted = this.hits.slice(0, AT_ONCE + 1);
      const pages = await Promise.all(wanted.map((hit) => hit.data()));
      this.hits = this.hits.slice(wanted.length);
      this.ready.push(...pages.filter((page) => isPlausible(page.excerpt, this.query)).map(toResult));
    }
    return this.ready.splice(0, AT_ONCE);
  }

  get hasMore() {
    return this.ready.length > 0;
  }
}

/** The lessons found, and the first of them. Without a network, or with one that lets the reader wait for long, only
 * among what the phone has kept.
 * @param {string} query @param {string} group
 * @returns {Promise<{ findings: Findings | import("./kept-search.js").KeptFindings, results: Result[] }>} */
async function find(query, group) {
  const fromKept = async () => {
    const { searchKept } = await import("./kept-search.js");
    const findings = await searchKept(query, group);
    return findings && { findings, results: await findings.next() };
  };
  const fromSite = async () => {
    const findings = await search(query, group);
    return { findings, results: await findings.next() };
  };
  if (navigator.onLine === false) {
    const kept = await fromKept().catch(() => undefined);
    if (kept) return kept;
  }
  const asked = fromSite();
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("the network is slow")), PATIENCE));
  try {
    return await /** @type {typeof asked} */ (Promise.race([asked, late]));
  } catch (error) {
    const kept = await fromKept().catch(() => undefined);
    if (!kept) return asked;
    // What is late may be of use the next time; what failed is not.
    asked.catch(startAfresh);
    console.warn(error);
    return kept;
  }
}

/** @param {string} query @param {string} group @returns {Promise<Findings>} */
export async function search(query, group) {
  const module = await pagefind();
  const found = await module.search(forQuery(query), group ? { filters: { nhom: group } } : {});
  // Nothing may also mean that a part of the index did not arrive: Pagefind does not say. The network does.
  if (!found.results.length) await fetch(new URL("pagefind/pagefind-entry.json", root), { method: "HEAD", cache: "no-store" });
  return new Findings(found.results, query);
}

/** Where no word fits, Pagefind takes ever shorter beginnings of it, down to one letter. Half a word is still what the
 * reader may have meant (`dangnhap` → *đăng*); less is noise. A match in the metadata only marks nothing: keep it.
 * @param {string} excerpt @param {string} query */
function isPlausible(excerpt, query) {
  const words = fold(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const marked = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, word]) => fold(fromIndex(word)).replace(/[^\p{L}\p{N}]+/gu, ""));
  const fits = (/** @type {string} */ mark) =>
    words.some((word) => mark.startsWith(word) || (word.startsWith(mark) && mark.length * 2 >= word.length));
  return !marked.length || marked.some(fits);
}

/** How well a part of a page matches. @param {any} part */
function strength(part) {
  return part.weighted_locations.reduce((/** @type {number} */ sum, /** @type {any} */ place) => sum + place.balanced_score, 0);
}

/** @param {any} page @returns {Result} */
function toResult(page) {
  const parts = [...(page.sub_results ?? [])].sort((one, other) => strength(other) - strength(one));
  return {
    url: page.url,
    title: fromIndex(page.meta.title),
    group: fromIndex(page.meta.group ?? ""),
    minutes: page.meta.minutes ?? "",
    excerpt: fromIndex(page.excerpt),
    places: parts
      .filter((part) => part.url.includes("#"))
      .slice(0, 2)
      .map((part) => ({ url: part.url, title: fromIndex(part.title) })),
  };
}

/** Joins a search form to the place its results appear in. */
export class SearchView {
  /** @param {HTMLFormElement} form @param {HTMLElement} output @param {(query: string, group: string) => void} onSearch */
  constructor(form, output, onSearch = () => {}) {
    this.input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    this.group = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem("nhom"));
    this.output = output;
    this.onSearch = onSearch;
    this.turn = 0;
    let pause = 0;
    this.input.addEventListener("input", () => {
      clearTimeout(pause);
      pause = window.setTimeout(() => this.run(), 200);
    });
    this.group?.addEventListener("change", () => this.run());
  }

  /** Search for what the form says, and show it. */
  async run() {
    const turn = ++this.turn;
    const query = this.input.value.trim();
    const group = this.group?.value ?? "";
    this.onSearch(query, group);
    if (!query) {
      this.output.replaceChildren();
      this.output.dataset.state = "idle";
      return;
    }
    this.output.dataset.state = "loading";
    if (!this.output.childElementCount) this.output.replaceChildren(status("Đang tìm…"));
    try {
      const { findings, results } = await find(query, group);
      if (turn !== this.turn) return;
      this.show(query, results, findings);
      this.output.dataset.state = "done";
    } catch (error) {
      console.warn(error);
      startAfresh();
      if (turn !== this.turn) return;
      this.output.replaceChildren(status(this.output.dataset.weakNetwork ?? ""));
      this.output.dataset.state = "error";
    }
  }

  /** @param {string} query @param {Result[]} results the first ones
   * @param {Findings | import("./kept-search.js").KeptFindings} findings where the next ones are */
  show(query, results, findings) {
    const note = findings.keptOnly ? [status(KEPT_ONLY)] : [];
    if (!results.length) {
      this.output.replaceChildren(...note, status(`Không thấy bài nào có “${query}”. Hãy thử ít từ hơn, hoặc chọn tất cả các nhóm.`));
      return;
    }
    const told = status("");
    const list = make("ol", { class: "result-list" });
    const more = make("button", { class: "button quiet more", type: "button", text: "Xem thêm" });
    /** @param {Result[]} added */
    const add = (added) => {
      list.append(...added.map(drawResult));
      const shown = list.childElementCount;
      told.textContent = findings.hasMore
        ? `Tìm thấy hơn ${shown} bài cho “${query}”. Đây là ${shown} bài gần nhất.`
        : `Tìm thấy ${shown} bài cho “${query}”.`;
      more.hidden = !findings.hasMore;
    };
    more.addEventListener("click", async () => {
      const shown = list.childElementCount;
      more.disabled = true;
      try {
        add(await findings.next());
        /** @type {HTMLElement | null | undefined} */ (list.children[shown]?.querySelector("a"))?.focus();
      } catch (error) {
        console.warn(error);
        told.textContent = this.output.dataset.weakNetwork ?? "";
      }
      more.disabled = false;
    });
    add(results);
    this.output.replaceChildren(...note, told, list, more);
  }
}

/** @param {string} words */
function status(words) {
  return make("p", { class: "search-status", text: words });
}

/** @param {Result} result */
function drawResult(result) {
  const item = make("li", { class: "result" });
  const link = make("a", { class: "result-title", text: result.title });
  link.setAttribute("href", result.url);
  const facts = make("p", { class: "facts", text: [result.group, `${result.minutes} phút`].filter(Boolean).join(" · ") });
  const excerpt = make("p", { class: "result-excerpt" });
  excerpt.append(...highlighted(result.excerpt));
  item.append(link, facts, excerpt);
  if (result.places.length) {
    const places = make("ul", { class: "result-places" });
    for (const place of result.places) {
      const entry = document.createElement("li");
      const anchor = make("a", { text: `→ ${place.title}` });
      anchor.setAttribute("href", place.url);
      entry.append(anchor);
      places.append(entry);
    }
    item.append(places);
  }
  return item;
}

/** Pagefind's excerpt as nodes: its `<mark>`s and plain text, never other markup. @param {string} excerpt */
function highlighted(excerpt) {
  const parsed = new DOMParser().parseFromString(excerpt, "text/html").body;
  return [...parsed.childNodes].map((node) =>
    node.nodeName === "MARK" ? make("mark", { text: node.textContent ?? "" }) : document.createTextNode(node.textContent ?? ""),
  );
}
