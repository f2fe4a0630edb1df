// @ts-check
/** Vietnamese text in; where each sentence of it begins and ends out, short enough for a phone's voice to say in one
 * breath.
 *
 * One set of rules for every phone, and not `Intl.Segmenter`: many phones lack it, those that have it differ from
 * version to version, and either way it would have to be corrected after "TP." and "Bước 1.". So what
 * `tests/cases/sentences.json` shows is what every reader hears. */

/** Android's voices give up on long texts, Chrome's remote ones after about 15 seconds: 180 characters, some 40
 * syllables, take about 13 at the slow speed. */
export const BREATH = 180;

/** What ends a sentence, with the quotes and brackets that close right after it. */
const STOP = /[.!?…]+["”’'»)\]]*(?=\s|$)/gu;

/** Titles and places that are written short; a capital letter follows them in the middle of a sentence. */
const SHORT = /(?:^|[\s.("“])(?:TP|Tp|TX|TT|ĐT|ThS|TS|PGS|GS|BS|KS|LS|CN|Th|Tr|Mr|Mrs|Ms|Dr|VD|Vd|vd|đ\/c|Đ\/c)\.$/u;

/** "Số 5, P. Bến Nghé, Q. 1", but neither the name "Trần Văn P." nor "bấm phím P.". */
const SHORT_PLACE = /(?:^|[,(–-]\s*|\d\s)[PQH]\.$/u;

/** A number that leads what follows: "Phần 1.", "Bước 2.", "3.", "B.". */
const LEADING_NUMBER = /^(?:(?:\p{L}+\s){0,2}\d+|\p{Lu})\.$/u;

/** Where a long sentence is best cut: after the mark. */
const PAUSES = [/[;:–—](?=\s)/gu, /,(?=\s)/gu, /\s(?=(?:và|hoặc|hay|nhưng|rồi|để|thì|mà)\s)/gu, /\s/gu];

/** The sentences of a text, as [start, end) in it, without the spaces around them.
 * @param {string} text @returns {[number, number][]} */
export function sentenceSpans(text) {
  /** @type {[number, number][]} */
  const spans = [];
  let start = 0;
  for (const stop of text.matchAll(STOP)) {
    const end = stop.index + stop[0].length;
    if (!goesOn(text.slice(start, end).trimStart(), text.slice(end))) {
      spans.push([start, end]);
      start = end;
    }
  }
  spans.push([start, text.length]);
  return spans.map((span) => trimmed(text, span)).filter(([from, to]) => /[\p{L}\p{N}]/u.test(text.slice(from, to))).flatMap((span) => breaths(text, span));
}

/** @param {string} text @returns {string[]} */
export function sentences(text) {
  return sentenceSpans(text).map(([start, end]) => text.slice(start, end));
}

/** Whether the sentence goes on although a mark could end it. @param {string} before @param {string} after */
function goesOn(before, after) {
  const next = after.trimStart().replace(/^["“‘'«([]+/u, "");
  // “Dừng lại!” rồi cúp máy. Chờ… một lát. Zalo, Facebook v.v. và các ứng dụng khác.
  if (/^\p{Ll}/u.test(next)) return true;
  // What somebody says is not torn apart, where it fits in a breath.
  const closing = after.indexOf("”");
  if (before.lastIndexOf("“") > before.lastIndexOf("”") && closing >= 0 && before.length + closing < BREATH) return true;
  return before.endsWith(".") && (SHORT.test(before) || SHORT_PLACE.test(before) || (next !== "" && LEADING_NUMBER.test(before)));
}

/** A span cut into pieces of at most BREATH characters, at the marks where one breathes.
 * @param {string} text @param {[number, number]} span @returns {[number, number][]} */
function breaths(text, [start, end]) {
  if (end - start <= BREATH) return [[start, end]];
  const window = text.slice(start, start + BREATH);
  // Pieces of about the same length sound better than a long one and its last two words.
  const wanted = (end - start) / Math.ceil((end - start) / BREATH);
  for (const pause of PAUSES) {
    const places = [...window.matchAll(pause)].map((found) => found.index + found[0].length).filter((place) => place > BREATH / 4);
    if (!places.length) continue;
    const place = places.reduce((best, other) => (Math.abs(other - wanted) < Math.abs(best - wanted) ? other : best));
    return [trimmed(text, [start, start + place]), ...breaths(text, trimmed(text, [start + place, end]))];
  }
  // A word longer than a breath: an address of a page. It is said whole.
  const gap = text.slice(start, end).search(/\s/u);
  if (gap < 0) return [[start, end]];
  return [[start, start + gap], ...breaths(text, trimmed(text, [start + gap, end]))];
}

/** @param {string} text @param {[number, number]} span @returns {[number, number]} */
function trimmed(text, [start, end]) {
  const words = text.slice(start, end);
  return [start + words.length - words.trimStart().length, end - (words.length - words.trimEnd().length)];
}
