// @ts-check
/** A search form that searches where it stands. Its program is fetched when the reader asks for something. */

/** Said where the network fails before the search itself has arrived. */
const WEAK_NETWORK = "Chưa tìm được vì mạng yếu hoặc bị ngắt. Hãy thử lại sau ít phút.";

/** Returns what runs the search a form asks for. Loads the search once; says so, and tries again when asked again,
 * where the network fails.
 * @param {HTMLFormElement} form @param {HTMLElement} output @param {(query: string, group: string) => void} [onSearch] */
export function searchWhenAsked(form, output, onSearch) {
  output.dataset.weakNetwork = WEAK_NETWORK;
  /** @type {Promise<import("./search.js").SearchView> | undefined} */
  let view;
  const ask = async () => {
    try {
      view ??= loadSearch().then(({ SearchView }) => new SearchView(form, output, onSearch));
      await (await view).run();
    } catch (error) {
      console.warn(error);
      view = undefined;
      const words = document.createElement("p");
      words.className = "search-status";
      words.textContent = WEAK_NETWORK;
      output.replaceChildren(words);
      output.dataset.state = "error";
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  return ask;
}

/** A browser keeps a failed import in mind and does not ask again before the page is loaded anew; a failed fetch it
 * forgets. So the files are fetched first, and imported once they have come. */
async function loadSearch() {
  const files = ["./search.js", "./elements.js", "./vietnamese.js"];
  const answers = await Promise.all(files.map((file) => fetch(new URL(file, import.meta.url))));
  const lost = answers.find((answer) => !answer.ok);
  if (lost) throw new Error(`${lost.status} ${lost.url}`);
  return import("./search.js");
}
