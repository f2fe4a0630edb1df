// @ts-check
/** What a learner types, as the search index stores it. The same rules as handbook/vietnamese.py, and tested by the
 * same cases (tests/cases/vietnamese.json). */

const STROKE = "\u0335";
const TONES = "\u0300\u0301\u0303\u0309\u0323";
const REFORMED = new RegExp(
  `(?<![qQ])([oO])([aeAE])([${TONES}])$|(?<![qQ])([uU])([yY])([${TONES}])$`,
);

/** The tone where the handbook writes it: `hoà` → `hòa`. @param {string} text */
export function houseSpelling(text) {
  return text
    .normalize("NFC")
    .replace(/\p{L}+/gu, (word) =>
      word
        .normalize("NFD")
        .replace(REFORMED, (_, o, a, tone, u, y, other) => (o ? o + tone + a : u + other + y))
        .normalize("NFC"),
    );
}

/** `đ`, which Unicode does not decompose, as d + stroke, so that it folds like any other diacritic.
 * @param {string} text */
export function forIndex(text) {
  return text.normalize("NFC").replace(/đ/g, `d${STROKE}`).replace(/Đ/g, `D${STROKE}`);
}

/** Back to what people read. @param {string} text */
export function fromIndex(text) {
  return text.replaceAll(`d${STROKE}`, "đ").replaceAll(`D${STROKE}`, "Đ");
}

/** Without diacritics, in lower case: what handbook/vietnamese.py calls fold. @param {string} text */
export function fold(text) {
  return forIndex(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A query as typed, made ready for the index: any Unicode form, any tone placement, `dd` for `đ`.
 * @param {string} query */
export function forQuery(query) {
  const typed = query.normalize("NFC").replace(/(?<!\p{L})dd(?=\p{L})/giu, "đ");
  return forIndex(houseSpelling(typed)).toLowerCase().trim();
}
