/* Scripts for places further down come when those come near. The last of all, so that a browser that cannot do it misses no more. */
for (const place of document.querySelectorAll("[data-near]")) {
  new IntersectionObserver((seen) => {
    if (seen[0].isIntersecting) display.load(place.dataset.near);
  }, { rootMargin: "300px" }).observe(place);
}
