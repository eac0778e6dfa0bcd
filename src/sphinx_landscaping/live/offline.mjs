// The place from which the whole book is kept for reading without a network, or forgotten again.
const box = document.querySelector('.offline');
const [keep, forget] = box.querySelectorAll('button');
const said = box.querySelector('[role=status]');
const bar = box.querySelector('progress');
const place = new URL(document.documentElement.dataset.content_root, document.baseURI);
const OURS = `kept book ${place.pathname} `;
const size = (bytes) => (bytes < 1e5 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
const facts = await fetch(new URL('offline.json', place), { cache: 'no-store' })
  .then((answer) => (answer.ok ? answer.json() : null), () => null);

const WORDS = {
  none: () => `${size(facts.bytes)} will be fetched: ${facts.files} files, every page and every figure.`,
  kept: (bytes) => `Kept: ${size(bytes)}. This book now opens on this device without a network.`,
  newer: (bytes) => `Kept: ${size(bytes)}. A newer copy is being fetched; it takes its place when you have closed these pages.`,
  away: () => 'There is no copy to keep at this address: the book was not finished by make book, or there is no network.',
  poor: () => 'Your browser keeps nothing for this address: it is not a secure one, or the browser is an old one. Take the file below.',
};
const REFUSED = {
  QuotaExceededError: () => `There is no room: your browser gives this site less than ${size(facts.bytes)}. Free some space, or take the file below.`,
  SecurityError: () => 'Your browser refuses to keep anything for this site (a private window, or a setting). Take the file below.',
  TypeError: () => 'The network went away before all was here. Nothing was kept; press again.',
};

function show(state, bytes) {
  said.textContent = WORDS[state](bytes);
  bar.hidden = true;
  keep.disabled = state !== 'none';
  forget.disabled = !['kept', 'newer'].includes(state);
}

async function fail(name, words) {
  if ((await ours()).length) return look(); // a newer copy did not come, and the one that is here holds
  show('none');
  said.textContent = REFUSED[name]?.() ?? `It was not kept: ${words}.`;
}

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

async function look() {
  if (!('serviceWorker' in navigator && 'caches' in self && 'DecompressionStream' in self)) return show('poor');
  const worker = await navigator.serviceWorker.getRegistration(place);
  const [store] = worker?.active && worker.scope === place.href ? await ours() : [];
  if (!store) return show(facts ? 'none' : 'away');
  const answer = await caches.match(new URL('offline.zip', place), { cacheName: store });
  const newer = facts && !store.endsWith(facts.digest);
  return show(newer ? 'newer' : 'kept', Number(answer?.headers.get('Content-Length')));
}

async function press() {
  keep.disabled = true;
  const { quota = Infinity, usage = 0 } = await navigator.storage?.estimate?.() ?? {};
  if (quota - usage < facts.bytes) return fail('QuotaExceededError');
  navigator.storage?.persist?.().catch(() => {}); // that it stays when room gets short; nothing here hangs on it
  bar.max = facts.bytes;
  bar.removeAttribute('value');
  bar.hidden = false;
  said.textContent = `Fetching ${size(facts.bytes)} …`;
  const worker = await navigator.serviceWorker.register(new URL('offline.js', place), { updateViaCache: 'none' });
  const coming = worker.installing ?? worker.waiting ?? worker.active;
  coming.addEventListener('statechange', () => { if (coming.state === 'activated') look(); });
  if (coming.state !== 'activated') return undefined;
  return (await ours()).length ? look() : coming.postMessage('keep');
}

keep.addEventListener('click', () => press().catch((error) => fail(error.name, error.message)));
forget.addEventListener('click', async () => {
  forget.disabled = true;
  const worker = await navigator.serviceWorker.getRegistration(place);
  if (worker?.scope === place.href) await worker.unregister();
  for (const name of await ours()) await caches.delete(name);
  show(facts ? 'none' : 'away');
  said.textContent = `Forgotten. ${said.textContent}`;
  (keep.disabled ? said : keep).focus();
});
navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  if (data.place !== place.href) return;
  if (data.done) return look();
  if (data.failed) return fail(data.failed, data.said);
  bar.value = data.got;
  bar.textContent = `${size(data.got)} of ${size(facts.bytes)}`;
});
navigator.serviceWorker?.startMessages();
look();
