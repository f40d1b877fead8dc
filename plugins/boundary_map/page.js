/* The map keeps its middle when its size changes; the table is sorted by the heading that is pressed. */
var frame = document.querySelector(".frame"), middle = [0.5, 0.5];
function keep() {
  middle = [(frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth, (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight];
}
function settle() {
  var at = middle;
  frame.scrollLeft = at[0] * frame.scrollWidth - frame.clientWidth / 2;
  frame.scrollTop = at[1] * frame.scrollHeight - frame.clientHeight / 2;
  document.querySelectorAll(".atlas > .btn").forEach(function (link) {
    if (link.hash === location.hash) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}
frame.addEventListener("scroll", keep, { passive: true });
addEventListener("hashchange", settle);
addEventListener("load", settle); // before, an address with a size in it has not taken effect

var table = document.querySelector(".wide table"), rows = Array.from(table.tBodies[0].rows);
function value(row, column, number) {
  var text = row.cells[column].textContent;
  if (!number) return text;
  // in every language a sign before just three figures groups them: numbers here have one figure after the decimal sign
  return text ? parseFloat(text.replace(/[^\d](?=\d{3}(?!\d))/g, "").replace(",", ".")) : -1;
}
table.querySelectorAll("thead th").forEach(function (head, column) {
  var button = document.createElement("button"), number = column > 0;
  button.type = "button";
  button.className = "sort";
  button.append.apply(button, Array.from(head.childNodes));
  head.append(button);
  button.addEventListener("click", function () {
    // names from A, figures from the largest; again: the other way
    var up = head.ariaSort || head.getAttribute("aria-sort"), first = number ? "descending" : "ascending";
    up = up === first ? (number ? "ascending" : "descending") : first;
    table.querySelectorAll("[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", up);
    var sign = up === "ascending" ? 1 : -1;
    rows.sort(function (a, b) {
      var x = value(a, column, number), y = value(b, column, number);
      return sign * (number ? x - y : x.localeCompare(y, "vi"));
    });
    table.tBodies[0].append.apply(table.tBodies[0], rows);
  });
});
