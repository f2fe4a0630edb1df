// @ts-check
/** The checklist of tasks: the phone remembers the ticks, and tells nobody. */

import { make } from "./elements.js";

const KEY = `viec-da-lam:${location.pathname}`;

class LessonPractice extends HTMLElement {
  connectedCallback() {
    if (this.dataset.ready !== undefined) return;
    this.dataset.ready = "";
    this.tasks = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".tasks > li")]);
    const done = new Set(recall());
    for (const task of this.tasks) {
      const name = task.textContent?.trim() ?? "";
      const box = make("input", { type: "checkbox" });
      box.checked = done.has(name);
      box.addEventListener("change", () => this.keep());
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
    return (this.tasks ?? []).filter((task) => task.querySelector("input")?.checked).map((task) => task.textContent?.trim() ?? "");
  }

  keep() {
    const elsewhere = recall().filter((name) => !(this.tasks ?? []).some((task) => task.textContent?.trim() === name));
    try {
      localStorage.setItem(KEY, JSON.stringify([...elsewhere, ...this.ticked()]));
    } catch {
      // Private mode or a full store: the ticks last as long as the page.
    }
    this.count();
  }

  count() {
    if (!this.praise || !this.tasks) return;
    const done = this.ticked().length;
    this.praise.textContent = done && done === this.tasks.length ? "Bạn đã làm hết các việc. Giỏi lắm!" : "";
  }
}

/** @returns {string[]} */
function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

customElements.define("lesson-practice", LessonPractice);
