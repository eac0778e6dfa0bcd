// The card that ¶ opens: the page of a thing's records, shown over the text. On that page itself, only the buttons.

function made(kind, told, words = '') {
  const element = Object.assign(document.createElement(kind), { textContent: words });
  for (const [name, value] of Object.entries(told)) element.setAttribute(name, value);
  return element;
}

async function copied(from) {
  try {
    await navigator.clipboard.writeText(from.textContent);
    return true;
  } catch { // a page on an open line has no clipboard: the old way, by selection
    getSelection().selectAllChildren(from);
    return document.execCommand('copy');
  }
}

function withButtons(place) {
  const said = made('p', { role: 'status', class: 'unseen' });
  place.append(said);
  for (const record of place.querySelectorAll('.record')) {
    const head = record.firstElementChild;
    const button = made('button', { type: 'button', 'aria-label': `Copy ${head.textContent}` }, 'Copy');
    button.addEventListener('click', async () => {
      const done = await copied(record.querySelector('code'));
      said.textContent = done ? `Copied: ${head.textContent}` : 'Your browser refuses: the text is selected, copy it by its menu';
      button.textContent = done ? 'Copied' : 'Selected';
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    head.after(button);
  }
}

// Addresses and headings as they are where the card stands: one level below the page's own.
function moved(main, page) {
  for (const link of main.querySelectorAll('a[href]')) link.href = new URL(link.getAttribute('href'), page);
  for (const head of main.querySelectorAll('h1, h2')) {
    const lower = made(`h${+head.tagName[1] + 1}`, {});
    lower.append(...head.childNodes);
    head.replaceWith(lower);
  }
  main.querySelector('.Z3988').remove(); // the page that is read stays one item for Zotero: its chapter
  return [...main.childNodes];
}

/** Shows what was made as a card over the text, named by its first heading; then the focus goes back to `mark`. */
export function show(parts, mark) {
  const card = made('dialog', { class: 'cite', 'aria-labelledby': 'cite-name' });
  const close = made('button', { type: 'button', class: 'close' }, 'Close');
  close.addEventListener('click', () => card.close());
  card.append(...parts);
  const name = card.querySelector('h2');
  const top = made('div', { class: 'head' });
  name.id = 'cite-name';
  name.before(top);
  top.append(name, close);
  withButtons(card);
  card.querySelector('.record button').autofocus = true;
  card.addEventListener('click', (event) => { if (event.target === card) card.close(); });
  card.addEventListener('close', () => {
    card.remove();
    mark.focus({ preventScroll: true });
  });
  document.body.append(card);
  card.showModal();
  for (const text of card.querySelectorAll('pre')) if (text.scrollHeight > text.clientHeight + 1) text.tabIndex = 0;
}

export async function open(mark) {
  if (document.querySelector('dialog.cite')) return;
  const root = document.documentElement.dataset.content_root;
  const own = mark.matches('.headerlink');
  const page = own ? new URL(`${root}cite/${mark.hash.slice(1)}.html`, document.baseURI).href : mark.href;
  const answer = await fetch(page);
  if (!answer.ok) throw new Error(`${page}: ${answer.status}`);
  const source = new DOMParser().parseFromString(await answer.text(), 'text/html');
  show(moved(source.querySelector('main'), page), mark);
  if (own) history.replaceState(null, '', mark.hash);
}

const alone = document.querySelector('main.cite');
if (alone) withButtons(alone);
