/* Keeps the newest pages of a language before they are asked for, unless the line is dear. */
const running = {};

function isDear() {
  const line = navigator.connection; // not in Firefox and Safari
  return Boolean(line && (line.saveData || /2g/.test(line.effectiveType)));
}
/* Returns when all is kept.
   path: of the page that asks; the first one was loaded before there was a worker.
   version: of the plan that the page knows (see plan.py). */
function sync(lang, path, version) {
  running[lang] = running[lang] || follow(lang, path, version).finally(() => delete running[lang]);
  return running[lang];
}
async function follow(lang, path, version) {
  const { saved, plan: address } = SITE.languages[lang],
    name = `ahead ${lang}`;
  if (!(await get("files", saved))) await keepFallback(saved);
  if (!(await get("read", path))) await visited(path, await ask(path, { cache: "no-cache" }));
  await trim();
  if (isDear() || (await planOf(lang)).version === version) return;
  const answer = await ask(address, { cache: "no-cache" });
  if (!answer.ok) return;
  const plan = await answer.clone().json();
  for (const each of plan.gone) await forget(each);
  const pictures = await keepPages(name, plan.pages);
  if (!pictures) return;
  for (const each of plan.files) {
    await fetchInto("files", each, { cache: "no-cache" });
    const kept = await get("files", each);
    if (kept && each.endsWith(".js")) await keepFiles(await kept.text());
  }
  await keepFallback(saved);
  const wanted = new Set([...pictures, ...plan.pages.map(([each]) => each)]);
  for (const entry of await entries(name)) if (!wanted.has(entry.path)) await forget(entry.path, [name]);
  await put(name, address, answer);
  await sweepFiles();
  await trim();
}
/* The page that says that the line is gone: the one thing that is kept ahead on any line. */
async function keepFallback(path) {
  const answer = await ask(path, { cache: "no-cache" });
  if (answer.ok) await keepPage("files", path, answer);
}
/* Keep pages that have changed; return the pictures of all, or undefined if the line has become dear meanwhile. */
async function keepPages(name, pages) {
  const pictures = [];
  for (const [path, version] of pages) {
    const kept = await get(name, path);
    if (!kept || kept.headers.get(VERSION) !== version) {
      if (isDear()) return undefined;
      const answer = await ask(path, { cache: "no-cache" });
      if (answer.ok) await keepPage(name, path, answer, { [VERSION]: version }, 1);
    }
    const now = await get(name, path);
    if (now) pictures.push(...smallestPictures(await now.text()).slice(0, 1));
  }
  return pictures;
}
