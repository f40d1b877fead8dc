/* Loads the scripts of places further down the page when they are about to be scrolled into view. Runs last, so that
   a browser without IntersectionObserver loses nothing else. */
for (const place of document.querySelectorAll("[data-lazy-script]")) {
  new IntersectionObserver(
    (entries) => {
      if (entries[0].isIntersecting) display.loadScript(place.dataset.lazyScript);
    },
    { rootMargin: "300px" },
  ).observe(place);
}
