/* Has an article shown to whoever signs it, and notes what they say. */
import { ADDRESS, complain, send } from "./common.js";

/* article: its path, save(), and leave(address); failed: what is said where the desk does not answer. */
export function reviewing(article, failed) {
  const problem = document.getElementById("review-problem");
  if (!problem) return;

  async function act(what, values) {
    const said = await send(`${ADDRESS}/${what}/${article.path}`, values);
    if (said.status === 200) article.leave(said.address);
    else complain(problem, said.message || failed);
  }

  document.getElementById("ask-review").addEventListener("click", async () => {
    if (await article.save()) act("trinh", {});
  });
  for (const button of document.querySelectorAll("[data-verdict]"))
    button.addEventListener("click", () =>
      act("tra-loi", {
        verdict: button.dataset.verdict,
        name: document.getElementById("answer-name").value,
        note: document.getElementById("answer-note").value,
      }),
    );
}
