/* The list of articles: a new one is created. */
import { ADDRESS, post } from "./common.js";

document.getElementById("new")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await post(`${ADDRESS}/moi/`, new FormData(event.target));
  const said = await answer.json();
  if (answer.ok) location.href = said.address;
  const problem = document.getElementById("new-problem");
  problem.hidden = answer.ok;
  problem.textContent = said.message || "";
});
