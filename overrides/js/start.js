// Stands in the head of every page. The words come first: the other scripts are asked for when they have been painted.
{
  const page = document.documentElement;
  const start = () => requestAnimationFrame(() => setTimeout(() => import(`${page.dataset.scripts}/site.js`)));
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
}
