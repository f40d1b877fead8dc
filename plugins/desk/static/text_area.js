/* The body as text: a text area, and buttons that write marks of Markdown into it. */

/* area: the text area; ask: asks for the address of a link; changed: called when the text is another. */
export function textArea(area, ask, changed) {
  function insert(text, start = area.selectionStart, end = area.selectionEnd) {
    area.focus();
    area.setSelectionRange(start, end);
    // the browser's own way of typing, so that Ctrl+Z takes it back
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) area.setRangeText(text, start, end, "end");
    changed();
  }

  const lineStart = () => area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;

  function around(mark) {
    const { selectionStart: start, selectionEnd: end } = area;
    const chosen = area.value.slice(start, end);
    insert(`${mark}${chosen}${mark}`);
    if (!chosen) area.setSelectionRange(start + mark.length, start + mark.length);
  }

  function before(marks) {
    const start = lineStart();
    const lines = area.value.slice(start, area.selectionEnd).split("\n");
    insert(lines.map((line, number) => `${marks(number)}${line}`).join("\n"), start, area.selectionEnd);
  }

  function paragraph(text) {
    const above = area.value.slice(0, area.selectionStart);
    const gap = !above || above.endsWith("\n\n") ? "" : above.endsWith("\n") ? "\n" : "\n\n";
    insert(`${gap}${text}\n\n`);
  }

  async function link() {
    const { selectionStart: start, selectionEnd: end } = area;
    const chosen = area.value.slice(start, end);
    const address = await ask();
    if (address) insert(`[${chosen || address}](${address})`, start, end);
  }

  /* Puts the mark of a new note at the cursor, and the note at the end. */
  function note() {
    let number = 1;
    while (area.value.includes(`[^${number}]`)) number++;
    insert(`[^${number}]`, area.selectionEnd);
    const end = area.value.length;
    insert(`${"\n".repeat(2 - /\n{0,2}$/.exec(area.value)[0].length)}[^${number}]: `, end, end);
  }

  const marks = {
    heading: () => before(() => "## "),
    subheading: () => before(() => "### "),
    bold: () => around("**"),
    italic: () => around("*"),
    list: () => before(() => "- "),
    numbers: () => before((number) => `${number + 1}. `),
    quote: () => before(() => "> "),
    table: () => paragraph("| Cột 1 | Cột 2 |\n| --- | --- |\n| … | … |"),
    link,
    note,
  };

  return {
    element: area,
    insert: (text) => insert(text),
    paragraph,
    mark: (name) => marks[name](),
    /* Chooses what stands in a line (counted from 1) between two positions of the text. */
    goTo(_line, start, end) {
      area.blur();
      area.setSelectionRange(start, end);
      area.focus(); // scrolls there
    },
    /* Makes the text another one, with one step back by Ctrl+Z. */
    write(text) {
      const before = area.value;
      let start = 0;
      while (start < Math.min(before.length, text.length) && before[start] === text[start]) start++;
      let same = 0;
      const most = Math.min(before.length, text.length) - start;
      while (same < most && before[before.length - 1 - same] === text[text.length - 1 - same]) same++;
      if (before !== text) insert(text.slice(start, text.length - same), start, before.length - same);
    },
  };
}
