/* Reads parts of files by HTTP ranges (RFC 9110, 14). Parts that are asked for at once come by one request, as
   multipart/byteranges; from a server that sends no such answer, by one request each. A server that knows no ranges
   shows it by its first answer, which is broken off: from then on files are read by the pieces in which they are
   published too, or whole if there are none. Files never change: their names are those of their content. */
const NEAR = 512; // bytes between two parts up to which they are read as one
let sendsSeveral = true, // whether the server answers with several parts
  knowsRanges = true;

class GoneError extends Error {}

class PartialFile {
  constructor(address) {
    this.address = address;
    this.whole = null;
    this.parts = new Map(); // what was asked for, by start and size
    this.waiting = [];
    this.pieces = {}; // by number
  }

  /* The bytes of a part. */
  read(start, size) {
    if (!size) return Promise.resolve(new Uint8Array());
    const key = `${start} ${size}`;
    if (!this.parts.has(key)) {
      const part = new Promise((resolve, reject) => {
        if (!this.waiting.length) setTimeout(() => this.fetchWaiting());
        this.waiting.push({ start, end: start + size, resolve, reject });
      });
      part.catch(() => this.parts.delete(key));
      this.parts.set(key, part);
    }
    return this.parts.get(key);
  }

  async fetchWaiting() {
    const waiting = this.waiting.sort((a, b) => a.start - b.start),
      runs = [];
    this.waiting = [];
    for (const part of waiting) {
      const last = runs[runs.length - 1];
      if (last && part.start <= last.end + NEAR) last.end = Math.max(last.end, part.end);
      else runs.push({ start: part.start, end: part.end });
    }
    try {
      await this.fetchRuns(runs);
      for (const { start, end, resolve } of waiting) {
        const run = runs.find((each) => each.start <= start && end <= each.end);
        resolve(
          (this.whole || run.data).subarray(start - (this.whole ? 0 : run.start), end - (this.whole ? 0 : run.start)),
        );
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }

  /* Set the data of each run, or that of the whole file. */
  async fetchRuns(runs) {
    if (this.whole) return;
    if (runs.length > 1 && sendsSeveral && knowsRanges) {
      const response = await this.request(runs),
        type = response.headers.get("Content-Type") || "";
      if (response.status === 206 && type.startsWith("multipart/byteranges")) {
        readMultipart(await bytesOf(response), runs);
        if (runs.every((run) => run.data)) return;
      }
      sendsSeveral = false;
      if (response.body && !response.bodyUsed) response.body.cancel();
    }
    await Promise.all(runs.map((run) => (knowsRanges ? this.fetchRun(run) : this.fetchPieces(run))));
  }

  async fetchRun(run) {
    const response = await this.request([run]);
    if (response.status !== 206 && SETTINGS.piece) {
      knowsRanges = false;
      response.body.cancel();
      await this.fetchPieces(run);
    } else {
      const data = await bytesOf(response);
      if (response.status === 206) run.data = data;
      else this.whole = data;
    }
  }

  /* Set the data of a run from the pieces of the file that it touches. */
  async fetchPieces(run) {
    const size = SETTINGS.piece,
      first = Math.floor(run.start / size),
      last = Math.floor((run.end - 1) / size),
      numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i),
      pieces = await Promise.all(numbers.map((number) => this.piece(number))),
      data = new Uint8Array(pieces.length * size);
    for (const [i, piece] of pieces.entries()) data.set(piece, i * size);
    run.data = data.subarray(run.start - first * size, run.end - first * size);
  }
  piece(number) {
    this.pieces[number] = this.pieces[number] || fetchFile(`${this.address}.${number}`);
    this.pieces[number].catch(() => delete this.pieces[number]);
    return this.pieces[number];
  }

  async request(runs) {
    const ranges = runs.map(({ start, end }) => `${start}-${end - 1}`).join(",");
    return request(this.address, { headers: { Range: `bytes=${ranges}` } });
  }
}

async function request(address, options) {
  const response = await fetch(address, options);
  if (response.status === 404 || response.status === 410) throw new GoneError(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}
const bytesOf = async (response) => new Uint8Array(await response.arrayBuffer());
const fetchFile = async (address) => bytesOf(await request(address));

/* Take the parts out of an answer with several: each has lines with its range, an empty line, its bytes. */
function readMultipart(bytes, runs) {
  for (let at = 0; at < bytes.length; ) {
    const head = String.fromCharCode(...bytes.subarray(at, at + 400)),
      end = head.indexOf("\r\n\r\n"),
      range = head.slice(0, end).match(/content-range: *bytes (\d+)-(\d+)/i);
    if (end < 0 || !range) return;
    const [start, stop] = [Number(range[1]), Number(range[2]) + 1],
      run = runs.find((each) => each.start === start && each.end === stop);
    at += end + 4;
    if (run) run.data = bytes.subarray(at, at + stop - start);
    at += stop - start;
  }
}
