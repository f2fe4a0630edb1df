// @ts-check
/** What the phone remembers of its learner. A stand-in with the agreed interface until the store itself arrives. */

/** @typedef {{ version: 1, group: string, size: 0 | 1 | 2 | 3 | 4, theme: "" | "light" | "dark" | "contrast", speed: number,
 *   read: Record<string, string>, ticks: Record<string, string[]>,
 *   quiz: Record<string, { right: number, total: number, on: string }>,
 *   place: { lesson: string, title: string, section: string } | null }} Memory */

const KEY = "cam-nang";

/** @returns {Memory} */
function blank() {
  return { version: 1, group: "", size: 0, theme: "", speed: 1, read: {}, ticks: {}, quiz: {}, place: null };
}

/** @type {Memory | undefined} */
let unsaved;

/** @returns {Memory} */
export function recall() {
  if (unsaved) return structuredClone(unsaved);
  try {
    return { ...blank(), ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return blank();
  }
}

/** @param {(memory: Memory) => void} change @returns {boolean} whether the phone stores it */
export function keep(change) {
  const memory = recall();
  change(memory);
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
    return true;
  } catch {
    unsaved = memory;
    return false;
  }
}

export function forgetAll() {
  unsaved = undefined;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // What cannot be stored is not there.
  }
}
