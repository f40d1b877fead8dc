var listen = document.querySelector("[data-do=listen]"), speech = window.speechSynthesis;
if (listen) {
  listen.addEventListener("click", function () {
    var player = document.createElement("script");
    player.type = "module";
    player.src = listen.dataset.player;
    document.head.append(player);
  }, { once: true });
  if (!listen.dataset.sound && speech) {
    speech.onvoiceschanged = function () {
      listen.parentNode.hidden = !speech.getVoices().some(function (voice) { return voice.lang.slice(0, 2) == root.lang; });
    };
    speech.onvoiceschanged();
  }
}
