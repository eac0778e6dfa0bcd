// The worker of a kept book. It answers every address of the book from one archive in the browser's store, so that what
// is read together was built together. BUILD, above, is another for every build: the browser then takes the new
// archive beside the old one, and puts it in its place when no page of the old book is open.
const PLACE = self.registration.scope;
const OURS = `kept book ${new URL(PLACE).pathname} `;
const STORE = OURS + BUILD.digest;
const ARCHIVE = new URL('offline.zip', PLACE).href;
let opened; // the archive, once something was asked of it
const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', mjs: 'text/javascript', json: 'application/json',
  svg: 'image/svg+xml', png: 'image/png', woff2: 'font/woff2', csv: 'text/csv; charset=utf-8', txt: 'text/plain; charset=utf-8',
};

async function tell(words) {
  for (const page of await clients.matchAll({ includeUncontrolled: true })) page.postMessage({ place: PLACE, ...words });
}

// ---- the archive

async function directory(zip) {
  const end = new DataView(await zip.slice(-22).arrayBuffer());
  const start = end.getUint32(16, true);
  return zip.slice(start, start + end.getUint32(12, true)).arrayBuffer();
}

/** Where each file lies: name, without the folder that all are in -> [start, length]. */
function listed(buffer) {
  const view = new DataView(buffer), found = new Map(), words = new TextDecoder();
  for (let at = 0; at < view.byteLength;) {
    const length = view.getUint16(at + 28, true), start = view.getUint32(at + 42, true);
    const name = words.decode(new Uint8Array(buffer, at + 46, length));
    found.set(name.slice(name.indexOf('/') + 1), [start + 30 + length, view.getUint32(at + 20, true)]);
    at += 46 + length;
  }
  return found;
}

async function digest(buffer) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', buffer));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function fetched() {
  const answer = await fetch(`${ARCHIVE}?${BUILD.digest}`, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const parts = [], reader = answer.body.getReader();
  for (let got = 0, said = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    parts.push(value);
    got += value.length;
    if (got > said + 2 ** 17) tell({ got: said = got });
  }
}

async function keep() {
  const zip = await fetched();
  if (zip.size !== BUILD.bytes || await digest(await directory(zip)) !== BUILD.digest) {
    throw new Error('the book was published anew meanwhile: try again');
  }
  const store = await caches.open(STORE);
  await store.put(ARCHIVE, new Response(zip, { headers: { 'Content-Length': zip.size } }));
  opened = undefined;
}

const wholeOrNothing = () => keep().catch(async (error) => {
  await caches.delete(STORE);
  await tell({ failed: error.name, said: error.message });
  throw error;
});

addEventListener('install', (event) => event.waitUntil(wholeOrNothing()));

addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(
    names.filter((name) => name.startsWith(OURS) && name !== STORE).map((name) => caches.delete(name)),
  )));
});

addEventListener('message', (event) => {
  if (event.data === 'your turn') skipWaiting();
  // Asked of a worker that is there while its archive is not: the browser made room, or it was forgotten on this page.
  if (event.data === 'keep') event.waitUntil(wholeOrNothing().then(() => tell({ done: true }), () => {}));
});

// ---- answers

async function open() {
  const found = await caches.match(ARCHIVE, { cacheName: STORE });
  if (!found) return null; // the browser made room: the network answers again
  const zip = await found.blob();
  return { zip, files: listed(await directory(zip)) };
}

async function kept(name) {
  opened ??= open();
  const book = await opened;
  const place = book?.files.get(name);
  if (!place) return null;
  const inside = book.zip.slice(place[0], place[0] + place[1]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(inside, { headers: { 'Content-Type': TYPES[name.split('.').pop()] ?? 'application/octet-stream' } });
}

async function answered(request) {
  if (request.mode === 'navigate' && registration.waiting && (await clients.matchAll()).length < 2) {
    registration.waiting.postMessage('your turn'); // the only page of the old book is just being left
    return new Response('', { headers: { Refresh: '0' } });
  }
  const name = decodeURIComponent(new URL(request.url).pathname.slice(new URL(PLACE).pathname.length));
  return await kept(name === '' || name.endsWith('/') ? `${name}index.html` : name).catch(() => null) ?? fetch(request);
}

addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && url.startsWith(PLACE)) event.respondWith(answered(event.request));
});
