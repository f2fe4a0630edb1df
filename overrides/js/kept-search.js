// @ts-check
/** Search without a network, over the lessons on this phone: the saved groups and the pages that were read.
 *
 * It reads the kept pages themselves instead of Pagefind's index. Saving the engine and the index of all lessons would
 * double what a group weighs, would make every saved group out of date whenever any lesson changes, and could not join
 * groups saved on different days. A phone has at most some dozens of lessons: reading them takes a blink. */

import { root } from "./elements.js";
import { entries, keptPage, visitedPages } from "./kept.js";
import { fold, forQuery, fromIndex } from "./vietnamese.js";

/** @typedef {import("./search.js").Result} Result */
/** @typedef {{ url: string, title: string, group: string, minutes: string, words: string, aliases: string, cache?: string }} Known */
/** @typedef {Known & { text: string, headings: { id: string, title: string }[], folded: { title: string, words: string, aliases: string,
 *   headings: string, text: string } }} Lesson */

const AT_ONCE = 10;
/** What a match counts for, as in the search of the whole site. */
const WEIGHTS = /** @type {const} */ ({ title: 10, words: 6, headings: 3, text: 1, aliases: 0.5 });
/** Words before the match and in all of an excerpt. */
const EXCERPT = { before: 8, all: 26 };

/** The lessons found, best first, some at a time; all of them are known. */
export class KeptFindings {
  keptOnly = true;

  /** @param {Result[]} results */
  constructor(results) {
    this.results = results;
  }

  async next() {
    return this.results.splice(0, AT_ONCE);
  }

  get hasMore() {
    return this.results.length > 0;
  }
}

/** @type {Promise<Lesson[]> | undefined} */
let lessons;

/** What fits, or undefined where nothing is kept. @param {string} query @param {string} group
 * @returns {Promise<KeptFindings | undefined>} */
export async function searchKept(query, group) {
  lessons ??= readLessons();
  const [all, mine] = await Promise.all([lessons, group ? lessonsOf(group) : undefined]);
  if (!all.length) {
    lessons = undefined; // there may be some by the next search
    return undefined;
  }
  const asked = fromIndex(forQuery(query));
  const words = wordsOf(fold(asked));
  const searched = mine ? all.filter((lesson) => mine.has(lesson.url) || lesson.url.startsWith(`${group}/`)) : all;
  let found = searched.map((lesson) => ({ lesson, score: scoreOf(lesson, words, asked) })).filter(({ score }) => score);
  if (!found.length) {
    // Typed without spaces.
    const together = words.join("");
    found = searched.flatMap((lesson) => (together.length > 3 && spaceless(lesson).includes(together) ? [{ lesson, score: 1 }] : []));
  }
  found.sort((one, other) => other.score - one.score);
  return new KeptFindings(found.map(({ lesson }) => resultOf(lesson, words)));
}

/** @returns {Promise<Lesson[]>} */
async function readLessons() {
  /** @type {Map<string, Known>} */
  const known = new Map();
  for (const { whole, cache, list } of await entries()) {
    if (whole) for (const { minutes, ...lesson } of list.lessons) known.set(lesson.url, { ...lesson, minutes: String(minutes), cache });
  }
  for (const { url, title } of await visitedPages()) {
    const below = url.slice(root.href.length);
    if (!known.has(below)) known.set(below, { url: below, title, group: "", minutes: "", words: "", aliases: "" });
  }
  const read = await Promise.all([...known.values()].map(readLesson));
  return read.filter((lesson) => lesson !== undefined);
}

/** The addresses of a saved group's lessons: some stand in another group's folder. @param {string} group */
async function lessonsOf(group) {
  const saved = (await entries()).filter((entry) => entry.whole && entry.list.group === group);
  return new Set(saved.flatMap((entry) => entry.list.lessons.map((lesson) => lesson.url)));
}

/** @param {Known} known @returns {Promise<Lesson | undefined>} */
async function readLesson(known) {
  const html = await keptPage(known.url, known.cache);
  if (!html) return undefined;
  const page = new DOMParser().parseFromString(html, "text/html");
  const article = page.documentElement.dataset.lesson && page.querySelector("article");
  if (!article) return undefined; // not a lesson
  const minutes = known.minutes || (/(\d+) phút/.exec(page.querySelector(".facts")?.textContent ?? "")?.[1] ?? "");
  const headings = [...article.querySelectorAll("h2[id], h3[id]")].map((heading) => ({ id: heading.id, title: heading.textContent?.trim() ?? "" }));
  for (const part of article.querySelectorAll("h1, .toc, svg, style, script")) part.remove();
  const text = [...article.querySelectorAll("p, li, td, th, dt, dd, figcaption, summary, h2, h3, h4")]
    .filter((part) => !part.querySelector("p, li"))
    .map((part) => part.textContent?.trim().replace(/\s+/g, " ") ?? "")
    .filter(Boolean)
    .join(" ");
  const folded = {
    title: fold(known.title),
    words: fold(known.words),
    aliases: fold(known.aliases),
    headings: fold(headings.map((heading) => heading.title).join(" ")),
    text: fold(text),
  };
  return { ...known, minutes, text, headings, folded };
}

/** How well a lesson fits: every word has to be somewhere in it, as a word or the beginning of one.
 * @param {Lesson} lesson @param {string[]} words folded @param {string} asked with its diacritics */
function scoreOf(lesson, words, asked) {
  if (!words.length) return 0;
  let score = 0;
  for (const word of words) {
    const start = new RegExp(`(?<![\\p{L}\\p{N}])${word}`, "gu");
    let one = 0;
    for (const [field, weight] of Object.entries(WEIGHTS)) {
      const times = lesson.folded[/** @type {keyof typeof WEIGHTS} */ (field)].match(start)?.length ?? 0;
      one += weight * Math.log2(1 + times);
    }
    if (!one) return 0;
    score += one;
  }
  const phrase = words.join(" ");
  for (const field of /** @type {const} */ (["title", "words", "headings"])) if (lesson.folded[field].includes(phrase)) score += 2 * WEIGHTS[field];
  // As it was typed, tones and all.
  if (`${lesson.title} ${lesson.words} ${lesson.text}`.toLowerCase().includes(asked)) score += 4;
  return score;
}

/** @param {Lesson} lesson @param {string[]} words @returns {Result} */
function resultOf(lesson, words) {
  const fits = (/** @type {string} */ text) => wordsOf(fold(text)).some((part) => words.some((word) => part.startsWith(word)));
  const shown = lesson.text.split(" ");
  const first = Math.max(0, shown.findIndex(fits) - EXCERPT.before);
  const excerpt = shown.slice(first, first + EXCERPT.all).map((part) => (fits(part) ? `<mark>${escaped(part)}</mark>` : escaped(part)));
  const url = new URL(lesson.url, root).href;
  return {
    ...{ url, title: lesson.title, group: lesson.group, minutes: lesson.minutes, excerpt: excerpt.join(" ") },
    places: lesson.headings
      .filter((heading) => fits(heading.title))
      .slice(0, 2)
      .map(({ id, title }) => ({ url: `${url}#${id}`, title })),
  };
}

/** @param {Lesson} lesson */
function spaceless(lesson) {
  return Object.values(lesson.folded).join(" ").replace(/[^\p{L}\p{N}]+/gu, "");
}

/** @param {string} folded */
function wordsOf(folded) {
  return folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
