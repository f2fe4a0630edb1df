// @ts-check
/** Chia sẻ: the phone's own share sheet; where it has none, the link to copy and to send by Zalo. Nothing leaves the
 * phone before the reader taps. */

import { make } from "./elements.js";

const COPIED = "Đã chép liên kết. Mở Zalo hoặc tin nhắn, chạm giữ ô nhắn tin rồi chọn Dán.";
const COPY_BY_HAND = "Máy không tự chép được. Chạm giữ vào liên kết ở trên rồi chọn Sao chép.";

for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-share]"))) {
  const opener = /** @type {HTMLButtonElement} */ (box.querySelector(".share-open"));
  opener.addEventListener("click", (event) => event.detail < 2 && share(box, opener)); // an unsteady finger taps twice
  opener.dataset.ready = "";
}

/** @param {HTMLElement} box @param {HTMLButtonElement} opener */
async function share(box, opener) {
  const { title = document.title, site = "" } = box.dataset;
  const url = addressToShare();
  if (navigator.share) {
    try {
      // With words: to get a bare link from somebody is what the lessons on fraud warn of.
      await navigator.share({ title, text: title === site ? title : `${title} – ${site}`, url });
      return;
    } catch (error) {
      // Closed by the reader. Anything else: the app around the page allows no sheet.
      if (error instanceof DOMException && error.name === "AbortError") return;
    }
  }
  togglePanel(opener, url);
}

/** The page's public address, on the path the reader came by. */
function addressToShare() {
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
  const address = new URL(canonical?.href ?? location.href);
  const { path } = document.documentElement.dataset;
  // The group chosen may be one that does not learn this lesson.
  address.hash = path && document.getElementById(`theo-${path}`) ? `theo-${path}` : "";
  return address.href;
}

/** @param {HTMLButtonElement} opener @param {string} url */
function togglePanel(opener, url) {
  const shown = opener.nextElementSibling;
  if (shown?.matches(".share-panel")) {
    shown.remove();
    opener.setAttribute("aria-expanded", "false");
    return;
  }
  const field = make("input", { type: "text", readonly: "", value: url });
  const news = make("p", { class: "share-news", role: "status" });
  const copy = make("button", { class: "button quiet", type: "button", text: "Chép liên kết" });
  copy.addEventListener("click", async () => {
    news.textContent = (await copied(field)) ? COPIED : COPY_BY_HAND;
  });
  const zalo = make("a", { class: "button quiet", href: zaloAddress(url), target: "_blank", rel: "noopener noreferrer", text: "Gửi qua Zalo" });
  const panel = make("div", { class: "share-panel" }, make("p", { class: "actions" }, copy, zalo), make("label", {}, "Liên kết của trang", field), news);
  opener.after(panel);
  opener.setAttribute("aria-expanded", "true");
}

/** @param {HTMLInputElement} field */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // No clipboard in this app: mark the link, for the old way and for the reader's own finger.
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** Zalo's page for sending a link, opened by the reader only. It wants the address as JSON in base64: so does Zalo's own
 * button, https://sp.zalo.me/plugins/sdk.js, which this site does not load. @param {string} url */
function zaloAddress(url) {
  return `https://button-share.zalo.me/share_external?d=${encodeURIComponent(btoa(JSON.stringify({ url })))}`;
}
