// @ts-check
/** A lesson's page in; what a voice says of it out: sentence by sentence, in the order of the page, each with the place
 * where it stands.
 *
 * What can be seen is read: not what is folded away, nor what belongs to another group, the instructor or the answers
 * of a question. Pictures are told by their descriptions, tables row by row with the names of the columns. */

import { sentenceSpans } from "./sentences.js";

/** `range` is missing where what is said does not stand in the page as text; then `block` is what is marked.
 * @typedef {{ words: string, block: Element, range?: Range }} Sentence */

/** @typedef {{ start: number, node: Text }} Piece */

const BLOCKS = "p, ul, ol, li, dl, dt, dd, div, section, table, figure, figcaption, blockquote, pre, details, summary, form, h1, h2, h3, h4, h5, h6, img, svg, lesson-screens, lesson-quiz, lesson-practice, lesson-scam, lesson-audience, lesson-example";

/** Never said: what is for the hand, what answers a question, and what is not the lesson's own text. */
const UNSAID = "button, input, select, textarea, script, style, template, pre, sup[id^='fnref'], dialog, nav, [hidden], [aria-hidden='true'], [role='dialog'], [role='status'], details:not([open]), .instructor, .answer, .why, .feedback, .score, .tasks-done, .screens-head, .try, .unseen";

/** @param {Element} article @returns {Sentence[]} */
export function sentencesOf(article) {
  const told = new Told();
  for (const part of article.querySelectorAll("h1, .lead")) told.inside(part);
  for (const section of article.querySelectorAll(".section:not(.instructor)")) told.inside(section);
  return told.sentences;
}

class Told {
  constructor() {
    /** @type {Sentence[]} */
    this.sentences = [];
    /** Said before the next words, in one breath with them: "Bước 1." */
    this.lead = "";
  }

  /** Everything inside an element: its text in runs between the blocks, its blocks each in its own way.
   * @param {Element} element */
  inside(element) {
    /** @type {Node[]} */
    let run = [];
    const flush = () => {
      this.text(element, run);
      run = [];
    };
    for (const node of element.childNodes) {
      if (node instanceof Element && (node.matches(BLOCKS) || node.querySelector(BLOCKS))) {
        flush();
        this.block(node);
      } else run.push(node);
    }
    flush();
  }

  /** @param {Element} block */
  block(block) {
    if (unsaid(block)) return;
    if (block.matches("ol, ul")) this.list(block);
    else if (block.matches("table")) this.table(/** @type {HTMLTableElement} */ (block));
    else if (block.matches("figure.screen")) this.screen(block);
    else if (block.matches("img, svg")) this.say(described(block) && `Hình: ${described(block)}`, block);
    else if (block.matches(".tabbed-set")) this.tabs(block);
    else if (block.matches(".choices")) this.choices(block);
    else this.inside(block);
  }

  /** @param {Element} list */
  list(list) {
    const first = list instanceof HTMLOListElement ? list.start : 1;
    [...list.children].forEach((item, place) => {
      if (unsaid(item)) return;
      this.lead = leadOf(list, first + place);
      this.inside(item);
      this.lead = "";
    });
  }

  /** The answers to choose from, once the script has made them tappable. @param {Element} choices */
  choices(choices) {
    [...choices.children].forEach((choice, place) => {
      this.lead = `Ý ${place + 1}.`;
      const words = choice.querySelector(".choice-words");
      if (words) this.inside(words);
      this.lead = "";
    });
  }

  /** @param {Element} tabs of which one is chosen */
  tabs(tabs) {
    const chosen = [...tabs.querySelectorAll(":scope > input")].findIndex((input) => /** @type {HTMLInputElement} */ (input).checked);
    const label = tabs.querySelectorAll(":scope > .tabbed-labels > label")[chosen];
    const block = tabs.querySelectorAll(":scope > .tabbed-content > .tabbed-block")[chosen];
    if (label) this.inside(label);
    if (block) this.inside(block);
  }

  /** @param {Element} figure */
  screen(figure) {
    const picture = figure.querySelector("svg, img");
    const seen = picture ? described(picture) : "";
    this.say(seen, figure);
    const caption = figure.querySelector("figcaption");
    // A caption made from what is to be done there is in the description already.
    if (caption && !seen.includes(caption.textContent?.trim() ?? "")) this.inside(caption);
  }

  /** @param {HTMLTableElement} table */
  table(table) {
    const columns = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => plain(cell));
    if (table.caption) this.inside(table.caption);
    for (const body of table.tBodies) {
      for (const row of body.rows) {
        const said = [...row.cells].map((cell, place) => [cell.tagName === "TH" ? "" : columns[place], plain(cell)]);
        const cells = said.filter(([, words]) => words).map(([name, words]) => closed(name ? `${name}: ${words}` : words));
        this.say(cells.join(" "), row);
      }
    }
  }

  /** Words that stand nowhere as text. @param {string} words @param {Element} block */
  say(words, block) {
    for (const [start, end] of sentenceSpans(words)) this.add(words.slice(start, end), block);
  }

  /** A run of text within a block. @param {Element} block @param {Node[]} run */
  text(block, run) {
    const pieces = run.flatMap((node) => textsIn(node));
    let text = "";
    /** @type {Piece[]} */
    const placed = [];
    for (const node of pieces) {
      placed.push({ start: text.length, node });
      text += node.data;
    }
    for (const [start, end] of sentenceSpans(text)) {
      const range = document.createRange();
      range.setStart(...placeOf(placed, start));
      range.setEnd(...placeOf(placed, end - 1));
      range.setEnd(range.endContainer, range.endOffset + 1);
      this.add(text.slice(start, end), block, range);
    }
  }

  /** @param {string} said @param {Element} block @param {Range} [range] */
  add(said, block, range) {
    const words = `${this.lead} ${said}`.replace(/\s+/g, " ").trim().normalize("NFC");
    this.lead = "";
    this.sentences.push({ words, block, range });
  }
}

/** What is said before an item of a list. @param {Element} list @param {number} number */
function leadOf(list, number) {
  if (list.matches(".questions")) return `Câu ${number}.`;
  if (list.matches(".answers")) return `Ý ${number}.`;
  if (list.matches(".tasks")) return `Việc ${number}.`;
  if (list.matches(".strip") || list.tagName !== "OL") return "";
  return list.matches("[data-section='cac-buoc'] > ol, .tabbed-block > ol") ? `Bước ${number}.` : `${number}.`;
}

/** @param {Element} picture */
function described(picture) {
  return (picture.getAttribute("alt") ?? picture.getAttribute("aria-label") ?? "").trim();
}

/** @param {Element} element */
function unsaid(element) {
  return element.matches(UNSAID) || !shown(element);
}

/** Whether an element can be seen, if one scrolls to it. @param {Element} element */
function shown(element) {
  return element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0;
}

/** @param {Node} node @returns {Text[]} */
function textsIn(node) {
  if (node instanceof Text) return [node];
  if (!(node instanceof Element) || unsaid(node)) return [];
  return [...node.childNodes].flatMap((child) => textsIn(child));
}

/** @param {Element} element */
function plain(element) {
  return textsIn(element).map((node) => node.data).join("").replace(/\s+/g, " ").trim();
}

/** @param {string} words */
function closed(words) {
  return /[.!?…]["”’)]*$/.test(words) ? words : `${words}.`;
}

/** @param {Piece[]} pieces @param {number} at @returns {[Text, number]} */
function placeOf(pieces, at) {
  let found = pieces[0];
  for (const piece of pieces) if (piece.start <= at) found = piece;
  return [found.node, at - found.start];
}
