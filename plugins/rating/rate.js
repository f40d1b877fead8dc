/* Says how an article was rated, and sends a vote without leaving the page. WORDS, VOTE, FIGURES and NUMBERS (the language of numbers) come before. */
(() => {
  const form = document.querySelector(`form[action^="/${VOTE}?"]`), told = form.querySelector("output");
  async function show() {
    let figures = { votes: 0 };
    try {
      const answer = await fetch(FIGURES[0] === "." ? location.pathname.replace(/\.html$/, FIGURES) : FIGURES);
      if (answer.status !== 204 && answer.status !== 404) { // else nobody has read it yet
        if (!answer.ok) return;
        figures = await answer.json();
      }
    } catch { return; } // the figures are not needed to vote
    const say = figures.votes ? figures.votes === 1 ? WORDS.one : WORDS.some : WORDS.none;
    if (!told.textContent) told.textContent = say
      .replace("{average}", Number(figures.average).toLocaleString(NUMBERS, { maximumFractionDigits: 1 }))
      .replace("{count}", figures.votes.toLocaleString(NUMBERS));
  }
  async function vote(grade) {
    try {
      const answer = await fetch(`${form.action}&diem=${grade}`, { method: "POST" });
      return answer.ok ? WORDS.thanks : answer.status === 429 ? WORDS.many : WORDS.failed;
    } catch { return WORDS.failed; }
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = await vote(form.querySelector(":checked").value);
    told.textContent = "";
    setTimeout(() => { told.textContent = words; }, 50); // else the same words twice are told once
  });
  show();
})();
