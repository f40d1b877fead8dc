display.button("listen", (event) => display.loadScript(event.currentTarget.dataset.player));
