/* The body as readers see it, to be changed in place: Tiptap, with the same doings as the text area has. */
import { Editor, pm } from "../../rich-text/editor.js";
import { nodeViews } from "./node_views.js";
import { extensions } from "./schema.js";
import { sourcesOf } from "./sources.js";

const WRITE_AFTER = 200; // milliseconds without a change

/* place: where the view is put; desk: see node_views.js, and askForLink(address);
   changed: called when the text is another; active: called when the cursor is elsewhere. */
export function richView(place, desk, { changed, active }) {
  let timer = 0;
  let isFirst = true; // nothing was shown yet
  let coming = null; // the text that is about to be shown
  let isLeaving = false; // Escape was pressed: the next Tab leaves the view
  const editor = new Editor({
    element: place,
    extensions: extensions(nodeViews({ ...desk, nodesOf: (text) => sources.nodesOf(text) })),
    injectCSS: false,
    enablePasteRules: false,
    editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label" } },
    onUpdate: updated,
    onTransaction: () => active(editor),
  });
  const sources = sourcesOf(editor.schema);
  editor.options.onLink = () => {
    marks.link();
    return true;
  };

  function updated() {
    clearTimeout(timer);
    timer = setTimeout(written, WRITE_AFTER);
    changed();
  }

  /* Until everything is written as Markdown, and told where readers will see something else. */
  async function written() {
    clearTimeout(timer);
    const { doc } = editor.state;
    if (!sources.isWritten(doc)) {
      await sources.write(doc).catch(() => null); // the text is there as HTML meanwhile
      changed();
    }
    const [first] = sources.otherwise(doc);
    desk.tellOtherwise(first === undefined ? "" : doc.child(first).textContent, () => sourceOf(first));
  }

  /* Puts the cursor into a block, given its number, and asks for its source. */
  function sourceOf(number) {
    const { doc } = editor.state;
    if (number >= doc.childCount) return;
    const before = doc.content.content.slice(0, number).reduce((sum, node) => sum + node.nodeSize, 0);
    editor.commands.setTextSelection(before + 1);
    source();
  }

  editor.view.dom.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Tab" && isLeaving) event.stopImmediatePropagation();
      if (!["Tab", "Shift"].includes(event.key)) isLeaving = event.key === "Escape";
    },
    true,
  );

  const chain = () => editor.chain().focus();
  const inTable = (command) => pm.tables[command](editor.state, editor.view.dispatch);

  function insertNodes(nodes) {
    const { tr } = editor.state;
    editor.view.dispatch(tr.replaceSelection(sources.sliceOf(nodes)).scrollIntoView());
    editor.view.focus();
  }

  /* Puts the mark of a new note at the cursor, and the note at the end. */
  function note() {
    const labels = new Set();
    editor.state.doc.descendants((node) => {
      if (node.attrs.label) labels.add(node.attrs.label);
    });
    let number = 1;
    while (labels.has(String(number))) number++;
    const label = String(number);
    const { noteMark, note, paragraph } = editor.schema.nodes;
    const tr = editor.state.tr.insert(editor.state.selection.to, noteMark.create({ label }));
    tr.insert(tr.doc.content.size, note.create({ label }, paragraph.create()));
    tr.setSelection(pm.state.Selection.atEnd(tr.doc)).scrollIntoView();
    editor.view.dispatch(tr);
    editor.view.focus();
  }

  async function link() {
    editor.commands.extendMarkRange("link");
    const { from, to, empty } = editor.state.selection;
    const address = await desk.askForLink(editor.getAttributes("link").href);
    if (address === undefined) return;
    const change = chain().setTextSelection({ from, to });
    if (!address) change.unsetMark("link").run();
    else if (empty) change.insertContent({ type: "text", text: address, marks: [linkTo(address)] }).run();
    else change.setMark("link", { href: address }).run();
  }

  const linkTo = (href) => ({ type: "link", attrs: { href } });

  function table() {
    const { table, tableRow, tableHeader, tableCell } = editor.schema.nodes;
    const row = (type) => tableRow.create(null, [type.createAndFill(), type.createAndFill()]);
    const made = table.create(null, [row(tableHeader), row(tableCell), row(tableCell)]);
    const { from } = editor.state.selection;
    insertNodes([made]);
    editor.state.doc.nodesBetween(from - 1, editor.state.doc.content.size, (node, at) => {
      if (node.eq(made) && at >= from - 1)
        chain()
          .setTextSelection(at + 4)
          .run(); // in its first cell
    });
  }

  async function source() {
    const { $from } = editor.state.selection;
    const node = $from.depth ? $from.node(1) : editor.state.selection.node;
    if (!node) return;
    await written();
    const at = $from.depth ? $from.before(1) : $from.pos;
    const text = await desk.editSource(sources.sourceOf(editor.state.doc.nodeAt(at)));
    if (text === null) return;
    const nodes = await sources.nodesOf(text);
    editor.view.dispatch(editor.state.tr.replaceWith(at, at + editor.state.doc.nodeAt(at).nodeSize, nodes));
    editor.view.focus();
  }

  const marks = {
    heading: () => chain().toggleHeading({ level: 2 }).run(),
    subheading: () => chain().toggleHeading({ level: 3 }).run(),
    bold: () => chain().toggleBold().run(),
    italic: () => chain().toggleItalic().run(),
    list: () => chain().toggleBulletList().run(),
    numbers: () => chain().toggleList("orderedList", "listItem").run(),
    quote: () => chain().toggleBlockquote().run(),
    undo: () => chain().undo().run(),
    redo: () => chain().redo().run(),
    link,
    note,
    table,
    source,
    addRowAfter: () => inTable("addRowAfter"),
    addColumnAfter: () => inTable("addColumnAfter"),
    deleteRow: () => inTable("deleteRow"),
    deleteColumn: () => inTable("deleteColumn"),
    deleteTable: () => inTable("deleteTable"),
  };

  const text = () => coming ?? sources.textOf(editor.state.doc);

  /* Shows a text; with one step back by Ctrl+Z if another was shown before. */
  async function load(wanted) {
    if (!isFirst && wanted === text()) return;
    coming = wanted;
    const nodes = await sources.nodesOf(wanted, true).finally(() => {
      coming = null;
    });
    const { tr, doc, schema } = editor.state;
    tr.replaceWith(0, doc.content.size, schema.topNodeType.createAndFill(null, nodes).content);
    tr.setMeta("addToHistory", !isFirst).setMeta("preventUpdate", true);
    editor.view.dispatch(tr.setSelection(pm.state.Selection.atStart(tr.doc)));
    isFirst = false;
  }

  return {
    element: editor.view.dom,
    load,
    written,
    text,
    mark: (name) => marks[name](),
    insert: async (text) => insertNodes(await sources.nodesOf(text)),
    paragraph: async (text) => insertNodes(await sources.nodesOf(text)),
    write: (wanted) => load(wanted).then(changed),
    /* Puts the cursor into the block where a position of the text is. */
    goTo(_line, start) {
      const at = sources.positionOf(editor.state.doc, start);
      editor.chain().setTextSelection(at).focus().scrollIntoView().run();
    },
    /* Whether HTML of the clipboard is from a view like this, which reads it best itself. */
    isOwn: (html) => html.includes("data-pm-slice"),
  };
}
