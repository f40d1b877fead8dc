/* Reads from the recording. Reports with `changed` that another sentence is read, or that it plays, rests or ends. */
class Recording {
  constructor(address, cues, changed) {
    this.cues = cues;
    this.at = 0;
    this.changed = changed;
    this.audio = new Audio();
    this.audio.preload = "auto";
    this.audio.src = address;
    for (const name of ["play", "pause", "seeked", "ended", "timeupdate", "durationchange", "error"]) {
      this.audio.addEventListener(name, () => this.look());
    }
  }
  get texts() { return this.cues.map((cue) => cue.text); }
  get playing() { return !this.audio.paused; }
  get failed() { return !!this.audio.error; }
  get ended() { return this.audio.ended; }
  get length() { return this.cues[this.cues.length - 1].end; }
  get time() { return this.audio.currentTime; }
  set time(seconds) { this.audio.currentTime = Math.min(Math.max(0, seconds), this.length - .1); this.look(); }
  get rate() { return this.audio.playbackRate; }
  set rate(rate) { this.audio.playbackRate = rate; this.look(); }
  play() { return this.audio.play(); }
  pause() { this.audio.pause(); }
  /* Read from the start of a sentence. A hundredth later, because a browser may stop just before. */
  go(sentence) { this.time = this.cues[sentence].start + .01; }
  /* Which sentence is read now; look again when the next one begins. */
  look() {
    const time = this.time;
    let at = 0;
    while (at + 1 < this.cues.length && this.cues[at + 1].start <= time) at++;
    this.at = at;
    clearTimeout(this.timer);
    if (this.playing && at + 1 < this.cues.length) {
      this.timer = setTimeout(() => this.look(), Math.max(20, (this.cues[at + 1].start - time) / this.rate * 1000));
    }
    this.changed();
  }
}

/* The cues of a WebVTT file as the portal writes it. */
function cues(text) {
  const clock = (time) => time.split(":").reduce((sum, part) => sum * 60 + parseFloat(part), 0);
  return text.trim().split(/\n\n+/).slice(1).map((block) => {
    const [, times, ...lines] = block.split("\n");
    const [start, end] = times.split(" --> ").map(clock);
    return { start, end, text: lines.join(" ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&") };
  });
}
