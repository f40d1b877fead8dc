/* Finds the sentences of the cues on the page and wraps each in spans, once the user has started to listen. The first
   span gets the cue's id. A cue has the text of the page letter by letter; spaces do not count. */
const SILENT = "[role=doc-noteref], [role=doc-backlink], del, s, rt, rp";
const READ = "article h1, article .rail, article .lead, article .body";

/* All text that is read, without spaces, with its text nodes and the offset at which each starts. */
function readableText() {
  const nodes = [],
    starts = [];
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

/* For each sentence, the ranges of text nodes that it consists of: [node, start, end]. */
function sentenceRanges(texts) {
  const { nodes, starts, text } = readableText();
  let from = 0,
    node = 0;
  return texts.map((sentence) => {
    const wanted = sentence.replace(/\s/g, "");
    const at = text.indexOf(wanted, from);
    if (at < 0 || !wanted) return [];
    const end = at + wanted.length,
      found = [];
    from = end;
    while (node + 1 < nodes.length && starts[node + 1] <= at) node++;
    for (let n = node; n < nodes.length && starts[n] < end; n++) {
      const data = nodes[n].data;
      const first = offset(data, Math.max(0, at - starts[n])),
        last = offset(data, end - starts[n] - 1) + 1;
      if (data.slice(first, last).trim()) found.push([nodes[n], first, last]);
    }
    return found;
  });
}

/* The offset of the count-th letter of a text that is not a space. */
function offset(data, count) {
  for (let at = 0; at < data.length; at++) if (!/\s/.test(data[at]) && count-- === 0) return at;
  return data.length - 1;
}

/* Wrap every sentence and return its spans. Goes from the last to the first, so that offsets stay valid. */
function wrapSentences(texts) {
  const all = sentenceRanges(texts),
    spans = all.map(() => []);
  for (let n = all.length - 1; n >= 0; n--) {
    for (const [node, first, last] of all[n].reverse()) {
      const range = document.createRange(),
        span = document.createElement("span");
      range.setStart(node, first);
      range.setEnd(node, last);
      span.className = "sentence";
      span.dataset.sentence = n;
      range.surroundContents(span);
      spans[n].unshift(span);
    }
    if (spans[n].length) spans[n][0].id = `cau-${n + 1}`;
  }
  return spans;
}

/* Highlight the spans of one sentence; [] removes the highlight. */
function markSentence(spans) {
  if (window.CSS && CSS.highlights) {
    CSS.highlights.delete("reading");
    if (!spans.length) return;
    const range = new Range();
    range.setStartBefore(spans[0]);
    range.setEndAfter(spans[spans.length - 1]);
    CSS.highlights.set("reading", new Highlight(range));
  } else {
    for (const span of document.querySelectorAll(".reading")) span.classList.remove("reading");
    for (const span of spans) span.classList.add("reading");
  }
}
