// @ts-check
/** Self-check with an answer at once. Without this script the answers open in `<details>`. */

import { make } from "./elements.js";
import { keep, recall, today } from "./memory.js";

/** @typedef {{ box: HTMLElement, input: HTMLInputElement, right: boolean, reason: Node[], why: HTMLElement }} Choice */

const ALL_RIGHT = "Đúng hết rồi, giỏi lắm!";
const MOSTLY = "Gần hết rồi, xem lại một chút là vững.";
const TO_LEARN = "Không sao, đọc lại bài rồi thử lần nữa nhé.";

const lesson = document.documentElement.dataset.lesson;
/** Whether the first answer to each question of the page was right: trying again is for learning.
 * @type {Map<HTMLElement, boolean>} */
const firsts = new Map();

class LessonQuiz extends HTMLElement {
  connectedCallback() {
    if (this.dataset.ready !== undefined) return;
    this.dataset.ready = "";
    const questions = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".question")]);
    const place = [...document.querySelectorAll("lesson-quiz")].indexOf(this);
    const score = make("p", { class: "score", role: "status" });
    questions.forEach((question, index) => {
      const begin = () =>
        enliven(question, `cau-${place}-${index}`, (right) => {
          if (!firsts.has(question)) firsts.set(question, right);
          const answers = questions.flatMap((one) => firsts.get(one) ?? []);
          if (answers.length === questions.length) score.textContent = inWords(answers);
          remember();
        });
      const written = /** @type {HTMLDetailsElement} */ (question.querySelector(".answer"));
      // Who has opened the answers before this script came reads on; to choose comes when she has closed them.
      if (written.open) written.addEventListener("toggle", () => written.open || begin());
      else begin();
    });
    this.append(score, ...lastTime());
  }
}

/** The result of the lesson, once every question of the page is answered. */
function remember() {
  const total = document.querySelectorAll("lesson-quiz .question").length;
  if (!lesson || firsts.size < total) return;
  const right = [...firsts.values()].filter(Boolean).length;
  keep(({ quiz }) => {
    delete quiz[lesson];
    quiz[lesson] = { right, total, on: today() };
  });
}

/** How it went the last time, below the first quiz of the page. */
function lastTime() {
  const last = lesson && !document.querySelector(".last-time") ? recall().quiz[lesson] : undefined;
  return last ? [make("p", { class: "last-time", text: `Lần trước: đúng ${last.right}/${last.total} câu.` })] : [];
}

/** @param {boolean[]} answers */
function inWords(answers) {
  const right = answers.filter(Boolean).length;
  const said = right === answers.length ? ALL_RIGHT : right * 2 >= answers.length ? MOSTLY : TO_LEARN;
  return `Đúng ngay lần đầu ${right}/${answers.length} câu. ${said}`;
}

/** Turn the written answers into ones to choose from.
 * @param {HTMLElement} question @param {string} name @param {(right: boolean) => void} answered */
function enliven(question, name, answered) {
  const many = question.dataset.many === "true";
  const written = /** @type {HTMLElement} */ (question.querySelector(".answers"));
  const details = /** @type {HTMLElement} */ (question.querySelector(".answer"));
  const reasons = /** @type {HTMLElement[]} */ ([...details.querySelectorAll(".reasons > li")]);
  const choices = [...written.children].map((answer, place) => makeChoice(answer, reasons[place], many, name));
  const ask = /** @type {HTMLElement} */ (question.querySelector(".ask"));
  ask.id ||= `${name}-hoi`;
  const group = make("div", { class: "choices", role: many ? "group" : "radiogroup", "aria-labelledby": ask.id });
  const feedback = make("p", { class: "feedback", role: "status" });
  group.append(...choices.map(({ box }) => box));
  written.replaceWith(group);
  details.replaceWith(feedback);
  if (many) {
    const check = make("button", { class: "button quiet", type: "button", text: "Trả lời" });
    check.addEventListener("click", () => {
      const right = choices.every((choice) => choice.input.checked === choice.right);
      const chosen = choices.filter((choice) => choice.input.checked);
      judge(choices, chosen);
      feedback.textContent = ofSeveral(chosen, right);
      if (chosen.length) answered(right);
    });
    group.after(check);
    return;
  }
  // A finger or a mouse answers at once. The arrow keys cannot pass an answer without choosing it, so by keyboard
  // Enter or the space bar answers.
  let passing = false;
  for (const choice of choices) {
    const answer = () => {
      judge(choices, [choice]);
      feedback.textContent = choice.right ? "" : "Thử chọn lại nhé.";
      answered(choice.right);
    };
    choice.input.addEventListener("keydown", (event) => {
      passing = event.key.startsWith("Arrow");
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choice.input.checked = true;
      answer();
    });
    choice.input.addEventListener("click", () => {
      if (passing) feedback.textContent = "Nhấn phím Enter để trả lời.";
      else answer();
      passing = false;
    });
  }
}

/** @param {Element} answer @param {HTMLElement} reason @param {boolean} many @param {string} name @returns {Choice} */
function makeChoice(answer, reason, many, name) {
  const input = make("input", { type: many ? "checkbox" : "radio", name });
  const words = make("span", { class: "choice-words" }, ...copies(answer));
  const why = make("p", { class: "why", role: "status" });
  const box = make("div", { class: "choice" }, make("label", {}, input, words), why);
  return { box, input, right: reason.dataset.right === "true", reason: copies(reason.querySelector("span") ?? reason), why };
}

/** @param {Element} element */
function copies(element) {
  return [...element.childNodes].map((node) => node.cloneNode(true));
}

/** Show what the chosen answers are worth, and why. @param {Choice[]} choices @param {Choice[]} chosen */
function judge(choices, chosen) {
  for (const choice of choices) {
    const told = chosen.includes(choice);
    choice.box.classList.toggle("right", told && choice.right);
    choice.box.classList.toggle("wrong", told && !choice.right);
    choice.why.replaceChildren();
    if (!told) continue;
    choice.why.append(make("strong", { text: choice.right ? "Đúng. " : "Chưa đúng. " }), ...choice.reason.map((node) => node.cloneNode(true)));
  }
}

/** @param {Choice[]} chosen @param {boolean} right */
function ofSeveral(chosen, right) {
  if (right) return "Đúng rồi, đủ cả.";
  if (!chosen.length) return "Hãy chọn ít nhất một ý rồi bấm Trả lời.";
  if (chosen.every((choice) => choice.right)) return "Đúng, nhưng còn thiếu ý. Chọn thêm rồi trả lời lại nhé.";
  return "Còn ý chưa đúng. Chọn lại rồi trả lời nhé.";
}

customElements.define("lesson-quiz", LessonQuiz);
