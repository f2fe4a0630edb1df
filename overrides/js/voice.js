// @ts-check
/** The phone's Vietnamese voice, and how to make it say one sentence at a time on engines that each have their own
 * troubles. */

/** @returns {SpeechSynthesis | undefined} */
function engine() {
  return "SpeechSynthesisUtterance" in window ? window.speechSynthesis : undefined;
}

/** The best Vietnamese voice at the moment: one that needs no network first. Asked anew for every sentence, because an
 * engine may replace its list. @returns {SpeechSynthesisVoice | undefined} */
export function vietnameseVoice() {
  // Android writes `vi_VN`, some engines `vie`.
  const voices = (engine()?.getVoices() ?? []).filter((voice) => /^vie?(?![a-z])/i.test(voice.lang));
  return voices.find((voice) => voice.localService && voice.default) ?? voices.find((voice) => voice.localService) ?? voices[0];
}

/** Runs `found` once, as soon as there is a Vietnamese voice; never, where there is none. @param {() => void} found */
export function whenVoiceComes(found) {
  const speech = engine();
  if (!speech?.getVoices) return;
  let done = false;
  const look = () => {
    if (done || !vietnameseVoice()) return;
    done = true;
    speech.removeEventListener?.("voiceschanged", look);
    found();
  };
  speech.addEventListener?.("voiceschanged", look);
  look();
  // Engines that never say that their list has come, but answer when asked again.
  for (const wait of [500, 2000, 6000]) setTimeout(look, wait);
}

/** An engine that has not begun after so many milliseconds will not. */
const PATIENCE = 10_000;

/** Right after `cancel()` engines swallow what they are told; so many milliseconds later they listen again. */
const BREAK = 100;

/** No voice is so slow that it needs more milliseconds for a letter. */
const LETTER = 200;

/** When the engine, of which there is one for all, was last told to stop. */
let cancelled = -BREAK;

/** @typedef {{ done: () => void, failed: (reason: string) => void }} Hopes */

/** Says one sentence at a time. Pausing is stopping: `pause()` stops nothing on Android and never wakes up again with
 * Chrome's remote voices. */
export class Voice {
  constructor() {
    /** Rises with every sentence and every stop: what the engine reports of older ones is not listened to. */
    this.turn = 0;
    /** Kept, because Chrome forgets to tell the end of an utterance that has been collected as garbage.
     * @type {SpeechSynthesisUtterance | undefined} */
    this.utterance = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {string} words @param {number} rate @param {Hopes} hopes */
  say(words, rate, hopes) {
    const speech = engine();
    if (!speech) return;
    this.stop();
    const turn = this.turn;
    const utterance = new SpeechSynthesisUtterance(words);
    const voice = vietnameseVoice();
    utterance.lang = "vi-VN";
    if (voice) utterance.voice = voice;
    utterance.rate = rate;
    let begun = false;
    const mine = () => turn === this.turn;
    const end = () => {
      if (!mine()) return;
      this.turn += 1;
      clearTimeout(this.timer);
      hopes.done();
    };
    /** @param {string} reason */
    const fail = (reason) => {
      if (!mine()) return;
      this.stop();
      hopes.failed(reason);
    };
    utterance.onstart = () => (begun = true);
    utterance.onend = end;
    utterance.onerror = (event) => fail(event.error);
    this.utterance = utterance;
    const speak = () => {
      if (!mine()) return;
      speech.speak(utterance);
      const spoken = Date.now();
      let silent = 0;
      // Engines forget to tell that they have ended, or take an utterance and never begin.
      const watch = () => {
        if (!mine()) return;
        silent = speech.speaking || speech.pending ? 0 : silent + 1;
        const waited = Date.now() - spoken;
        if (begun && (silent > 1 || waited > PATIENCE + (words.length * LETTER) / rate)) return end();
        if (!begun && waited > PATIENCE) return fail("silent");
        this.timer = setTimeout(watch, 1000);
      };
      this.timer = setTimeout(watch, 1000);
    };
    // The very first words must come within the tap: some engines want it so.
    const wait = cancelled + BREAK - performance.now();
    if (wait > 0) this.timer = setTimeout(speak, wait);
    else speak();
  }

  stop() {
    this.turn += 1;
    clearTimeout(this.timer);
    const speech = engine();
    if (!speech || !(speech.speaking || speech.pending || speech.paused)) return;
    speech.cancel();
    // Left paused by another page, it would stay silent for this one.
    speech.resume();
    cancelled = performance.now();
  }
}
