// @ts-check
/** Tập thử: the drawn screens of a strip, one at a time, to be touched as on the real phone with nothing at stake.
 * Without this script the strip is there to swipe and to read. */

import { make } from "./elements.js";

/** Boxes are in thousandths of the drawing's width and height.
 * @typedef {{ x: number, y: number, width: number, height: number, label: string }} Area */
/** @typedef {{ kind: "tap" | "type", area: number, sentence: string, value: string }} Action */
/** @typedef {{ drawing: SVGSVGElement, caption: string, reading: string, areas: Area[], actions: Action[],
 *   watches: Map<number, string> }} Screen */

const NO_NETWORK = "Chưa mở được phần tập thử vì mạng yếu hoặc bị ngắt. Bạn bấm lại sau ít phút nhé.";

const PRAISE = "Giỏi lắm, bạn đã làm xong!";
const SAFE_NOTE = "Đây là hình vẽ để tập. Không có gì được gửi đi, bấm sai cũng không sao.";
const SAMPLE_NOTE = "Chỉ gõ dữ liệu mẫu này, không gõ thông tin thật.";
const DONE = "Bây giờ hãy làm trên điện thoại của bạn.";

/** A finger needs this many units of the drawing: 44 CSS pixels where it is 250 wide, on the narrowest phones. */
const FINGER = 28;

/** A longer name than this is not said again in the help: the task right above it says it. */
const LONG_NAME = 24;

class LessonScreens extends HTMLElement {
  connectedCallback() {
    if (this.querySelector(".screens-head")) return;
    const strip = /** @type {HTMLElement} */ (this.querySelector(".strip"));
    const head = make("p", { class: "screens-head" });
    this.opener = make("button", { class: "button practice-open", type: "button", text: "Tập thử" });
    this.opener.addEventListener("click", () => this.load());
    this.said = make("span", { class: "screens-said", role: "status" });
    head.append(this.opener, ...stripButtons(strip), this.said);
    this.prepend(head);
    this.dataset.ready = "";
    this.head = head;
  }

  /** Fetch the drawings, and begin. */
  async load() {
    if (!this.said || this.practice) return;
    try {
      const figures = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("figure.screen")]);
      const screens = await Promise.all(figures.map(readScreen));
      this.said.textContent = "";
      if (!this.practice) this.open(screens);
    } catch (error) {
      console.warn(error);
      this.said.textContent = NO_NETWORK;
    }
  }

  /** @param {Screen[]} screens */
  open(screens) {
    const title = this.dataset.series ? `Tập thử: ${this.dataset.series}` : "Tập thử";
    const practice = new Practice(screens, title, this.dataset.done || DONE, () => this.close());
    this.practice = practice;
    this.head?.after(practice.panel);
    this.dataset.trying = "";
    practice.start();
  }

  close() {
    this.practice?.panel.remove();
    this.practice = undefined;
    delete this.dataset.trying;
    this.opener?.focus();
  }
}

/** One run through the screens, and the panel that shows it. */
class Practice {
  /** @param {Screen[]} screens @param {string} title @param {string} after what to do next @param {() => void} close */
  constructor(screens, title, after, close) {
    this.screens = screens.filter((screen) => screen.actions.length);
    // A last screen with nothing to do shows how it ends.
    const last = screens[screens.length - 1];
    this.ending = last.actions.length ? undefined : last;
    this.after = after;
    this.at = 0;
    this.step = 0;
    this.misses = 0;
    /** @type {HTMLButtonElement[]} */
    this.spots = [];
    this.place = make("p", { class: "try-place" });
    this.task = make("p", { class: "try-task", tabindex: "-1" });
    this.say = make("p", { class: "try-say", role: "status" });
    this.typing = make("div");
    this.guide = make("div", { class: "try-guide" }, this.place, this.task, this.say, this.typing);
    this.phone = make("div", { class: "try-phone" });
    this.phone.addEventListener("click", (event) => {
      if (!(/** @type {Element} */ (event.target).closest("button"))) this.miss();
    });
    const again = make("button", { class: "button quiet", type: "button", text: "Làm lại" });
    again.addEventListener("click", () => this.start());
    const leave = make("button", { class: "button quiet", type: "button", text: "Đóng" });
    leave.addEventListener("click", close);
    this.panel = make(
      "section",
      { class: "try", "aria-label": title },
      make("p", { class: "try-title", text: title }),
      make("p", { class: "try-note", text: SAFE_NOTE }),
      this.guide,
      this.phone,
      make("p", { class: "actions" }, again, leave),
    );
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
  }

  start() {
    this.at = 0;
    this.panel.dataset.state = "trying";
    this.show();
  }

  get screen() {
    return this.screens[this.at];
  }

  get action() {
    return this.screen.actions[this.step];
  }

  /** Draw the current screen with a button on everything that can be touched. */
  show() {
    this.step = 0;
    const { caption, actions, areas } = this.screen;
    const told = caption === actions.map((action) => action.sentence).join(" ") ? "" : caption;
    this.place.replaceChildren(make("span", { class: "try-count", text: `Màn hình ${this.at + 1}/${this.screens.length}` }), told && ` ${told}`);
    this.drawing = this.draw(this.screen);
    this.spots = roomy(areas, heightOf(this.drawing)).map((area, index) => this.spot(area, index));
    // Who cannot see the drawing hears what stands on it; the buttons alone would leave out its texts and messages.
    const reading = make("p", { class: "unseen", text: this.screen.reading });
    this.phone.replaceChildren(this.drawing, reading, ...this.spots);
    this.ask();
    this.panel.scrollIntoView({ block: "start" });
  }

  /** @param {Screen} screen */
  draw(screen) {
    const drawing = /** @type {SVGSVGElement} */ (screen.drawing.cloneNode(true));
    // Its words are on the buttons now, and the answer is not to be given away.
    drawing.setAttribute("aria-hidden", "true");
    for (const mark of drawing.querySelectorAll(".x, .v, .a, .n")) mark.remove();
    return drawing;
  }

  /** @param {Area} area @param {number} index */
  spot(area, index) {
    const spot = make("button", { class: "try-spot", type: "button", text: area.label });
    const percent = (/** @type {number} */ value) => `${value / 10}%`;
    spot.style.insetInlineStart = percent(area.x);
    spot.style.insetBlockStart = percent(area.y);
    spot.style.inlineSize = percent(area.width);
    spot.style.blockSize = percent(area.height);
    spot.addEventListener("click", () => this.touch(index, spot));
    return spot;
  }

  ask() {
    this.misses = 0;
    this.typing.replaceChildren();
    this.guide.classList.remove("typing");
    for (const spot of this.spots) spot.classList.remove("hint");
    this.task.textContent = this.action.sentence;
    this.tell("");
    this.task.focus({ preventScroll: true });
  }

  /** @param {string} words @param {"" | "kind" | "done"} [tone] */
  tell(words, tone = "") {
    this.say.textContent = words;
    this.say.className = `try-say ${tone}`.trim();
  }

  /** @param {number} index @param {HTMLElement} spot */
  touch(index, spot) {
    if (index !== this.action.area) {
      spot.classList.add("wrong");
      setTimeout(() => spot.classList.remove("wrong"), 900);
      this.miss(this.screen.watches.get(index));
    } else if (this.action.kind === "type") this.askTyping();
    else this.next();
  }

  /** Say where the right place is; the second time, show it too. What is to be watched out for says why.
   * @param {string} [warning] */
  miss(warning = "") {
    const action = this.action;
    if (!action || this.panel.dataset.state !== "trying") return;
    this.misses += 1;
    const area = this.screen.areas[action.area];
    const name = area.label.length > LONG_NAME ? "Chỗ cần chạm" : `“${area.label}”`;
    const why = warning && `${/[.!?…]$/.test(warning) ? warning : `${warning}.`} `;
    this.tell(`Chưa đúng chỗ, không sao cả. ${why}${name} ${whereabouts(area)}.`, "kind");
    if (this.misses > 1) this.spots[action.area].classList.add("hint");
  }

  /** Ask for the sample data of a `type` action. */
  askTyping() {
    const { value } = this.action;
    if (this.typing.childElementCount) {
      this.typing.querySelector("input")?.focus();
      return;
    }
    const numbers = /^[\d .]+$/.test(value) ? "numeric" : undefined;
    const input = make("input", { type: "text", inputmode: numbers, autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
    const label = make("label", {}, make("span", { text: `Gõ: ${value}` }), input);
    const done = make("button", { class: "button", type: "submit", text: "Xong" });
    const form = make("form", { class: "try-type" }, label, done, make("p", { class: "try-note", text: SAMPLE_NOTE }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (bare(input.value) !== bare(value)) {
        this.tell(`Chưa giống mẫu, không sao cả. Gõ lại: ${value}`, "kind");
        input.focus();
        return;
      }
      if (this.drawing) fill(this.drawing, this.screen.areas[this.action.area], value);
      this.next();
    });
    this.tell("");
    this.typing.replaceChildren(form);
    this.guide.classList.add("typing");
    input.focus();
  }

  next() {
    this.step += 1;
    if (this.step < this.screen.actions.length) {
      this.ask();
      this.tell("Đúng rồi. Làm tiếp nhé.", "done");
      return;
    }
    this.at += 1;
    if (this.at === this.screens.length) {
      this.finish();
      return;
    }
    this.show();
    this.tell("Đúng rồi. Sang màn hình tiếp theo.", "done");
  }

  finish() {
    this.panel.dataset.state = "done";
    this.typing.replaceChildren();
    this.guide.classList.remove("typing");
    this.spots = [];
    this.phone.replaceChildren(...(this.ending ? [this.draw(this.ending)] : []));
    this.place.replaceChildren();
    this.task.textContent = PRAISE;
    this.tell(this.after, "done");
    this.task.focus({ preventScroll: true });
    this.panel.scrollIntoView({ block: "start" });
  }
}

/** Buttons that move the strip by a screen: swiping is not for every hand, and a mouse cannot.
 * @param {HTMLElement} strip */
function stripButtons(strip) {
  // The keyboard scrolls it, too.
  strip.tabIndex = 0;
  strip.setAttribute("role", "list");
  strip.setAttribute("aria-label", "Các màn hình, vuốt ngang để xem");
  const back = make("button", { class: "button quiet strip-move", type: "button", text: "‹", "aria-label": "Xem màn hình trước" });
  const on = make("button", { class: "button quiet strip-move", type: "button", text: "›", "aria-label": "Xem màn hình sau" });
  const move = (/** @type {number} */ screens) => {
    const [first, second] = strip.children;
    const width = second ? second.getBoundingClientRect().left - first.getBoundingClientRect().left : strip.clientWidth;
    strip.scrollBy({ left: width * screens });
  };
  back.addEventListener("click", () => move(-1));
  on.addEventListener("click", () => move(1));
  const fits = () => (back.hidden = on.hidden = strip.scrollWidth <= strip.clientWidth);
  if (window.ResizeObserver) new ResizeObserver(fits).observe(strip);
  return [back, on];
}

/** The files of drawings that have come, by address. @type {Map<string, Promise<Document>>} */
const files = new Map();

/** @param {string} address @returns {Promise<Document>} */
function drawings(address) {
  let file = files.get(address);
  if (!file) {
    file = fetch(address).then(async (answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${address}`);
      // Its own styles are for a picture; here those of the page apply.
      const svg = (await answer.text()).replace(/<style>.*?<\/style>/s, "");
      return new DOMParser().parseFromString(svg, "image/svg+xml");
    });
    file.catch(() => files.delete(address));
    files.set(address, file);
  }
  return file;
}

/** What handbook/site/drawings.py has put into the file that the picture shows a part of.
 * @param {HTMLElement} figure @returns {Promise<Screen>} */
async function readScreen(figure) {
  const picture = /** @type {HTMLImageElement} */ (figure.querySelector("img"));
  const [address, view] = picture.src.split("#v");
  const found = (await drawings(address)).getElementById(`s${view}`);
  if (!(found instanceof SVGSVGElement)) throw new Error(`no drawing ${view} in ${address}`);
  const drawing = document.importNode(found, true);
  for (const name of ["id", "x", "y", "width", "height"]) drawing.removeAttribute(name);
  /** @type {[number, number, number, number, string][]} */
  const areas = JSON.parse(drawing.dataset.areas ?? "[]");
  /** @type {["tap" | "type", number, string, string][]} */
  const actions = JSON.parse(drawing.dataset.actions ?? "[]");
  /** @type {[number, string][]} */
  const watches = JSON.parse(drawing.dataset.watches ?? "[]");
  return {
    drawing,
    caption: figure.querySelector("figcaption")?.textContent?.trim() ?? "",
    areas: areas.map(([x, y, width, height, label]) => ({ x, y, width, height, label })),
    actions: actions.map(([kind, area, sentence, value]) => ({ kind, area, sentence, value })),
    watches: new Map(watches),
    reading: drawing.dataset.reading ?? "",
  };
}

/** The units a drawing is high. @param {SVGSVGElement} drawing */
function heightOf(drawing) {
  return drawing.viewBox.baseVal.height;
}

/** The areas with room for a finger: each grows upwards and downwards to the size of one, but never over another.
 * @param {Area[]} areas @param {number} height of the drawing, in units @returns {Area[]} */
function roomy(areas, height) {
  const wanted = (FINGER / height) * 1000;
  return areas.map((area) => {
    const besides = areas.filter((other) => other !== area && other.x < area.x + area.width && area.x < other.x + other.width);
    const bottom = area.y + area.height;
    const above = Math.max(0, ...besides.map((other) => other.y + other.height).filter((edge) => edge <= area.y));
    const below = Math.min(1000, ...besides.map((other) => other.y).filter((edge) => edge >= bottom));
    const more = Math.max(0, (wanted - area.height) / 2);
    // A gap belongs to both sides of it.
    const up = Math.min(more, (area.y - above) / 2);
    const down = Math.min(more, (below - bottom) / 2);
    return { ...area, y: area.y - up, height: area.height + up + down };
  });
}

/** Write what was typed into an empty field of the drawing. @param {SVGSVGElement} drawing @param {Area} area
 * @param {string} words */
function fill(drawing, area, words) {
  const { width, height } = drawing.viewBox.baseVal;
  const [x, y] = [(area.x / 1000) * width, (area.y / 1000) * height];
  const bottom = y + (area.height / 1000) * height;
  const written = [...drawing.querySelectorAll("text")].some((text) => {
    const base = Number(text.getAttribute("y"));
    return text.textContent && base > y && base < bottom;
  });
  if (written) return;
  const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
  const room = (area.width / 1000) * width - 12;
  text.setAttribute("x", String(x + 6));
  text.setAttribute("y", String((y + bottom) / 2 + 4));
  text.textContent = words;
  drawing.append(text);
  if (text.getComputedTextLength() > room) {
    text.setAttribute("textLength", String(room));
    text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
}

/** In which part of the screen an area is, in words that need no sight of colours. @param {Area} area */
function whereabouts(area) {
  const middle = area.y + area.height / 2;
  const part = middle < 340 ? "ở phần trên" : middle > 660 ? "ở phần dưới" : "ở khoảng giữa";
  const centre = area.x + area.width / 2;
  const side = area.width > 600 ? "" : centre < 360 ? ", bên trái" : centre > 640 ? ", bên phải" : "";
  return `${part} màn hình${side}`;
}

/** What was typed, without what a beginner's keyboard adds or leaves out: spaces, capitals, diacritics, dots.
 * @param {string} text */
function bare(text) {
  return text.normalize("NFD").replace(/[\p{M}\s.,-]+/gu, "").toLowerCase().replaceAll("đ", "d");
}

customElements.define("lesson-screens", LessonScreens);
