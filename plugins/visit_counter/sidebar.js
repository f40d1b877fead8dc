/* Shows the totals of the page of figures, and the most read articles. Loaded when its place comes into view. */
(async () => {
  const place = document.querySelector("[data-visits]");
  let text;
  try {
    text = await (await fetch(place.dataset.visits)).text();
  } catch {
    return;
  } // the link to the page of figures is there
  const page = new DOMParser().parseFromString(text, "text/html");
  const totals = page.querySelector(".sum"),
    mostRead = page.querySelector(".most");
  if (totals) {
    totals.className = "counts";
    place.append(totals, page.querySelector(".visits > .meta"));
  }
  if (mostRead) {
    for (const item of mostRead.querySelectorAll("li:nth-child(n+6)")) item.remove();
    mostRead.querySelector("h2").className = "head";
    place.parentNode.before(mostRead);
  }
})();
