/* Plays the recording. Calls `onChange` when another sentence is read, and when it plays, pauses or ends. A place that is
   chosen before the browser knows how long the recording is waits in `pending`: Safari would forget it. */
class Recording {
  constructor(address, cues, onChange) {
    this.cues = cues;
    this.at = 0;
    this.onChange = onChange;
    this.pending = null;
    this.audio = new Audio();
    this.audio.preload = "auto";
    this.audio.src = address;
    for (const name of ["loadedmetadata", "canplay"]) this.audio.addEventListener(name, () => this.arrive());
    for (const name of ["play", "pause", "seeked", "ended", "timeupdate", "durationchange", "error"]) {
      this.audio.addEventListener(name, () => this.update());
    }
  }
  get texts() {
    return this.cues.map((cue) => cue.text);
  }
  get playing() {
    return !this.audio.paused;
  }
  get failed() {
    return !!this.audio.error;
  }
  get ended() {
    return this.audio.ended;
  }
  get length() {
    return this.cues[this.cues.length - 1].end;
  }
  get time() {
    return this.pending === null ? this.audio.currentTime : this.pending;
  }
  set time(seconds) {
    this.pending = Math.min(Math.max(0, seconds), this.length - 0.1);
    this.arrive();
  }
  /* Go to the place that was chosen, as soon as that can be done. */
  arrive() {
    if (this.pending !== null && this.audio.readyState && this.audio.seekable.length) {
      this.audio.currentTime = this.pending;
      this.pending = null;
    }
    this.update();
  }
  get arriving() {
    return this.pending !== null;
  }
  /* How much of the sentence has been read, from 0 to 1. */
  get share() {
    const cue = this.cues[this.at];
    return Math.min(1, Math.max(0, (this.time - cue.start) / (cue.end - cue.start)));
  }
  get rate() {
    return this.audio.playbackRate;
  }
  set rate(rate) {
    this.audio.playbackRate = rate;
    this.update();
  }
  play() {
    return this.audio.play();
  }
  pause() {
    this.audio.pause();
  }
  /* Read from the start of a sentence; 10 ms later, because a browser may seek to just before it. */
  go(sentence) {
    this.time = this.cues[sentence].start + 0.01;
  }
  /* Find the sentence that is read now, and schedule the next update for the start of the next one. */
  update() {
    const time = this.time;
    let at = 0;
    while (at + 1 < this.cues.length && this.cues[at + 1].start <= time) at++;
    this.at = at;
    clearTimeout(this.timer);
    if (this.playing && at + 1 < this.cues.length) {
      this.timer = setTimeout(() => this.update(), Math.max(20, ((this.cues[at + 1].start - time) / this.rate) * 1000));
    }
    this.onChange();
  }
}

/* Parse a WebVTT file as the portal writes it (read_aloud/recordings.py). */
function parseCues(text) {
  const seconds = (time) => time.split(":").reduce((sum, part) => sum * 60 + parseFloat(part), 0);
  return text
    .trim()
    .split(/\n\n+/)
    .slice(1)
    .map((block) => {
      const [, times, ...lines] = block.split("\n");
      const [start, end] = times.split(" --> ").map(seconds);
      return { start, end, text: lines.join(" ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&") };
    });
}
