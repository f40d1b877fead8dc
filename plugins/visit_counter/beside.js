/* Show the sums of the page of figures, and what is read most. Comes when the place for it comes near. */
(function () {
  var place = document.querySelector("[data-visits]");
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
  }, function () { /* there is the link to the page */ });
})();
