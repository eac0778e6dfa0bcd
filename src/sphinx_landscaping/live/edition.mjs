// On a page of a published edition: is there a newer one? Then say so, and lead to the same section there.
const own = document.documentElement.dataset.edition;
const root = location.pathname.slice(0, location.pathname.lastIndexOf(`/${own}/`) + 1);
const NAMED = ':is(main > section, main > section > section, main > section > section > section, figure)[id],'
  + '.claim[id], .question[id], .verdict[id], .exercise[id], .proof[id], .math.numbered[id]';

// The label of what the address names, else of the page: its short address leads to it wherever it stands today.
function label() {
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  return ((named ? named.closest(NAMED) : null) ?? document.querySelector(NAMED))?.id;
}

function say(latest) {
  const bar = document.createElement('aside');
  bar.className = 'older';
  bar.setAttribute('aria-label', 'Edition');
  const link = document.createElement('a');
  link.target = '_top';
  const place = () => (label() ? `at/${label()}/` : 'latest/');
  // a choice of sections names labels: it goes on with the reader
  const chosen = () => `latest/${location.pathname.slice(root.length + own.length + 1)}${location.hash}`;
  const follow = () => { link.href = root + (location.hash.startsWith('#pick=') ? chosen() : place()); };
  link.textContent = `Read this in edition ${latest}`;
  bar.append(`This is edition ${own}. `, link);
  follow();
  addEventListener('hashchange', follow);
  document.body.append(bar);
}

const answer = await fetch(`${root}editions.json`).catch(() => null);
const { latest } = answer?.ok ? await answer.json() : {};
if (latest && latest !== own) say(latest);
