/* The player comes when it is asked for; a module that is there already is not fetched or run again. */
if (document.querySelector("[data-do=listen]")) display.button("listen", function (event) {
  var player = document.createElement("script");
  player.type = "module";
  player.src = event.currentTarget.dataset.player;
  document.head.append(player);
});
