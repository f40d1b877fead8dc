/* Show the sums of the page of figures, and what is read most, once this place comes near. */
var place = document.querySelector("[data-visits]");
function fill() {
  fetch(place.dataset.visits).then(function (answer) { return answer.text(); }).then(function (text) {
    var page = new DOMParser().parseFromString(text, "text/html"), sums = page.querySelector(".sum"), most = page.querySelector(".most");
    if (sums) {
      sums.className = "counts";
      place.append(sums, page.querySelector(".visits > .meta"));
    }
    if (most) {
      most.querySelectorAll("li:nth-child(n+6)").forEach(function (item) { item.remove(); });
      most.querySelector("h2").className = "head";
      place.parentNode.before(most);
    }
  }, function () {});
}
if (window.IntersectionObserver) new IntersectionObserver(function (seen, observer) {
  if (seen[0].isIntersecting) { observer.disconnect(); fill(); }
}, { rootMargin: "300px" }).observe(place);
else fill();
