// @ts-check
/** Search: loaded when the reader opens it, and not a byte of it before. */

import { fold, forQuery, fromIndex } from "./vietnamese.js";

const FIRST_RESULTS = 10;
const root = new URL(document.documentElement.dataset.root ?? "./", location.href);

/** @type {Promise<any> | undefined} */
let engine;

/** Pagefind, set up once. Metadata outweighs the text; a whole word outweighs the start of a longer one. */
function pagefind() {
  engine ??= (async () => {
    const module = await import(new URL("pagefind/pagefind.js", root).href);
    await module.options({
      baseUrl: root.pathname,
      excerptLength: 24,
      ranking: {
        termSimilarity: 4,
        metaWeights: { title: 10, keywords: 6, apps: 4, group: 0, minutes: 0 },
      },
    });
    await module.init();
    return module;
  })();
  engine.catch(() => (engine = undefined));
  return engine;
}

/**
 * @typedef {{ url: string, title: string, group: string, minutes: string, excerpt: string,
 *   places: { url: string, title: string }[] }} Result
 */

/** The lessons found, best first. @param {string} query @param {string} group
 * @returns {Promise<{ total: number, results: Result[] }>} */
export async function search(query, group) {
  const module = await pagefind();
  const found = await module.search(forQuery(query), group ? { filters: { nhom: group } } : {});
  const pages = await Promise.all(
    found.results.slice(0, FIRST_RESULTS).map((/** @type {any} */ hit) => hit.data()),
  );
  const kept = pages.filter((page) => isPlausible(page.excerpt, query));
  return { total: found.results.length - (pages.length - kept.length), results: kept.map(toResult) };
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
    const later = () => {
      clearTimeout(pause);
      pause = window.setTimeout(() => this.run(), 200);
    };
    this.input.addEventListener("input", later);
    this.group?.addEventListener("change", () => this.run());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
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
    if (!this.output.childElementCount) this.say("Đang tìm…");
    try {
      const { total, results } = await search(query, group);
      if (turn !== this.turn) return;
      this.show(query, total, results);
      this.output.dataset.state = "done";
    } catch (error) {
      if (turn !== this.turn) return;
      console.error(error);
      this.say("Chưa tìm được vì mạng yếu hoặc bị ngắt. Hãy thử lại sau ít phút.");
      this.output.dataset.state = "error";
    }
  }

  /** @param {string} words */
  say(words) {
    this.output.replaceChildren(make("p", "search-status", words));
  }

  /** @param {string} query @param {number} total @param {Result[]} results */
  show(query, total, results) {
    if (!results.length) {
      this.say(`Không thấy bài nào có “${query}”. Hãy thử ít từ hơn, hoặc chọn tất cả các nhóm.`);
      return;
    }
    const list = make("ol", "result-list");
    list.append(...results.map(drawResult));
    const count = total > results.length ? `${results.length} bài gần nhất trong ${total} bài` : `${total} bài`;
    this.output.replaceChildren(make("p", "search-status", `Tìm thấy ${count} cho “${query}”.`), list);
  }
}

/** @param {Result} result */
function drawResult(result) {
  const item = make("li", "result");
  const link = make("a", "result-title", result.title);
  link.setAttribute("href", result.url);
  const facts = make("p", "facts", `${result.group} · ${result.minutes} phút`);
  const excerpt = make("p", "result-excerpt");
  excerpt.append(...highlighted(result.excerpt));
  item.append(link, facts, excerpt);
  if (result.places.length) {
    const places = make("ul", "result-places");
    for (const place of result.places) {
      const entry = document.createElement("li");
      const anchor = make("a", "", `→ ${place.title}`);
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
    node.nodeName === "MARK" ? make("mark", "", node.textContent ?? "") : document.createTextNode(node.textContent ?? ""),
  );
}

/** @param {string} tag @param {string} [className] @param {string} [text] */
function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
