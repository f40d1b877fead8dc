/* Fetch the player; until it is there the button shows that it is coming. */
const opener = display.button("listen", () => {
  if (opener.hasAttribute("aria-expanded")) return;
  opener.setAttribute("aria-busy", true);
  display.loadScript(opener.dataset.player, () => {
    opener.removeAttribute("aria-busy");
    display.announce(opener.dataset.failed);
  });
});
