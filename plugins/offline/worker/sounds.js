/* Recordings that a reader has downloaded. A browser asks for parts of them. */
const checked = new Map(); // what the server has said of each, by path

async function sound(request, path) {
  const kept = await get("saved", path);
  if (!kept) return fetch(request);
  if (!checked.has(path)) checked.set(path, inTime(fetch(path, { method: "HEAD" }).catch(() => undefined)));
  const ofServer = await checked.get(path);
  if (!ofServer) checked.delete(path); // no line: asked again for the next part
  return isOther(ofServer, kept) ? fetch(request) : part(kept, request.headers.get("range"));
}
/* Whether the server has another recording than the kept one, or none any more. */
function isOther(ofServer, kept) {
  if (!ofServer) return false;
  const isSame = ["etag", "last-modified"].every((name) => ofServer.headers.get(name) === kept.headers.get(name));
  return !(ofServer.ok && isSame);
}
/* The part of a recording that is asked for: https://www.rfc-editor.org/rfc/rfc9110#name-range-requests */
async function part(kept, range) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range || ""),
    body = await kept.blob(),
    { size } = body;
  if (!asked || !(asked[1] || asked[2])) return new Response(body, { headers: kept.headers });
  const start = asked[1] ? Number(asked[1]) : Math.max(0, size - asked[2]),
    end = asked[1] && asked[2] ? Math.min(size, Number(asked[2]) + 1) : size;
  if (start >= end) return new Response(null, { status: 416, headers: { "content-range": `bytes */${size}` } });
  const headers = new Headers(kept.headers);
  headers.set("content-range", `bytes ${start}-${end - 1}/${size}`);
  headers.set("content-length", end - start);
  return new Response(body.slice(start, end), { status: 206, headers });
}
