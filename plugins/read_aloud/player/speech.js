/* Reads with the browser's speech synthesis an article that has no recording. Works around its bugs: an utterance is at
   most one sentence, because some voices stop after 15 seconds; pausing cancels and remembers the sentence, because on
   Android pause() cancels and a paused voice may never resume; events of a cancelled utterance are ignored. */
class Speech {
  constructor(texts, voice, onChange) {
    Object.assign(this, {
      texts,
      voice,
      onChange,
      at: 0,
      playing: false,
      ended: false,
      failed: false,
      speed: 1,
      turn: 0,
      said: 0, // letters of the sentence
      arriving: false,
    });
  }
  get length() {
    return this.texts.length;
  }
  get time() {
    return this.at;
  }
  set time(sentence) {
    this.go(Math.round(Math.min(sentence, this.length - 1)));
  }
  get share() {
    return this.said / this.texts[this.at].length;
  }
  get rate() {
    return this.speed;
  }
  set rate(rate) {
    this.speed = rate;
    if (this.playing) this.play();
  }
  play() {
    this.playing = true;
    this.ended = false;
    this.read();
    return Promise.resolve();
  }
  pause() {
    this.turn++;
    this.playing = false;
    speechSynthesis.cancel();
    this.onChange();
  }
  go(sentence) {
    this.at = sentence;
    this.said = 0;
    if (this.playing) this.read();
    else this.onChange();
  }
  read() {
    const turn = ++this.turn,
      parts = this.texts[this.at].match(/.{1,180}(?:[\s,;:]|$)|.{1,180}/g) || [];
    speechSynthesis.cancel();
    let done = 0;
    const next = () => {
      if (turn !== this.turn) return;
      const part = parts.shift();
      this.said = done;
      if (part) {
        done += part.length;
        if (this.said) this.onChange();
        return this.say(part, next, turn);
      }
      if (this.at + 1 < this.length) {
        this.at++;
        this.read();
      } else {
        this.playing = false;
        this.ended = true;
        this.onChange();
      }
    };
    this.onChange();
    next();
  }
  say(part, next, turn) {
    const utterance = new SpeechSynthesisUtterance(part);
    this.utterance = utterance; // Chrome collects an utterance without a reference
    utterance.voice = this.voice;
    utterance.lang = this.voice.lang;
    utterance.rate = this.speed;
    utterance.onend = next;
    utterance.onerror = () => {
      if (turn === this.turn) {
        this.failed = true;
        this.pause();
      }
    };
    speechSynthesis.speak(utterance);
  }
}

/* The sentences of the page. */
function pageSentences() {
  const found = [];
  const segmenter =
    window.Intl && Intl.Segmenter && new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" });
  for (const block of document.querySelectorAll(
    "article h1, article .lead, .body :is(p, li, h2, h3, h4, h5, h6, figcaption, caption, dt, dd, td, th)",
  )) {
    if (block.querySelector("p, ul, ol, dl")) continue;
    const copy = block.cloneNode(true);
    for (const silent of copy.querySelectorAll(SILENT)) silent.remove();
    const text = copy.textContent.replace(/\s+/g, " ").trim();
    const parts = segmenter
      ? Array.from(segmenter.segment(text), (part) => part.segment)
      : text.match(/.+?(?:[.!?…]+(?=\s)|$)/g) || [];
    found.push(...parts.map((part) => part.trim()).filter((part) => /[\p{L}\p{N}]/u.test(part)));
  }
  return found;
}
