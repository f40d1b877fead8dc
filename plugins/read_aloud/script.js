if (document.querySelector("[data-do=listen]")) display.button("listen", (event) => display.load(event.currentTarget.dataset.player));
