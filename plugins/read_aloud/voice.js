/* On an article without a recording: show the button where the browser has a voice of the article's language. */
(() => {
  const speech = window.speechSynthesis, lang = document.documentElement.lang;
  function look() {
    document.querySelector("[data-do=listen]").parentNode.hidden = !speech.getVoices().some((voice) => voice.lang.slice(0, 2) === lang);
  }
  if (!speech) return;
  if (speech.addEventListener) speech.addEventListener("voiceschanged", look);
  look();
})();
