// The ledger of claims: shows the rows that a reader asks for, in the order asked for. The table is whole without it.
const table = document.querySelector('.ledger');
const form = document.querySelector('.ledger-tools');
const rows = [...table.tBodies[0].rows];
const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

function choose() {
  const words = form.words.value.toLowerCase().split(/\s+/);
  const fits = (row) => words.every((word) => texts.get(row).includes(word))
    && (!form.chapter.value || row.dataset.chapter === form.chapter.value)
    && (!form.found.value || row.dataset.found.split('|').includes(form.found.value));
  let shown = 0;
  for (const row of rows) {
    row.hidden = !fits(row);
    shown += !row.hidden;
  }
  form.said.value = shown < rows.length ? `${shown} of ${rows.length} claims` : `${shown} claims`;
}

const compare = new Intl.Collator('en', { numeric: true }).compare;

// Up, down, and then the order of the book again; a row without anything in the column comes last.
function sort(head) {
  const next = { none: 'ascending', ascending: 'descending', descending: 'none' }[head.ariaSort ?? 'none'];
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
  head.ariaSort = next;
  const of = (row) => row.cells[head.cellIndex].textContent.trim();
  const way = next === 'descending' ? -1 : 1;
  const order = (a, b) => !of(a) - !of(b) || way * compare(of(a), of(b));
  table.tBodies[0].append(...(next === 'none' ? rows : rows.toSorted(order)));
}

for (const head of table.tHead.rows[0].cells) {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...head.childNodes);
  button.addEventListener('click', () => sort(head));
  head.append(button);
}
form.addEventListener('input', choose);
form.addEventListener('submit', (event) => event.preventDefault());
// A link to a row that is filtered out shows it.
addEventListener('hashchange', () => {
  if (document.querySelector(location.hash || 'body').closest('tr[hidden]')) form.reset(), choose();
});
choose();
