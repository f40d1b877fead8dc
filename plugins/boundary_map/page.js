/* The map keeps its middle when its size changes; the table is sorted by the heading that is pressed. */
const frame = document.querySelector(".frame");
let middle = [0.5, 0.5];
function keep() {
  middle = [(frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth, (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight];
}
function settle() {
  const at = middle;
  frame.scrollLeft = at[0] * frame.scrollWidth - frame.clientWidth / 2;
  frame.scrollTop = at[1] * frame.scrollHeight - frame.clientHeight / 2;
  for (const link of document.querySelectorAll(".atlas > .btn")) {
    if (link.hash === location.hash) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
frame.addEventListener("scroll", keep, { passive: true });
addEventListener("hashchange", settle);
addEventListener("load", settle); // before, an address with a size in it has not taken effect

const table = document.querySelector(".wide table"), rows = [...table.tBodies[0].rows];
function value(row, column, number) {
  const text = row.cells[column].textContent;
  if (!number) return text;
  // in every language a sign before just three figures groups them: numbers here have one figure after the decimal sign
  return text ? parseFloat(text.replace(/[^\d](?=\d{3}(?!\d))/g, "").replace(",", ".")) : -1;
}
table.querySelectorAll("thead th").forEach((head, column) => {
  const button = document.createElement("button"), number = column > 0;
  button.type = "button";
  button.className = "sort";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    // names from A, figures from the largest; again: the other way
    const [first, second] = number ? ["descending", "ascending"] : ["ascending", "descending"];
    const up = head.getAttribute("aria-sort") === first ? second : first;
    for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up);
    const sign = up === "ascending" ? 1 : -1;
    rows.sort((a, b) => {
      const x = value(a, column, number), y = value(b, column, number);
      return sign * (number ? x - y : x.localeCompare(y, "vi"));
    });
    table.tBodies[0].append(...rows);
  });
});
