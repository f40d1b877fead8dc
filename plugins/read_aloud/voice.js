/* On an article without a recording: shows the button if the browser has a voice in the article's language. */
(() => {
  const speech = window.speechSynthesis,
    lang = document.documentElement.lang;
  function showButton() {
    const button = document.querySelector("[data-action=listen]");
    button.parentNode.hidden = !speech.getVoices().some((voice) => voice.lang.slice(0, 2) === lang);
  }
  if (!speech) return;
  if (speech.addEventListener) speech.addEventListener("voiceschanged", showButton);
  showButton();
})();
