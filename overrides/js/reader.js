// @ts-check
/** Nghe bài: the buttons that start it, the bar that steers it, and the mark on the sentence being said. */

import { make } from "./elements.js";
import { keep, recall } from "./memory.js";
import { sentencesOf } from "./reading.js";
import { Voice } from "./voice.js";

/** @typedef {import("./reading.js").Sentence} Sentence */

const SPEEDS = [
  { rate: 0.75, name: "Chậm" },
  { rate: 1, name: "Vừa" },
  { rate: 1.3, name: "Nhanh" },
];

const FINISHED = "Đã đọc hết bài.";
const BROKEN = "Máy chưa đọc được. Hãy thử lại.";
const NEEDS_NETWORK = "Giọng đọc này cần mạng. Có mạng rồi hãy thử lại.";

/** Outlines on a grid of 24. */
const SHAPES = {
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  play: "M8 5v14l11-7z",
  previous: "M5 5h3v14H5zM20 5v14L9 12z",
  next: "M16 5h3v14h-3zM4 5v14l11-7z",
  again: "M12 4V0L6.5 5.5 12 11V7a5 5 0 1 1-5 5H4a8 8 0 1 0 8-8z",
  close: "M5.5 3.4 12 9.9l6.5-6.5 2.1 2.1-6.5 6.5 6.5 6.5-2.1 2.1-6.5-6.5-6.5 6.5-2.1-2.1L9.9 12 3.4 5.5z",
  speaker: "M3 9v6h4l5 5V4L7 9zm11 .2v5.6a3 3 0 0 0 0-5.6zM14 4v2.2a6 6 0 0 1 0 11.6V20a8 8 0 0 0 0-16z",
};

/** @type {Reader | undefined} */
let reader;

/** Show what starts the reading: the button at the head of the lesson, and a small one beside each section's heading. */
export function offer() {
  const article = document.querySelector("main article");
  const opener = /** @type {HTMLElement | null} */ (document.querySelector("[data-read-aloud]"));
  if (!article || !opener) return;
  opener.addEventListener("click", () => listen(article, opener));
  opener.dataset.ready = "";
  for (const section of article.querySelectorAll(".section:not(.instructor)")) {
    const heading = section.querySelector("h2");
    const button = make("button", { class: "listen-from", type: "button", "aria-label": `Nghe từ phần ${heading?.textContent?.trim()}` }, icon("speaker"));
    button.addEventListener("click", () => listen(article, button, section));
    heading?.after(button);
  }
}

/** @param {Element} article @param {HTMLElement} opener @param {Element} [from] the section to begin with */
function listen(article, opener, from) {
  reader?.close();
  // Asked for anew each time: another tab or answer may be shown by now.
  const sentences = sentencesOf(article);
  const first = from ? sentences.findIndex(({ block }) => from.contains(block)) : 0;
  reader = new Reader(sentences, opener);
  reader.open(Math.max(first, 0), /** @type {HTMLElement} */ (document.querySelector("[data-read-aloud]")));
}

class Reader {
  /** @param {Sentence[]} sentences @param {HTMLElement} opener */
  constructor(sentences, opener) {
    this.sentences = sentences;
    this.opener = opener;
    this.voice = new Voice();
    this.marker = new Marker();
    this.at = 0;
    /** @type {"saying" | "paused" | "finished"} */
    this.state = "paused";
    this.leaving = new AbortController();
    this.makeBar();
  }

  makeBar() {
    this.previous = control("Câu trước", "previous", () => this.go(this.at - 1));
    this.main = control("Dừng", "pause", () => this.toggle());
    this.next = control("Câu sau", "next", () => this.go(this.at + 1));
    const again = control("Nhắc lại", "again", () => this.go(this.at));
    this.speed = make("select", {});
    this.speed.append(...SPEEDS.map(({ rate, name }) => make("option", { value: String(rate), text: name })));
    this.speed.value = String(nearestSpeed(recall().speed));
    this.speed.addEventListener("change", () => this.changeSpeed());
    const speed = make("label", { class: "listen-speed" }, make("span", { text: "Tốc độ" }), this.speed);
    const close = control("Đóng", "close", () => this.close());
    this.done = make("span");
    const progress = make("div", { class: "listen-progress", "aria-hidden": "true" }, this.done);
    // Empty but for rare news: the sentences are heard already.
    this.news = make("p", { class: "listen-news", role: "status" });
    this.bar = make("section", { class: "listen-bar", "aria-label": "Nghe bài" }, progress, this.news, make("div", { class: "listen-controls" }, this.previous, this.main, this.next, again, speed, close));
  }

  /** @param {number} first @param {HTMLElement} place after which the bar stands for the keyboard */
  open(first, place) {
    const { signal } = this.leaving;
    place.after(this.bar);
    this.bar.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    addEventListener("pagehide", () => this.pause(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.pause(), { signal });
    this.marker.watch(this.bar, signal);
    this.makeRoom();
    this.main?.focus({ preventScroll: true });
    this.go(first);
  }

  close() {
    const inside = this.bar?.contains(document.activeElement);
    this.leaving.abort();
    this.voice.stop();
    this.marker.clear();
    this.room?.disconnect();
    this.bar?.remove();
    document.documentElement.style.removeProperty("--listen-room");
    delete document.documentElement.dataset.listening;
    reader = undefined;
    if (inside) this.opener.focus({ preventScroll: true });
  }

  /** The page ends above the bar, and nothing that gets the focus hides below it. */
  makeRoom() {
    const fit = () => document.documentElement.style.setProperty("--listen-room", `${this.bar?.offsetHeight ?? 0}px`);
    document.documentElement.dataset.listening = "";
    fit();
    if (!window.ResizeObserver || !this.bar) return;
    this.room = new ResizeObserver(fit);
    this.room.observe(this.bar);
  }

  toggle() {
    this.marker.follow();
    if (this.state === "saying") this.pause();
    else this.say(this.state === "finished" ? 0 : this.at);
  }

  /** A sentence the reader asks for. @param {number} place */
  go(place) {
    this.marker.follow();
    this.say(Math.min(Math.max(place, 0), this.sentences.length - 1));
  }

  /** @param {number} place */
  say(place) {
    const sentence = this.sentences[place];
    if (!sentence) return this.finish();
    this.at = place;
    this.show("saying");
    this.marker.mark(sentence);
    this.voice.say(sentence.words, Number(this.speed?.value), {
      done: () => this.say(place + 1),
      failed: (reason) => this.fail(reason),
    });
  }

  pause() {
    if (this.state !== "saying") return;
    this.voice.stop();
    this.show("paused");
  }

  finish() {
    this.marker.clear();
    this.show("finished", FINISHED);
  }

  /** @param {string} reason the engine's word for it */
  fail(reason) {
    // Another page or app took the voice: that is a pause, and no fault.
    const taken = reason === "interrupted" || reason === "canceled";
    this.show("paused", taken ? "" : reason === "network" ? NEEDS_NETWORK : BROKEN);
  }

  /** @param {"saying" | "paused" | "finished"} state @param {string} [news] */
  show(state, news = "") {
    this.state = state;
    if (this.news) this.news.textContent = news;
    if (this.main) {
      const words = state === "saying" ? "Dừng" : state === "paused" ? "Đọc tiếp" : "Nghe lại";
      this.main.replaceChildren(icon(state === "saying" ? "pause" : "play"), make("span", { text: words }));
    }
    const last = this.sentences.length - 1;
    setUsable(this.previous, this.at > 0);
    setUsable(this.next, this.at < last && state !== "finished");
    if (this.done) this.done.style.inlineSize = `${state === "finished" ? 100 : (this.at / Math.max(last, 1)) * 100}%`;
  }

  changeSpeed() {
    const speed = Number(this.speed?.value);
    keep((memory) => {
      memory.speed = speed;
    });
    if (this.state === "saying") this.say(this.at);
  }
}

/** Marks the sentence being said and keeps it in view, unless the reader has gone elsewhere to look at something. */
class Marker {
  constructor() {
    this.following = true;
    /** @type {Sentence | undefined} */
    this.marked = undefined;
  }

  /** @param {Element} bar what hides the lower part of the window @param {AbortSignal} signal */
  watch(bar, signal) {
    this.bar = bar;
    const leave = () => (this.following = false);
    for (const gesture of ["wheel", "touchmove", "hashchange"]) addEventListener(gesture, leave, { passive: true, signal });
    addEventListener("keydown", (event) => /^(Arrow(Up|Down)|Page(Up|Down)|Home|End)$/.test(event.key) && leave(), { signal });
  }

  follow() {
    this.following = true;
  }

  /** @param {Sentence} sentence */
  mark(sentence) {
    // Who scrolled back to the voice, or never left its sentence, is following again.
    const before = this.marked;
    if (before && this.visible(boxOf(before))) this.following = true;
    this.clear();
    this.marked = sentence;
    const { block, range } = sentence;
    if (range && "highlights" in CSS) CSS.highlights.set("being-read", new Highlight(range));
    else block.classList.add("being-read");
    // A tall picture takes several sentences: wherever the reader looks at it is right.
    if (this.following && (before?.block !== block || range)) this.show(sentence);
  }

  clear() {
    if ("highlights" in CSS) CSS.highlights.delete("being-read");
    this.marked?.block.classList.remove("being-read");
    this.marked = undefined;
  }

  /** The part of the window between what sticks to its top and the bar. */
  window() {
    const header = document.querySelector(".site-header");
    const sticky = header && getComputedStyle(header).position === "sticky";
    return { top: sticky ? header.getBoundingClientRect().bottom : 0, bottom: this.bar?.getBoundingClientRect().top ?? innerHeight };
  }

  /** @param {DOMRect} box */
  visible(box) {
    const { top, bottom } = this.window();
    return box.bottom > top && box.top < bottom;
  }

  /** @param {Sentence} sentence */
  show(sentence) {
    const box = boxOf(sentence);
    if (!box.height) return;
    const sideways = sentence.block.closest(".strip, .table-scroll");
    const frame = sideways?.getBoundingClientRect();
    if (sideways && frame && (box.left < frame.left || box.right > frame.right)) sideways.scrollBy({ left: box.left - frame.left - 8 });
    const { top, bottom } = this.window();
    if (box.top >= top + 8 && box.bottom <= bottom - 8) return;
    // A third down the free part, with what comes next below; what is taller than the window from its top.
    const wanted = top + Math.max(8, Math.min((bottom - top) / 3, bottom - top - box.height - 8));
    scrollBy({ top: box.top - wanted });
  }
}

/** @param {Sentence} sentence */
function boxOf({ range, block }) {
  return (range ?? block).getBoundingClientRect();
}

/** @param {number} speed */
function nearestSpeed(speed) {
  const wanted = Number.isFinite(speed) ? speed : 1;
  return SPEEDS.reduce((best, { rate }) => (Math.abs(rate - wanted) < Math.abs(best - wanted) ? rate : best), 1);
}

/** @param {string} words @param {keyof typeof SHAPES} shape @param {() => void} action */
function control(words, shape, action) {
  const button = make("button", { type: "button" }, icon(shape), make("span", { text: words }));
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") !== "true") action();
  });
  return button;
}

/** Off, but still there for the keyboard: a button that vanished below the finger would take the focus with it.
 * @param {HTMLElement | undefined} button @param {boolean} usable */
function setUsable(button, usable) {
  if (usable) button?.removeAttribute("aria-disabled");
  else button?.setAttribute("aria-disabled", "true");
}

/** @param {keyof typeof SHAPES} shape */
function icon(shape) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", SHAPES[shape]);
  svg.append(path);
  return make("span", { class: "icon", "aria-hidden": "true" }, svg);
}
