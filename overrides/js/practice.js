// @ts-check
/** The checklist of tasks: the phone remembers the ticks, and tells nobody. */

import { make } from "./elements.js";
import { LONGEST_NAME, keep, recall } from "./memory.js";

const lesson = document.documentElement.dataset.lesson;

class LessonPractice extends HTMLElement {
  connectedCallback() {
    if (this.dataset.ready !== undefined) return;
    this.dataset.ready = "";
    this.tasks = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".tasks > li")]);
    const done = new Set(lesson ? recall().ticks[lesson] : []);
    for (const task of this.tasks) {
      const box = make("input", { type: "checkbox" });
      box.checked = done.has(nameOf(task));
      box.addEventListener("change", () => this.keep(task, box.checked));
      const label = make("label", {}, box);
      label.append(...task.childNodes);
      task.append(label);
    }
    this.praise = make("p", { class: "tasks-done", role: "status" });
    this.append(this.praise);
    this.count();
  }

  /** The words of the ticked tasks: an edited lesson then forgets only what was changed. */
  ticked() {
    return (this.tasks ?? []).filter((task) => task.querySelector("input")?.checked).map(nameOf);
  }

  /** Only what was touched changes: another tab may have ticked others. @param {HTMLElement} task @param {boolean} done */
  keep(task, done) {
    this.count();
    if (!lesson) return;
    const name = nameOf(task);
    keep(({ ticks }) => {
      const others = (ticks[lesson] ?? []).filter((other) => other !== name);
      // Taken out first: the lesson ticked last is the last to be forgotten.
      delete ticks[lesson];
      ticks[lesson] = done ? [...others, name] : others;
    });
  }

  count() {
    if (!this.praise || !this.tasks) return;
    const done = this.ticked().length;
    this.praise.textContent = done && done === this.tasks.length ? "Bạn đã làm hết các việc. Giỏi lắm!" : "";
  }
}

/** A task as it is remembered: its words. @param {HTMLElement} task */
function nameOf(task) {
  return (task.textContent?.trim() ?? "").slice(0, LONGEST_NAME);
}

customElements.define("lesson-practice", LessonPractice);
