// @ts-check
/** Nghe bài: offered once the phone turns out to have a Vietnamese voice; otherwise the page is as if it did not exist.
 * Nothing is said before the reader asks. */

import { whenVoiceComes } from "./voice.js";

whenVoiceComes(() => {
  // Comes now and not with the tap: the network may be gone by then.
  import("./reader.js").then(({ offer }) => offer()).catch(console.warn);
});
