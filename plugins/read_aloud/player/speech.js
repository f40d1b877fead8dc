/* Reads with the browser's own voice, where an article has no recording. Around its faults: each utterance is one
   sentence or a part of one (some voices stop after 15 seconds); to rest is to cancel and to remember the sentence
   (on Android pause cancels, and a paused voice may never go on); what was cancelled is not listened to any more. */
class Speech {
  constructor(texts, voice, changed) {
    Object.assign(this, { texts, voice, changed, at: 0, playing: false, ended: false, failed: false, speed: 1, turn: 0 });
  }
  get length() { return this.texts.length; }
  get time() { return this.at; }
  set time(sentence) { this.go(Math.round(Math.min(sentence, this.length - 1))); }
  get rate() { return this.speed; }
  set rate(rate) { this.speed = rate; if (this.playing) this.play(); }
  play() { this.playing = true; this.ended = false; this.read(); return Promise.resolve(); }
  pause() { this.turn++; this.playing = false; speechSynthesis.cancel(); this.changed(); }
  go(sentence) { this.at = sentence; if (this.playing) this.read(); else this.changed(); }
  read() {
    const turn = ++this.turn, parts = this.texts[this.at].match(/.{1,180}(?:[\s,;:]|$)|.{1,180}/g) || [];
    speechSynthesis.cancel();
    const next = () => {
      if (turn !== this.turn) return;
      const part = parts.shift();
      if (part) return this.say(part, next, turn);
      if (this.at + 1 < this.length) { this.at++; this.read(); } else { this.playing = false; this.ended = true; this.changed(); }
    };
    this.changed();
    next();
  }
  say(part, next, turn) {
    const words = (this.words = new SpeechSynthesisUtterance(part)); // kept: Chrome forgets one that nobody holds
    words.voice = this.voice;
    words.lang = this.voice.lang;
    words.rate = this.speed;
    words.onend = next;
    words.onerror = () => { if (turn === this.turn) { this.failed = true; this.pause(); } };
    speechSynthesis.speak(words);
  }
}

/* The sentences of the page, for a browser's voice. */
function sentences() {
  const found = [];
  const segmenter = window.Intl && Intl.Segmenter && new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" });
  for (const block of document.querySelectorAll("article h1, article .sapo, .body :is(p, li, h2, h3, h4, h5, h6, figcaption, caption, dt, dd, td, th)")) {
    if (block.querySelector("p, ul, ol, dl")) continue;
    const copy = block.cloneNode(true);
    for (const silent of copy.querySelectorAll(SILENT)) silent.remove();
    const text = copy.textContent.replace(/\s+/g, " ").trim();
    const parts = segmenter ? Array.from(segmenter.segment(text), (part) => part.segment) : text.match(/.+?(?:[.!?…]+(?=\s)|$)/g) || [];
    found.push(...parts.map((part) => part.trim()).filter((part) => /[\p{L}\p{N}]/u.test(part)));
  }
  return found;
}
