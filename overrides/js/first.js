{
  // Before paint: memory.js
  const page = document.documentElement.dataset;
  let path = location.hash.split("#theo-")[1];
  page.js = "";
  try {
    const kept = JSON.parse(localStorage["cam-nang"]);
    path ||= kept.group;
    if (/^(light|dark|contrast)$/.test(kept.theme)) page.theme = kept.theme;
    if (kept.size > 0) page.size = kept.size;
    if (kept.start > 1) page.startSize ||= kept.start;
    if (kept.place) page.learning = "";
  } catch {}
  if (path) page.path = path;
}
