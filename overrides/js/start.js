// Stands in the head of every page. The words come first: the other scripts are asked for when they have been painted.
{
  const page = document.documentElement;
  // What is asked for in the address gets its room before the answer comes.
  if (/[?&]q=[^&]/.test(location.search)) page.dataset.asked = "";
  const start = () => requestAnimationFrame(() => setTimeout(() => import(`${page.dataset.scripts}/site.js`).catch(console.warn)));
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
}
