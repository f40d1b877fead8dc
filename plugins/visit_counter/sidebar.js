/* Show the sums of the page of figures, and what is read most. Comes when the place for it comes near. */
(async () => {
  const place = document.querySelector("[data-visits]");
  let text;
  try {
    text = await (await fetch(place.dataset.visits)).text();
  } catch { return; } // there is the link to the page
  const page = new DOMParser().parseFromString(text, "text/html"), sums = page.querySelector(".sum"), most = page.querySelector(".most");
  if (sums) {
    sums.className = "counts";
    place.append(sums, page.querySelector(".visits > .meta"));
  }
  if (most) {
    for (const item of most.querySelectorAll("li:nth-child(n+6)")) item.remove();
    most.querySelector("h2").className = "head";
    place.parentNode.before(most);
  }
})();
