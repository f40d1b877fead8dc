/* Shows how an article was rated, and sends a vote without leaving the page. The constants WORDS, VOTE, FIGURES and
   NUMBERS (the language of numbers) are defined before it. */
(() => {
  const form = document.querySelector(`form[action^="/${VOTE}?"]`),
    output = form.querySelector("output");
  async function showRating() {
    let figures = { votes: 0 };
    try {
      const response = await fetch(FIGURES[0] === "." ? location.pathname.replace(/\.html$/, FIGURES) : FIGURES);
      if (response.status !== 204 && response.status !== 404) {
        // otherwise nobody has read it yet
        if (!response.ok) return;
        figures = await response.json();
      }
    } catch {
      return;
    } // voting does not need the figures
    const text = figures.votes ? (figures.votes === 1 ? WORDS.one : WORDS.some) : WORDS.none;
    if (!output.textContent)
      output.textContent = text
        .replace("{average}", Number(figures.average).toLocaleString(NUMBERS, { maximumFractionDigits: 1 }))
        .replace("{count}", figures.votes.toLocaleString(NUMBERS));
  }
  async function vote(grade) {
    try {
      const response = await fetch(`${form.action}&diem=${grade}`, { method: "POST" });
      return response.ok ? WORDS.thanks : response.status === 429 ? WORDS.many : WORDS.failed;
    } catch {
      return WORDS.failed;
    }
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = await vote(form.querySelector(":checked").value);
    output.textContent = "";
    setTimeout(() => {
      output.textContent = text;
    }, 50); // the same text twice would be announced only once
  });
  showRating();
})();
