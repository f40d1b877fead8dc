/* What the rich-text view knows: the elements of `view_html.py`, as extensions of Tiptap. */
import {
  Blockquote,
  Bold,
  BulletList,
  Code,
  CodeBlock,
  Document,
  Dropcursor,
  Extension,
  Gapcursor,
  HardBreak,
  Heading,
  HorizontalRule,
  Italic,
  ListItem,
  Mark,
  Node,
  Paragraph,
  pm,
  Strike,
  Subscript,
  Superscript,
  Text,
  UndoRedo,
  wrappingInputRule,
} from "../../rich-text/editor.js";

/* Attributes that are kept as they are, by name. */
const kept = (...names) =>
  Object.fromEntries(
    names.map((name) => [name, { default: null, parseHTML: (element) => element.getAttribute(name) }]),
  );

const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => kept("href", "title", "lang", "hreflang"),
  parseHTML: () => [{ tag: "a[href]" }],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
});

/* Elements within a line for which Markdown has no sign, such as <span lang="en">. */
const OTHERS = "abbr, bdi, bdo, cite, dfn, ins, kbd, mark, q, samp, small, span, time, u, var";
const OtherElement = Mark.create({
  name: "element",
  excludes: "",
  addAttributes: () => ({ tag: { default: "span" }, attributes: { default: {} } }),
  parseHTML: () => [
    {
      tag: OTHERS,
      getAttrs: (element) => ({
        tag: element.localName,
        attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
      }),
    },
  ],
  renderHTML: ({ mark }) => [mark.attrs.tag, mark.attrs.attributes, 0],
});

const OrderedList = Node.create({
  name: "orderedList",
  group: "block list",
  content: "listItem+",
  addAttributes: () => ({ start: { default: 1, parseHTML: (element) => element.start } }),
  parseHTML: () => [{ tag: "ol:not([reversed])" }],
  renderHTML: ({ HTMLAttributes: { start, ...rest } }) => ["ol", start === 1 ? rest : { ...rest, start }, 0],
  addInputRules() {
    return [
      wrappingInputRule({
        find: /^(\d{1,3})[.)]\s$/,
        type: this.type,
        getAttributes: (match) => ({ start: Number(match[1]) }),
        joinPredicate: (match, node) => node.childCount + node.attrs.start === Number(match[1]),
      }),
    ];
  },
});

/* --- notes --- */

const NoteMark = Node.create({
  name: "noteMark",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ label: { default: "1", parseHTML: (element) => element.dataset.note } }),
  parseHTML: () => [{ tag: "sup[data-note]", priority: 60 }],
  renderHTML: ({ node }) => ["sup", { "data-note": node.attrs.label }],
});

const Note = Node.create({
  name: "note",
  group: "block",
  content: "block+",
  defining: true,
  isolating: true,
  addAttributes: () => ({ label: { default: "1", parseHTML: (element) => element.dataset.note } }),
  parseHTML: () => [{ tag: "aside[data-note]" }],
  renderHTML: ({ node }) => ["aside", { "data-note": node.attrs.label }, 0],
  addKeyboardShortcuts() {
    const isEmpty = ({ $from, empty }) => {
      const depth = $from.depth - 1;
      return empty && depth > 0 && $from.node(depth).type === this.type && !$from.node(depth).textContent;
    };
    return { Backspace: () => isEmpty(this.editor.state.selection) && this.editor.commands.deleteNode(this.type) };
  },
});

/* --- tables --- */

const cell = (name, tag) =>
  Node.create({
    name,
    content: "paragraph",
    isolating: true,
    tableRole: tag === "th" ? "header_cell" : "cell",
    addAttributes: () => ({
      colspan: { default: 1, parseHTML: (element) => element.colSpan },
      rowspan: { default: 1, parseHTML: (element) => element.rowSpan },
      colwidth: { default: null, rendered: false },
      class: { default: null },
    }),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes: { class: name, ...spans } }) => [tag, name ? { ...spans, class: name } : spans, 0],
  });

const Table = Node.create({
  name: "table",
  group: "block",
  content: "tableRow+",
  isolating: true,
  parseHTML: () => [{ tag: "table" }],
  renderHTML: () => ["table", ["tbody", 0]],
  tableRole: "table",
  extendNodeSchema: (extension) => ({ tableRole: extension.config.tableRole }), // of every node
  addProseMirrorPlugins: () => [pm.tables.tableEditing(), new pm.state.Plugin({ appendTransaction: alignNewCells })],
  addKeyboardShortcuts() {
    const run = (command) => command(this.editor.state, this.editor.view.dispatch);
    const go = (step) => run(pm.tables.goToNextCell(step));
    return {
      Tab: () => go(1) || (run(pm.tables.addRowAfter) && go(1)), // as in Word, the last cell is followed by a new row
      "Shift-Tab": () => go(-1),
      Enter: () => this.editor.isActive("table") && this.editor.commands.setHardBreak(),
    };
  },
});

/* New cells are aligned as their column's head is: Markdown knows columns only. */
function alignNewCells(transactions, _before, state) {
  const { $from } = state.selection;
  const depth = [...Array($from.depth + 1).keys()].find((level) => $from.node(level).type.name === "table");
  if (!depth || !transactions.some(({ docChanged }) => docChanged)) return null;
  const head = $from.node(depth).firstChild;
  const { tr } = state;
  $from.node(depth).forEach((row, rowAt) => {
    row.forEach((cell, cellAt, index) => {
      const name = head.maybeChild(index)?.attrs.class;
      const at = $from.start(depth) + rowAt + 1 + cellAt;
      if (name && !cell.attrs.class && !cell.textContent) tr.setNodeAttribute(at, "class", name);
    });
  });
  return tr.docChanged ? tr : null;
}

const TableRow = Node.create({
  name: "tableRow",
  tableRole: "row",
  content: "(tableCell | tableHeader)*",
  parseHTML: () => [{ tag: "tr" }],
  renderHTML: () => ["tr", 0],
});

/* Keys that Word has. */
const Keys = Extension.create({
  name: "keys",
  addKeyboardShortcuts() {
    const { editor } = this;
    return { "Mod-Alt-2": () => editor.commands.toggleHeading({ level: 2 }), "Mod-k": () => editor.options.onLink() };
  },
});

/* views: of the elements that are shown by scripts of their own, by name. */
export const extensions = (views) => [
  Document,
  Paragraph,
  Text,
  Bold,
  Italic,
  Strike,
  Code.extend({ excludes: "" }),
  Superscript,
  Subscript,
  Link,
  OtherElement,
  Heading,
  BulletList,
  OrderedList,
  ListItem,
  Blockquote,
  CodeBlock,
  HardBreak,
  HorizontalRule,
  NoteMark,
  Note.extend(views.note),
  Table,
  TableRow,
  cell("tableCell", "td"),
  cell("tableHeader", "th"),
  Node.create({ name: "picture", ...PICTURE, ...views.picture }),
  Node.create({ name: "source", ...SOURCE, ...views.source }),
  UndoRedo,
  Dropcursor,
  Gapcursor,
  Keys,
];

const PICTURE = {
  group: "inline",
  inline: true,
  draggable: true,
  addAttributes: () => kept("src", "alt", "title", "class", "lang"),
  parseHTML: () => [{ tag: "img[src]" }],
  renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
  addKeyboardShortcuts() {
    const isChosen = () => this.editor.state.selection.node?.type === this.type;
    const below = ({ state, chain }) => {
      const end = state.selection.$to.end();
      return chain().setTextSelection(end).splitBlock().run();
    };
    return { Enter: () => isChosen() && this.editor.commands.first([below]) }; // it would be replaced by a line
  },
};

/* A block that the view cannot change; it is shown, and its source can be edited. */
const SOURCE = {
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ source: { default: "" }, html: { default: "" } }),
  parseHTML: () => [
    { tag: "div[data-source]", getAttrs: (element) => ({ source: element.dataset.source, html: element.innerHTML }) },
  ],
  renderHTML: ({ node }) => ["div", { "data-source": node.attrs.source }],
};
