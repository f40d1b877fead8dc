if (document.querySelector("[data-action=listen]"))
  display.button("listen", (event) => display.loadScript(event.currentTarget.dataset.player));
