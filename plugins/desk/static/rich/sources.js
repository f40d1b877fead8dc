/* What stands in the file for each block of the rich-text view. A block that nobody has touched is the very node that
   was made when the file was opened, so what stands for it stays, letter for letter; for others the desk writes it. */
import { pm } from "../../rich-text/editor.js";
import { ADDRESS, post } from "../common.js";

const ask = async (address, question) => {
  const answer = await post(`${ADDRESS}/${address}/`, JSON.stringify(question));
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

/* schema: of the view. */
export function sourcesOf(schema) {
  const parser = pm.model.DOMParser.fromSchema(schema);
  const serializer = pm.model.DOMSerializer.fromSchema(schema);
  const written = new WeakMap(); // what stands in the file, by node
  const known = new Map(); // the same by what a node says, for one that an undo has put together again
  const texts = new WeakMap(); // of documents that were written, with the blocks that are read otherwise than shown
  let file = { text: "", lead: "", count: 0 }; // as it was read last

  const parsed = (html) => {
    const holder = document.implementation.createHTMLDocument("").body; // in which nothing is loaded
    holder.innerHTML = html;
    return holder;
  };

  const htmlOf = (node) => {
    const holder = parsed("");
    holder.append(serializer.serializeNode(node, { document: holder.ownerDocument }));
    return holder.innerHTML;
  };

  const key = (node) => JSON.stringify(node);

  const remember = (node, entry) => {
    written.set(node, entry);
    known.set(key(node), entry);
  };

  const entryOf = (node) => {
    if (!written.has(node) && known.has(key(node))) written.set(node, known.get(key(node)));
    return written.get(node);
  };

  const isEmpty = (node) => node.type.name === "paragraph" && !node.childCount;

  /* The nodes of a text. Those that would lose something are blocks that cannot be changed. */
  async function nodesOf(text, isFile = false) {
    const { lead, blocks } = await ask("khoi", text);
    const nodes = blocks.map(({ html, isKept }) => {
      const content = isKept ? parser.parse(parsed(html)).content : null;
      return content?.childCount === 1 ? content.firstChild : null;
    });
    const areSame = await ask(
      "giu",
      blocks.map(({ html }, number) => [html, nodes[number] ? htmlOf(nodes[number]) : ""]),
    );
    if (isFile) file = { text, lead, count: blocks.length };
    return blocks.map(({ source, gap, html }, number) => {
      const node = nodes[number] && areSame[number] ? nodes[number] : schema.nodes.source.create({ source, html });
      remember(node, { source, gap, number, file: isFile ? file : null });
      return node;
    });
  }

  /* Each block of a document: { source, gap, number } with its number in the file, or { html } if it is new. */
  const parts = (doc) =>
    doc.content.content.map((node) => {
      const entry = entryOf(node);
      if (entry) return { source: entry.source, gap: entry.gap, number: entry.file === file ? entry.number : null };
      if (isEmpty(node)) return { source: "", gap: "" };
      if (node.type.name === "source") return { source: node.attrs.source, gap: "" };
      return { html: htmlOf(node) };
    });

  function isFile(all) {
    const shown = all.filter(({ source }) => source !== ""); // an empty line at the end is nothing
    return shown.length === file.count && shown.every(({ number }, index) => number === index);
  }

  /* The text of a document; as long as blocks are not written they are HTML, which the portal reads too. */
  function textOf(doc) {
    if (texts.has(doc)) return texts.get(doc).text;
    const all = parts(doc);
    if (isFile(all)) return file.text;
    const shown = all.map(({ source, html }) => source ?? html).filter((text) => text);
    return `${shown.join("\n\n")}\n`;
  }

  /* Have a document be written. */
  async function write(doc) {
    const all = parts(doc);
    const { sources, text, otherwise } = await ask("viet", { lead: file.lead, parts: all });
    sources.forEach((source, number) => {
      if (all[number].html !== undefined) remember(doc.child(number), { source, gap: "", number: null, file: null });
    });
    texts.set(doc, { text, otherwise });
  }

  /* Where in a document the block is to which a position of its text belongs. */
  function positionOf(doc, start) {
    let [at, left] = [0, start - file.lead.length];
    for (const { source = "", gap = "" } of parts(doc)) {
      left -= source.length + gap.length;
      if (left < 0) break;
      at++;
    }
    const before = doc.content.content.slice(0, at);
    return before.reduce((sum, node) => sum + node.nodeSize, 0) + 1;
  }

  return {
    nodesOf,
    positionOf,
    sourceOf: (node) => parts({ content: { content: [node] } })[0].source ?? "",
    textOf,
    write,
    /* Nodes to be put in at the cursor: paragraphs at both ends go on with what is there. */
    sliceOf(nodes) {
      const [first, last] = [nodes[0], nodes[nodes.length - 1]].map((node) => Number(node?.type.name === "paragraph"));
      return new pm.model.Slice(pm.model.Fragment.from(nodes), first, last);
    },
    /* The numbers of blocks that the portal will read otherwise than they are shown. */
    otherwise: (doc) => texts.get(doc)?.otherwise ?? [],
    isWritten: (doc) => texts.has(doc) || isFile(parts(doc)),
  };
}
