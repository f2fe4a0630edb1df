/* The sources of all stylesheets in; out comes each of their selectors that matches something on this page but is in no
 * stylesheet of it: the build ships only the rules that it believes a page can need (handbook/site/styles.py). */
(sources) => {
  const PSEUDO = /::[\w-]+(\([^)]*\))?|:(hover|focus|focus-visible|focus-within|active|checked|empty|target|open)\b/g;

  /** Every selector of rules, one by one, as the browser writes it. */
  function* selectors(rules) {
    for (const rule of rules) {
      if (rule.cssRules?.length && !(rule instanceof CSSStyleRule)) yield* selectors(rule.cssRules);
      else if (rule.selectorText) yield* rule.selectorText.split(/,(?![^(]*\))/).map((one) => one.trim());
    }
  }

  const here = new Set([...document.styleSheets].flatMap((sheet) => [...selectors(sheet.cssRules)]));
  const lacking = [];
  for (const source of sources) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(source);
    for (const selector of selectors(sheet.cssRules)) {
      if (here.has(selector)) continue;
      // What depends on a hand or a moment counts as if it were so.
      const lasting = selector.replace(PSEUDO, "").replace(/(^|[\s>+~])(?=$|[\s>+~])/g, "$1*");
      try {
        if (document.querySelector(lasting)) lacking.push(selector);
      } catch {
        lacking.push(`${selector}: not understood as ${lasting}`);
      }
    }
  }
  return lacking;
}
