// Citations as text: items of CSL-JSON come in by stdin, what each style makes of each goes out by stdout.
// citeproc-js does it; the styles are those that @citation-js/plugin-csl brings. argv: a file in the folder of npm.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.argv[2]);
const CSL = require('citeproc');
const styles = require('@citation-js/plugin-csl/lib/styles.json');
const locales = require('@citation-js/plugin-csl/lib/locales.json');
const { items, names } = JSON.parse(readFileSync(0, 'utf8'));
const found = items.map(() => ({}));

for (const name of names) {
  let item;
  const engine = new CSL.Engine(
    { retrieveLocale: (lang) => locales[lang] ?? locales['en-US'], retrieveItem: () => item },
    styles[name],
    'en-US',
  );
  engine.setOutputFormat('text');
  items.forEach((each, i) => {
    item = { ...each, id: String(i) };
    engine.updateItems([item.id]);
    found[i][name] = engine.makeBibliography()[1].join('').trim().replace(/^1\. /, '');
  });
}
process.stdout.write(JSON.stringify(found));
