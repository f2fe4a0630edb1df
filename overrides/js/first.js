{
  // See memory.js
  const { style, dataset: set } = document.documentElement;
  let path = location.hash.split("#theo-")[1];
  set.js = "";
  try {
    const m = JSON.parse(localStorage["cam-nang"]);
    path ||= m.group;
    if (/light|dark|contrast/.test(m.theme)) set.theme = m.theme;
    if (m.size) set.size = m.size;
    if (m.start > 1) set.startSize ||= m.start;
    if (m.offer) set.learning = "";
    style.setProperty("--offer", m.offer);
  } catch {}
  if (path) set.path = path;
}
