// @ts-check
/** The settings page: text size and colours at a touch, what the phone remembers, and forgetting all of it. */

import { show } from "./display.js";
import { removeAll } from "./kept.js";
import { forgetAll, keep, recall } from "./memory.js";
import { fillLists } from "./offline.js";

/** @typedef {import("./memory.js").Memory} Memory */

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-settings]"));
const question = /** @type {HTMLElement} */ (document.querySelector(".erase-question"));
const [eraser, no, yes] = ["[data-erase]", "[data-erase-no]", "[data-erase-yes]"].map(
  (name) => /** @type {HTMLButtonElement} */ (document.querySelector(name)),
);

fill();
for (const setting of form.querySelectorAll("fieldset")) setting.disabled = false;
eraser.disabled = false;
form.addEventListener("change", (event) => choose(/** @type {HTMLInputElement} */ (event.target)));
addEventListener("pageshow", (event) => event.persisted && fill());
addEventListener("storage", fill);

eraser.addEventListener("click", () => {
  say("erase", "");
  ask(true);
});
no.addEventListener("click", () => ask(false));
yes.addEventListener("click", erase);
question.addEventListener("keydown", (event) => {
  if (event.key === "Escape") ask(false);
});

/** @param {HTMLInputElement} chosen */
function choose(chosen) {
  const before = chosen.getBoundingClientRect().top;
  const stored = keep((memory) => {
    if (chosen.name === "size") memory.size = /** @type {Memory["size"]} */ (Number(chosen.value));
    else memory.theme = /** @type {Memory["theme"]} */ (chosen.value);
  });
  show();
  // The page grows or shrinks around what the finger is on.
  scrollBy({ top: chosen.getBoundingClientRect().top - before, behavior: "instant" });
  say(chosen.name, stored ? "Đã đổi. Máy sẽ nhớ." : "Đã đổi cho trang này. Máy không cho lưu, nên đóng trang là mất.");
  fill();
}

/** The form and the list say what is so. */
function fill() {
  const memory = recall();
  const size = memory.size || memory.start;
  for (const [name, value] of [["size", String(size)], ["theme", memory.theme]]) {
    const input = [...form.querySelectorAll("input")].find((one) => one.name === name && one.value === value);
    if (input) input.checked = true;
  }
  const lessons = (/** @type {object} */ record) => `${Object.keys(record).length} bài`;
  const kept = {
    group: memory.group ? "Có" : "Chưa",
    place: memory.place ? "Có" : "Chưa",
    read: lessons(memory.read),
    ticks: lessons(memory.ticks),
    quiz: lessons(memory.quiz),
    display: memory.size || memory.theme ? "Có" : "Chưa",
  };
  for (const [name, value] of Object.entries(kept)) {
    const shown = document.querySelector(`[data-kept=${name}]`);
    if (shown) shown.textContent = value;
  }
}

/** @param {boolean} open */
function ask(open) {
  question.hidden = !open;
  eraser.hidden = open;
  (open ? no : eraser).focus();
}

async function erase() {
  const forgotten = forgetAll();
  show();
  fill();
  ask(false);
  const removed = await removeAll();
  await fillLists();
  say("erase", forgotten && removed ? "Đã xóa hết. Máy này không còn nhớ gì." : "Chưa xóa hết được. Hãy mở cài đặt của trình duyệt và xóa dữ liệu của trang này.");
}

/** @param {string} about @param {string} words */
function say(about, words) {
  const said = document.querySelector(`[data-said=${about}]`);
  if (said) said.textContent = words;
}
