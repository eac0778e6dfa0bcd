// What citation-js reads out of each record: paths come in by stdin, CSL goes out. It stands for a reader's own tools.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.argv[2]);
const { plugins } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
require('@citation-js/plugin-ris');

const found = {};
for (const path of JSON.parse(readFileSync(0, 'utf8'))) found[path] = plugins.input.chain(readFileSync(path, 'utf8'))[0];
process.stdout.write(JSON.stringify(found));
