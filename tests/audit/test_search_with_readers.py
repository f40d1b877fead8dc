"""Readers search in a loop, with the page's own script in Node, while the portal is published a hundred times.

Each publication changes every article, which says the number of its edition. An answer must be of one edition, each
result must have the word, and what an address gave once it gives for ever.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import environment
from tests import editors, portals
from tests.browser.server import Portal, serving
from tests.incremental import builds

PUBLICATIONS = 100
ARTICLES = 40
PARTS = ("words", "query", "files", "index", "ranking")
SCRIPT = r"""
const { createHash } = require("crypto"), origin = process.argv[2], known = new Map(), wrong = [];
let searches = 0, gone = 0, isOver = false;
process.stdin.on("end", () => { isOver = true; }).resume();
async function fetch(address, options = {}) {
  const response = await globalThis.fetch(origin + address, options),
    data = Buffer.from(await response.arrayBuffer()),
    key = address + (options.headers?.Range || ""),
    digest = createHash("sha256").update(data).digest("hex");
  if (response.ok && address.includes("/chi-muc/")) {
    if (known.has(key) && known.get(key) !== digest) wrong.push(`${key}: two contents`);
    known.set(key, digest);
  }
  const { ok, status, headers } = response;
  const body = data.buffer.slice(data.byteOffset, data.byteOffset + data.length);
  return { ok, status, headers, body: null, text: async () => data.toString(), arrayBuffer: async () => body };
}
async function readSettings() {
  const page = await (await fetch("/tim-kiem/")).text();
  return JSON.parse(page.match(/data-settings="([^"]*)"/)[1].replace(/&#34;/g, '"').replace(/&amp;/g, "&"));
}
let SETTINGS, RULES, SYNONYMS, NAMES, MONTHS;
readSettings().then(async (settings) => {
  [SETTINGS, RULES, SYNONYMS, NAMES] = [settings, settings.rules, settings.synonyms, settings.names];
  MONTHS = settings.months;
  %s
  while (!isOver) {
    const index = Index(await readSettings());
    for (const [words, sort] of [["chợ phiên", ""], ["chợ phiên", "desc"], ['"phiên vùng cao"', ""]]) {
      const query = { terms: parseTerms(words), filters: [], langs: ["vi"], year: "", sort };
      try {
        const { together, others, count } = await findArticles(index, query), editions = new Set();
        for (const id of [...together, ...others].slice(0, 10)) {
          const [title, , , , , start, size, first] = await index.card(id),
            text = size ? await index.text(id, start, size) : first;
          if (!/chợ phiên vùng cao/i.test(text)) wrong.push(`${words}: ${title} lacks it`);
          editions.add(title.match(/bản (\d+)/)[1]).add(text.match(/bản (\d+)/)[1]);
        }
        if (count !== %d) wrong.push(`${words}: ${count} articles`);
        if (editions.size !== 1) wrong.push(`${words}: editions ${[...editions]}`);
        searches++;
      } catch (error) {
        if (!(error instanceof GoneError)) throw error;
        gone++;
      }
    }
  }
  console.log(JSON.stringify({ searches, gone, addresses: known.size, wrong: wrong.slice(0, 20) }));
});
"""


def write_edition(content: Path, number: int) -> None:
    """Write all articles anew."""
    for article in range(ARTICLES):
        header = {
            "title": f"Tin {article} bản {number}",
            "slug": f"tin-{article}",
            "date": f"2026-03-{1 + article % 28:02}",
        }
        editors.write_article(content, f"tin-{article}.md", f"Chợ phiên vùng cao, bản {number}. " * 20, **header)


def test_answers_are_of_one_edition_while_the_portal_is_published(tmp_path: Path) -> None:
    content, output = editors.write_small_content(tmp_path / "content"), tmp_path / "output"
    script = "\n".join((portals.ROOT / f"plugins/search/script/{part}.js").read_text("utf-8") for part in PARTS)
    (tmp_path / "reader.js").write_text(SCRIPT % (script, ARTICLES), "utf-8")
    settings: dict[str, Any] = {"SEARCH_INDEX": True, "RELEASES": 5, "KEPT_BUILDS": 5, "BOUNDARY_MAP": {}}

    def publish(number: int) -> None:
        write_edition(content, number)
        built = builds.build(output, content, tmp_path / "cache", **settings)
        assert built.status == 0, built.complaints

    publish(0)
    with serving(Portal(output)) as portal:
        command = [environment.node(), tmp_path / "reader.js", portal.address]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        readers = [subprocess.Popen(command, **pipes) for _ in range(2)]
        for number in range(1, PUBLICATIONS + 1):
            publish(number)
        answers = [json.loads(reader.communicate("", timeout=portals.PATIENCE)[0]) for reader in readers]
    for answer in answers:
        # a page five publications old, some seconds here, has to be read anew (GoneError); nobody gets a wrong answer
        assert not answer["wrong"] and answer["gone"] < answer["searches"] / 50 and answer["searches"] > PUBLICATIONS
