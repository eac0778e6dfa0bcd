// For teachers: tick rows of the table and take them away as a reading list. The table is whole without it.
const table = document.querySelector('.choosing');
const form = document.querySelector('.choosing-tools');
const told = document.querySelector('.choosing-unknown');
const bar = document.querySelector('.chosen');
bar.tabIndex = -1; // takes the focus from its own buttons
const rows = [...table.tBodies[0].rows];
const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
const labelled = new Map(); // label, older ones too -> its row
for (const row of rows) {
  for (const label of [row.dataset.label, ...(row.dataset.also ?? '').split(' ')]) if (label) labelled.set(label, row);
}
const titleOf = (row) => row.cells[0].textContent.trim();
const numberOf = (row) => Number(row.querySelector('[data-is=Minutes]')?.textContent ?? 0);

// ---- what is chosen

const ticks = new Map(rows.map((row) => {
  const tick = document.createElement('input');
  tick.type = 'checkbox';
  tick.setAttribute('aria-label', `Choose ${titleOf(row)}`);
  row.cells[0].prepend(tick);
  return [row, tick];
}));
const chosen = () => rows.filter((row) => ticks.get(row).checked);

// What stands inside a chosen chapter or section counts once.
function inside(row) {
  for (let up = labelled.get(row.dataset.in); up; up = labelled.get(up.dataset.in)) if (ticks.get(up).checked) return true;
  return false;
}
const minutes = (some) => some.filter((row) => !inside(row)).reduce((sum, row) => sum + numberOf(row), 0);

function count() {
  const some = chosen();
  for (const row of rows) row.toggleAttribute('data-chosen', ticks.get(row).checked);
  bar.querySelector('output').value = some.length ? `${some.length} chosen, ${minutes(some)} minutes` : 'Nothing chosen';
  for (const button of bar.querySelectorAll('button')) button.disabled = !some.length;
}

// ---- the choice in the address: #pick=label,label

const fragment = () => `#pick=${chosen().map((row) => row.dataset.label).join(',')}`;

function keep() {
  history.replaceState(null, '', chosen().length ? fragment() : location.pathname + location.search);
  count();
}

function open(labels) {
  for (const tick of ticks.values()) tick.checked = false;
  for (const label of labels) if (labelled.has(label)) ticks.get(labelled.get(label)).checked = true;
  const lost = labels.filter((label) => !labelled.has(label));
  const what = lost.length === 1 ? 'This label of the link is' : `These ${lost.length} labels of the link are`;
  told.textContent = lost.length
    ? `${what} not in this table: ${lost.join(', ')}. Another edition may have them. All others are chosen.` : '';
  count();
}

function opened() {
  if (location.hash.startsWith('#pick=')) open(decodeURIComponent(location.hash.slice(6)).split(',').filter(Boolean));
}

// ---- the list to take away

const escaped = (words) => words.replace(/[\\`*_[\]<>]/g, '\\$&');
const address = (row) => new URL(row.querySelector('a').getAttribute('href'), table.dataset.address).href;

function markdown(some) {
  const lines = some.map((row) => {
    const own = numberOf(row) ? ` (${numberOf(row)} minutes)` : '';
    return `- [${escaped(titleOf(row))}](${address(row)})${own}`;
  });
  const { book, edition } = table.dataset;
  return [`From *${book}*, edition ${edition}: ${minutes(some)} minutes`, '', ...lines].join('\n');
}

async function bibtex(some) {
  const root = document.documentElement.dataset.content_root;
  const records = some.map(async ({ dataset: { label } }) => {
    const answer = await fetch(`${root}cite/${label}.bib`);
    if (!answer.ok) throw new Error(`${answer.status} for cite/${label}.bib`);
    return answer.text();
  });
  return (await Promise.all(records)).join('\n').trim();
}

function record(name, text) {
  const box = document.createElement('div');
  box.className = 'record';
  const code = document.createElement('code');
  code.textContent = text;
  const pre = document.createElement('pre');
  pre.append(code);
  box.append(Object.assign(document.createElement('h3'), { textContent: name }), pre);
  return box;
}

async function show(button) {
  const some = chosen();
  const [card, records] = await Promise.all([
    import('./card.mjs'),
    bibtex(some).catch((error) => `The records did not come (${error.message}). Try again, or take each from its card.`),
  ]);
  const name = Object.assign(document.createElement('h2'), { textContent: 'Reading list' });
  const said = Object.assign(document.createElement('p'), { textContent: bar.querySelector('output').value });
  const link = record('Link that opens this choice again', location.href.split('#')[0] + fragment());
  card.show([name, said, link, record('Markdown', markdown(some)), record('BibTeX', records)], button);
}

// ---- rows by words, chapter, kind and chapter of UDL

function choose() {
  const words = form.words.value.toLowerCase().split(/\s+/);
  const fits = (row) => words.every((word) => texts.get(row).includes(word))
    && (!form.chapter.value || row.dataset.chapter === form.chapter.value)
    && (!form.kind.value || row.dataset.kind === form.kind.value)
    && (!form.udl.value || (row.dataset.udl ?? '').split(' ').includes(form.udl.value));
  let shown = 0;
  for (const row of rows) {
    row.hidden = !fits(row);
    shown += !row.hidden;
  }
  form.said.value = shown < rows.length ? `${shown} of ${rows.length} rows` : `${shown} rows`;
}

form.addEventListener('input', choose);
form.addEventListener('submit', (event) => event.preventDefault());
table.addEventListener('change', () => { told.textContent = ''; keep(); });
bar.querySelector('.chosen-list').addEventListener('click', (event) => show(event.currentTarget));
bar.querySelector('.chosen-none').addEventListener('click', () => { open([]); keep(); bar.focus({ preventScroll: true }); });
for (const button of document.querySelectorAll('.picks')) {
  button.addEventListener('click', () => {
    open(button.dataset.pick.split(','));
    keep();
    bar.querySelector('.chosen-list').focus();
  });
}
addEventListener('hashchange', opened);
choose();
opened();
count();
