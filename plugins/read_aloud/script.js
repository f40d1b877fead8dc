if (document.querySelector("[data-do=listen]")) display.button("listen", function (event) {
  display.load(event.currentTarget.dataset.player);
});
