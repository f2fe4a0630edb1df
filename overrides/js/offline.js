// @ts-check
/** What the reader sees of it: saving a group on its page, and lists of what is kept wherever a page has room for one
 * (`[data-saved-groups]`, `[data-visited-pages]`). */

import { make, root } from "./elements.js";
import { AWAY, entryOf, mayKeep, removeGroup, savedGroups, visitedPages } from "./kept.js";
import { bookSize, bytesBeyond, dropBegun, offered, save, standing, Trouble } from "./saving.js";

/** @typedef {import("./kept.js").List} List */

const WORDS = {
  network: "Mạng bị ngắt hoặc quá yếu. Phần đã tải vẫn còn trong máy; có mạng lại, máy tự lưu tiếp, hoặc bạn bấm “Lưu tiếp”.",
  full: "Máy hết chỗ. Bạn xóa bớt ảnh, video không cần nữa, rồi bấm “Lưu tiếp”.",
  refused: "Trình duyệt này không cho lưu. Bạn mở trang này bằng Chrome hoặc Safari rồi lưu nhé.",
  stopped: "Đã dừng. Phần đã tải vẫn còn trong máy.",
  changed: "Trang vừa có bản mới. Bạn bấm lưu lại nhé.",
  busy: "Nhóm này đang được lưu ở một cửa sổ khác.",
};

/** Milliseconds before each further try: a phone often says that the network is back before it is. */
const RETRIES = [2000, 6000, 20_000];

/** The panel of a group's page. */
class KeepGroup {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.group = place.dataset.keepGroup ?? "";
    this.body = make("div", { class: "keep-body" });
    this.news = make("p", { class: "keep-news", role: "status" });
    place.replaceChildren(this.body, this.news);
    this.book = 0;
    addEventListener("online", () => {
      if (this.broken) this.goOn(RETRIES);
      else if (!this.stop) this.show();
    });
    // Another tab may have saved or removed it.
    document.addEventListener("visibilitychange", () => this.look());
    this.show();
  }

  /** What broke by itself goes on by itself. @param {number[]} pauses before each further try */
  async goOn([pause, ...later]) {
    if (this.stop || !this.broken) return;
    await this.start(this.wanted);
    if (this.broken && pause) setTimeout(() => this.goOn(later), pause);
  }

  /** Draw it anew if it changed elsewhere; what was chosen here stays otherwise. */
  async look() {
    if (document.visibilityState !== "visible" || this.stop || this.broken) return;
    const now = await standing(this.group).catch(() => ({ saved: undefined, begun: undefined }));
    if (seen(now) !== this.known) this.show();
  }

  /** Draw how things stand. @param {string} [news] */
  async show(news = "") {
    if (!(await mayKeep())) {
      this.draw("refused", make("p", { text: WORDS.refused }));
      return;
    }
    const { saved, begun, done } = await standing(this.group).catch(() => ({ saved: undefined, begun: undefined, done: 0 }));
    this.known = seen({ saved, begun });
    const list = await offered(this.group).catch(() => undefined);
    if (this.stop) return; // begun meanwhile
    const pdf = (list ?? saved?.list ?? begun?.list)?.pdf ?? "";
    if (list && !this.book) this.book = await bookSize(pdf);
    if (saved) this.drawSaved(saved, list);
    else if (begun) this.drawBegun(begun, done, list);
    else if (list) this.drawNew(list);
    else this.draw("away", make("p", { text: "Chưa xem được nhóm này nặng bao nhiêu vì đang không có mạng." }));
    this.news.textContent = news;
  }

  /** @param {string} state @param {(Node | string)[]} parts */
  draw(state, ...parts) {
    // Whoever used a button that is gone goes on in the same place.
    const inside = this.body.contains(document.activeElement);
    this.place.dataset.state = state;
    this.body.replaceChildren(...parts);
    if (inside) /** @type {HTMLElement | null} */ (this.body.querySelector("button"))?.focus();
  }

  /** @param {List} list */
  drawNew(list) {
    const box = this.bookBox(false);
    this.draw(
      "none",
      make("p", { text: `Chưa lưu. ${list.lessons.length} bài, nhiều nhất ${size(list.bytes)}.` }),
      ...box.parts,
      actions(button("Lưu nhóm này vào máy", () => this.start(box.chosen()), "big")),
    );
  }

  /** @param {import("./kept.js").Entry} begun @param {number} done @param {List} [list] */
  drawBegun(begun, done, list) {
    const left = list && list.version !== begun.list.version ? "" : ` Còn nhiều nhất ${size(Math.max(0, this.left(begun, done)))}.`;
    const box = this.bookBox(begun.wantsBook);
    this.draw(
      "begun",
      make("p", { text: `Đang lưu dở: ${done}/${begun.list.lessons.length} bài.${left}` }),
      ...box.parts,
      actions(
        button("Lưu tiếp", () => this.start(box.chosen()), "big"),
        button("Bỏ phần lưu dở", () => this.remove(() => dropBegun(this.group), "Đã bỏ phần lưu dở."), "quiet"),
      ),
    );
  }

  /** About the bytes to come. @param {import("./kept.js").Entry} begun @param {number} done */
  left(begun, done) {
    return begun.list.bytes * (1 - done / begun.list.lessons.length);
  }

  /** @param {import("./kept.js").Entry} saved @param {List} [list] */
  drawSaved(saved, list) {
    const stale = Boolean(list && list.version !== saved.list.version);
    const with_ = saved.book ? `, kèm sách PDF ${size(saved.book)}` : "";
    const held = `${saved.list.lessons.length} bài, ${size(saved.list.bytes)}${with_}.`;
    const box = this.bookBox(false, saved.book ? "Tải lại cả sách PDF" : undefined);
    const buttons = [button("Xóa khỏi máy", () => this.remove(() => removeGroup(this.group), "Đã xóa nhóm này khỏi máy."), "quiet")];
    if (stale) buttons.unshift(button("Cập nhật", () => this.start(box.chosen()), "big"));
    else if (list && !saved.book) buttons.unshift(button(`Lưu thêm sách PDF${ofBook(this.book)}`, () => this.start(true), "quiet"));
    this.draw(
      stale ? "stale" : "saved",
      make("p", { class: "keep-saved", text: `Đã lưu trong máy ngày ${day(saved.on)}: ${held}` }),
      ...(stale && list
        ? [make("p", { text: `Có bản mới, tải thêm nhiều nhất ${size(bytesBeyond(list, saved.list))}. Bản đã lưu vẫn dùng được.` }), ...box.parts]
        : []),
      actions(...buttons),
    );
  }

  /** The box for the book. @param {boolean} checked @param {string} [words] */
  bookBox(checked, words = "Kèm sách PDF của nhóm") {
    const box = make("input", { type: "checkbox" });
    box.checked = checked;
    const label = make("label", { class: "keep-book" }, box, make("span", { text: `${words}${ofBook(this.book)}` }));
    return { parts: [label], chosen: () => box.checked };
  }

  /** @param {boolean} [book] */
  async start(book = false) {
    if (this.stop) return;
    this.wanted = book;
    this.broken = false;
    this.stop = new AbortController();
    const bar = make("progress", { max: "1", value: "0", "aria-label": "Phần đã lưu" });
    const told = make("p", { class: "keep-told", text: "Đang chuẩn bị…" });
    this.draw("saving", told, bar, actions(button("Dừng lại", () => this.stop?.abort(), "quiet")));
    this.news.textContent = "Đang lưu. Bạn cứ để trang này mở nhé.";
    let news = "Đã lưu xong. Khi không có mạng, bạn vẫn mở được các bài này.";
    try {
      const total = (await offered(this.group)).lessons.length;
      await save(this.group, {
        book,
        stop: this.stop.signal,
        onProgress: (lessons, part, ofBook) => {
          bar.value = part;
          told.textContent = ofBook ? "Đang tải sách PDF…" : `Đang lưu: ${lessons}/${total} bài.`;
        },
      });
    } catch (error) {
      const kind = error instanceof Trouble ? error.kind : "network";
      this.broken = kind === "network";
      news = WORDS[kind];
      // The lessons are there all the same.
      if (book && (await entryOf(this.group, true).catch(() => undefined)) && kind !== "refused" && !(await entryOf(this.group, false))) {
        news = kind === "full" ? "Các bài đã lưu xong. Sách PDF thì máy không đủ chỗ." : "Các bài đã lưu xong. Sách PDF chưa tải được; bạn thử lại sau nhé.";
      }
    }
    this.stop = undefined;
    await this.show(news);
    fillLists();
  }

  /** @param {() => Promise<void>} job @param {string} news */
  async remove(job, news) {
    this.broken = false;
    await job().catch(console.warn);
    await this.show(news);
    fillLists();
  }
}

/** What of a group's standing another tab may change. @param {Pick<Awaited<ReturnType<typeof standing>>, "saved" | "begun">} now */
function seen({ saved, begun }) {
  return [saved?.on, saved?.book, begun?.list.version].join();
}

/** Write what is kept into every place that asks for it. */
export async function fillLists() {
  const groups = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-saved-groups]"));
  if (groups.length) {
    const saved = await savedGroups();
    for (const place of groups) place.replaceChildren(...savedList(saved));
  }
  const pages = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-visited-pages]"));
  if (pages.length) {
    const visited = await visitedPages();
    const links = visited.map(({ url, title }) => make("li", {}, make("a", { href: url, text: title })));
    const none = make("p", { text: "Chưa có trang nào." });
    for (const place of pages) place.replaceChildren(links.length ? make("ul", { class: "kept-links" }, ...links.map((link) => link.cloneNode(true))) : none);
  }
}

/** @param {Awaited<ReturnType<typeof savedGroups>>} saved @returns {Node[]} */
function savedList(saved) {
  if (!saved.length) return [make("p", { text: "Bạn chưa lưu nhóm nào. Khi có mạng, vào trang của một nhóm rồi bấm “Lưu nhóm này vào máy”." })];
  return saved.map(({ group, title, url, whole, on, bytes, book, lessons }) => {
    const held = `${lessons.length} bài, ${size(bytes + book)}${book ? ", kèm sách PDF" : ""}, lưu ngày ${day(on)}`;
    const item = make(
      "section",
      { class: "kept-group", "aria-label": title },
      make("p", {}, make("a", { class: "kept-title", href: url, text: title })),
      make("p", { class: "facts", text: whole ? held : "Đang lưu dở; mở trang nhóm để lưu tiếp" }),
    );
    if (whole) {
      const links = lessons.map((lesson) => make("li", {}, make("a", { href: `${new URL(lesson.url, root)}#theo-${group}`, text: lesson.title })));
      item.append(make("details", {}, make("summary", { text: `Các bài đã lưu (${lessons.length})` }), make("ul", { class: "kept-links" }, ...links)));
    }
    const drop = button("Xóa khỏi máy", async () => {
      await removeGroup(group).catch(console.warn);
      await fillLists();
      place?.focus();
    }, "quiet");
    drop.setAttribute("aria-label", `Xóa khỏi máy: ${title}`);
    const place = /** @type {HTMLElement | null} */ (document.querySelector("main"));
    item.append(actions(drop));
    return item;
  });
}

/** The page for no network stands in at the address of another one; at its own, the network may well be there. */
function joinOfflinePage() {
  const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-no-network]"));
  if (!page) return;
  const itself = location.pathname === new URL(AWAY).pathname;
  if (itself && navigator.onLine !== false) {
    const title = page.querySelector("h1");
    if (title) title.textContent = "Những bài mở được khi không có mạng";
    for (const part of page.querySelectorAll("[data-only-away]")) part.remove();
    return;
  }
  page.querySelector("[data-again]")?.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  if (itself) return;
  addEventListener("online", () => openWhenThere(0));
  // The network may have come back before this script; or come back for the question and be gone again for the page.
  const tries = history.state?.tries ?? 0;
  if (tries) waitAndOpen(tries);
  else openWhenThere(0);
}

/** @type {number | undefined} */
let waiting;

/** Open the page that was wanted, once the network really has it. The tries are counted beyond reloads, because a page
 * that does not come is not tried for ever. @param {number} tries so far */
async function openWhenThere(tries) {
  clearTimeout(waiting);
  const there = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  if (!there?.ok) return waitAndOpen(tries + 1);
  history.replaceState({ tries: tries + 1 }, "");
  location.reload();
}

/** @param {number} tries so far, one or more */
function waitAndOpen(tries) {
  const pause = RETRIES[tries - 1];
  if (pause) waiting = setTimeout(() => openWhenThere(tries), pause);
}

/** @param {string} text @param {() => void} act @param {"big" | "quiet"} look */
function button(text, act, look) {
  const made = make("button", { class: look === "big" ? "button big" : "button quiet", type: "button", text });
  made.addEventListener("click", act);
  return made;
}

/** @param {HTMLElement[]} buttons */
function actions(...buttons) {
  return make("p", { class: "actions" }, ...buttons);
}

/** The number stays with its unit. @param {number} bytes */
function size(bytes) {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))}\u00a0KB`;
  return `${(bytes / 1_000_000).toFixed(1).replace(".", ",")}\u00a0MB`;
}

/** @param {number} bytes */
function ofBook(bytes) {
  return bytes ? ` (${size(bytes)})` : "";
}

/** @param {number} milliseconds */
function day(milliseconds) {
  return new Date(milliseconds).toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });
}

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-keep-group]"))) new KeepGroup(place);
joinOfflinePage();
fillLists();
