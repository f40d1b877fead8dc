/* The list of articles: a new one is created, a deleted one brought back, an address that ends is answered for. */
import { ADDRESS, complain, send } from "./common.js";

async function go(address, values, problem) {
  const said = await send(address, values);
  if (said.status === 200) location.href = said.address;
  else complain(document.getElementById(problem), said.message || String(said.status));
}

document.getElementById("new")?.addEventListener("submit", (event) => {
  event.preventDefault();
  go(`${ADDRESS}/moi/`, { title: document.getElementById("new-title").value }, "new-problem");
});
for (const button of document.querySelectorAll("[data-restore]"))
  button.addEventListener("click", () => go(`${ADDRESS}/lay-lai/${button.dataset.restore}`, {}, "restore-problem"));
for (const button of document.querySelectorAll("[data-address] button"))
  button.addEventListener("click", () => {
    const { address } = button.closest("[data-address]").dataset;
    const to = document.getElementById(button.dataset.to);
    if (to && !to.value) to.focus();
    else
      go(`${ADDRESS}/dia-chi/`, { address, old: button.dataset.old || "keep", to: to?.value || "" }, "ended-problem");
  });
