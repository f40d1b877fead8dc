/* The body as text: a text area, and buttons that write marks of Markdown into it. */

/* area: the text area; ask: asks for the address of a link; changed: called when the text is another. */
export function textArea(area, ask, changed) {
  function insert(text, start = area.selectionStart, end = area.selectionEnd) {
    area.focus();
    area.setSelectionRange(start, end);
    // the browser's own way of typing, so that Ctrl+Z takes it back
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text, start, end, "end");
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

  const marks = {
    heading: () => before(() => "## "),
    bold: () => around("**"),
    italic: () => around("*"),
    list: () => before(() => "- "),
    numbers: () => before((number) => `${number + 1}. `),
    quote: () => before(() => "> "),
    table: () => paragraph("| Cột 1 | Cột 2 |\n| --- | --- |\n| … | … |"),
    link,
  };

  return {
    element: area,
    insert: (text) => insert(text),
    paragraph,
    mark: (name) => marks[name](),
    /* Puts the cursor at the beginning of a line, counted from 1. */
    goTo(line) {
      const lines = area.value.split("\n").slice(0, line - 1);
      const start = lines.join("\n").length + (line > 1 ? 1 : 0);
      area.focus();
      area.setSelectionRange(start, start);
    },
  };
}
