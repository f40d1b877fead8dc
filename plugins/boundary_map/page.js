/* Keeps the middle of the map in view when its scale changes, and sorts the table by the heading that is clicked. */
const frame = document.querySelector(".frame");
let middle = [0.5, 0.5];
function saveMiddle() {
  middle = [
    (frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth,
    (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight,
  ];
}
function restoreMiddle() {
  const [x, y] = middle;
  frame.scrollLeft = x * frame.scrollWidth - frame.clientWidth / 2;
  frame.scrollTop = y * frame.scrollHeight - frame.clientHeight / 2;
  for (const link of document.querySelectorAll(".atlas > .btn")) {
    if (link.hash === location.hash) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
frame.addEventListener("scroll", saveMiddle, { passive: true });
addEventListener("hashchange", restoreMiddle);
addEventListener("load", restoreMiddle); // earlier, the scale in the address has not taken effect

const table = document.querySelector(".wide table"),
  rows = [...table.tBodies[0].rows];
function cellValue(row, column, isNumber) {
  const cell = row.cells[column],
    text = cell.textContent;
  if (!isNumber) return cell.querySelector("a").textContent;
  // a separator before exactly three digits groups them in every language: these numbers have one decimal place
  return text ? parseFloat(text.replace(/[^\d](?=\d{3}(?!\d))/g, "").replace(",", ".")) : -1;
}
table.querySelectorAll("thead th").forEach((heading, column) => {
  const button = document.createElement("button"),
    isNumber = column > 0;
  button.type = "button";
  button.className = "sort";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => {
    // the first click sorts names from A and numbers from the largest, the next one the other way
    const [first, second] = isNumber ? ["descending", "ascending"] : ["ascending", "descending"];
    const order = heading.getAttribute("aria-sort") === first ? second : first;
    for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    rows.sort((a, b) => {
      const x = cellValue(a, column, isNumber),
        y = cellValue(b, column, isNumber);
      return sign * (isNumber ? x - y : x.localeCompare(y, "vi"));
    });
    table.tBodies[0].append(...rows);
  });
});
