/* Where the sentences stand on the page. Each gets its cue's id there, in spans that are put in once, when the
   reader has asked to listen. A cue has the text letter for letter; spaces do not count. */
const SILENT = "[role=doc-noteref], [role=doc-backlink], del, s, rt, rp";
const READ = "article .top, article .rail, article .sapo, article .body";

/* All text that can be read, without spaces, and for each of its letters the node and the place in it. */
function letters() {
  const nodes = [], starts = [];
  let text = "";
  for (const part of document.querySelectorAll(READ)) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(SILENT)) continue;
      nodes.push(node);
      starts.push(text.length);
      text += node.data.replace(/\s/g, "");
    }
  }
  return { nodes, starts, text };
}

/* For each sentence the pieces of text that it is made of: [node, from, to]. */
function pieces(texts) {
  const { nodes, starts, text } = letters();
  let from = 0, node = 0;
  return texts.map((sentence) => {
    const wanted = sentence.replace(/\s/g, "");
    const at = text.indexOf(wanted, from);
    if (at < 0 || !wanted) return [];
    const end = (from = at + wanted.length), found = [];
    while (node + 1 < nodes.length && starts[node + 1] <= at) node++;
    for (let n = node; n < nodes.length && starts[n] < end; n++) {
      const data = nodes[n].data;
      const first = place(data, Math.max(0, at - starts[n])), last = place(data, end - starts[n] - 1) + 1;
      if (data.slice(first, last).trim()) found.push([nodes[n], first, last]);
    }
    return found;
  });
}

/* Where the count-th letter that is no space stands in a text. */
function place(data, count) {
  for (let at = 0; at < data.length; at++) if (!/\s/.test(data[at]) && count-- === 0) return at;
  return data.length - 1;
}

/* Wrap every sentence; the spans of each. From the last to the first, so that places in text stay right. */
function wrap(texts) {
  const all = pieces(texts), spans = all.map(() => []);
  for (let n = all.length - 1; n >= 0; n--) {
    for (const [node, first, last] of all[n].reverse()) {
      const range = document.createRange(), span = document.createElement("span");
      range.setStart(node, first);
      range.setEnd(node, last);
      span.className = "cau";
      span.dataset.cau = n;
      range.surroundContents(span);
      spans[n].unshift(span);
    }
    if (spans[n].length) spans[n][0].id = "cau-" + (n + 1);
  }
  return spans;
}

/* Mark one sentence, or none. */
function mark(spans) {
  if (window.CSS && CSS.highlights) {
    CSS.highlights.delete("dang-doc");
    if (!spans.length) return;
    const range = new Range();
    range.setStartBefore(spans[0]);
    range.setEndAfter(spans[spans.length - 1]);
    CSS.highlights.set("dang-doc", new Highlight(range));
  } else {
    for (const span of document.querySelectorAll(".dang-doc")) span.classList.remove("dang-doc");
    for (const span of spans) span.classList.add("dang-doc");
  }
}
