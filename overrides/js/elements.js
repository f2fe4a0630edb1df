// @ts-check
/** Making elements in one line, and where the site begins. */

/** The site's root: pages may lie in any folder of a host. */
export const root = new URL(document.documentElement.dataset.root || "./", location.href);

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {{ class?: string, text?: string, [attribute: string]: string | undefined }} [options]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  const { class: className, text, ...attributes } = options;
  if (className) element.className = className;
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
