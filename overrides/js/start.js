// Stands in the head of every page. The words come first: pictures of buttons and the other scripts are asked for when
// they have been painted.
{
  const page = document.documentElement;
  // What is asked for in the address gets its room before the answer comes.
  if (/[?&]q=[^&]/.test(location.search)) page.dataset.asked = "";
  const start = () => {
    for (const spare of document.querySelectorAll(".icon > noscript")) spare.outerHTML = /** @type {string} */ (spare.textContent);
    import(`${page.dataset.scripts}/site.js`).catch(console.warn);
  };
  addEventListener("DOMContentLoaded", () =>
    new Promise((painted) => {
      setTimeout(painted, 999); // a page nobody looks at is not painted
      new PerformanceObserver(painted).observe({ type: "paint", buffered: true });
    }).finally(start),
  );
}
