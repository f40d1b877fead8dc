/* Shows how often an article and the portal are read. The constants WORDS, SITE, FIGURES and NUMBERS (the language of
   numbers) are defined before it. Without figures there is no box. */
(async () => {
  const place = document.querySelector(".visits-box");
  async function load(address) {
    const response = await fetch(address);
    return response.status === 200 ? response.json() : null;
  }
  let article, site;
  try {
    article = await load(FIGURES[0] === "." ? location.pathname.replace(/\.html$/, FIGURES) : FIGURES);
    if (!article) return; // nobody has read it yet
    site = await load(`/${SITE}`);
    if (!site) return;
  } catch {
    return;
  }
  const rows = [
    [WORDS.article_today, article.today || 0],
    [WORDS.article, article.views],
    [WORDS.site_today, site.today.visits],
    [WORDS.site, site.total.visits],
  ];
  const head = document.createElement("h2"),
    list = document.createElement("dl"),
    section = document.createElement("section");
  head.className = "head";
  head.id = "visits";
  head.textContent = WORDS.head;
  list.className = "counts";
  for (const [name, number] of rows) {
    const row = document.createElement("div");
    row.innerHTML = "<dt></dt><dd></dd>";
    row.firstChild.textContent = name;
    row.lastChild.textContent = number.toLocaleString(NUMBERS);
    list.append(row);
  }
  section.setAttribute("aria-labelledby", head.id);
  section.append(head, list);
  place.append(section);
})();
