/* A table's region has a name and can be focused while the table is wider than it: see __init__.py. */
for (const region of document.querySelectorAll("section.scroll")) {
  const name = region.getAttribute("aria-label");
  const update = () => {
    if (region.scrollWidth > region.clientWidth) {
      region.tabIndex = 0;
      region.setAttribute("aria-label", name);
    } else {
      region.removeAttribute("tabindex");
      region.removeAttribute("aria-label");
    }
  };
  const watcher = new ResizeObserver(update);
  watcher.observe(region);
  watcher.observe(region.firstElementChild);
}
