// A phone's voice for the tests: says nothing, remembers what it was told, and has the troubles of real engines: what
// is said right after `cancel()` is swallowed, `cancel()` is reported as an error, later, and nothing is on time.
(options) => {
  const SWALLOWED = 40; // milliseconds after cancel()
  const SAMPLES = {
    phone: { lang: "vi_VN", name: "Tiếng Việt", localService: true, default: false },
    network: { lang: "vi-VN", name: "Giọng trên mạng", localService: false, default: false },
    english: { lang: "en-US", name: "English", localService: true, default: true },
    visayan: { lang: "vis-PH", name: "Not Vietnamese", localService: true, default: false },
  };
  const synth = new EventTarget();
  let voices = options.voices.map((name) => SAMPLES[name]);
  let current;
  let cancelled = -1e9;
  const report = (utterance, name, detail = {}) => utterance[`on${name}`]?.(Object.assign(new Event(name), detail));
  const finish = (utterance) => {
    if (current !== utterance) return;
    current = undefined;
    report(utterance, "end");
  };
  Object.defineProperties(synth, {
    speaking: { get: () => Boolean(current) },
    pending: { value: false },
    paused: { value: false },
  });
  synth.getVoices = () => voices;
  synth.speak = (utterance) => {
    if (performance.now() - cancelled < SWALLOWED) return;
    if (current) throw new Error("Two sentences at once");
    current = utterance;
    window.voice.said.push({ words: utterance.text, rate: utterance.rate, lang: utterance.lang, voice: utterance.voice?.name });
    setTimeout(() => {
      if (current !== utterance) return;
      report(utterance, "start");
      if (window.voice.fast) setTimeout(finish, 0, utterance);
    });
  };
  synth.cancel = () => {
    cancelled = performance.now();
    const was = current;
    current = undefined;
    if (was) setTimeout(() => report(was, "error", { error: "canceled" }), 5);
  };
  synth.resume = () => {};
  synth.pause = () => {
    throw new Error("pause() is not to be trusted");
  };
  window.voice = {
    said: [],
    fast: Boolean(options.fast),
    end: () => finish(current),
    fail(error) {
      const was = current;
      current = undefined;
      report(was, "error", { error });
    },
    // The engine stops, and tells nobody.
    forget: () => (current = undefined),
    come(...names) {
      voices = names.map((name) => SAMPLES[name]);
      synth.dispatchEvent(new Event("voiceschanged"));
    },
    marked: () => ("highlights" in CSS ? [...(CSS.highlights.get("being-read") ?? [])].join("") : "") || document.querySelector(".being-read")?.textContent || "",
  };
  // Top and bottom of the marked sentence in the window.
  window.voice.place = () => {
    const [marked] = CSS.highlights.get("being-read");
    const { top, bottom } = marked.getBoundingClientRect();
    return [top, bottom];
  };
  if (options.voices.includes("no engine")) {
    delete window.speechSynthesis;
    return;
  }
  Object.defineProperty(window, "speechSynthesis", { value: synth, configurable: true });
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      Object.assign(this, { text, rate: 1, lang: "", voice: null });
    }
  };
}
