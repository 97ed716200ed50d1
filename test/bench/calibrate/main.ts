// `npm run calibrate`: follows lines of real histories with Flagbook's own code, compares with what git's blame tells commit by
// commit, and prints the table of `server/lines-through-time.md`. Repositories are only read.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measured, measureHistory } from './measure.ts';
import { renderTables } from './tables.ts';
import { historyOf } from './truth.ts';

const HELP = `npm run calibrate -- --repo DIR [--repo DIR]…

  --repo DIR     a clone with its whole history; give several
  --days N,…     how long ago the deployed commit was (default: 30,90,365)
  --files N      changed files a measurement, chosen by chance (default: 60)
  --lines N      lines that did not survive, a measurement (default: 150)
  --json FILE    writes every single answer there
  --from FILE    prints the tables of such files again, with the confidences of now; instead of --repo`;

const { values } = parseArgs({
  options: {
    repo: { type: 'string', multiple: true, default: [] },
    days: { type: 'string', default: '30,90,365' },
    files: { type: 'string', default: '60' },
    lines: { type: 'string', default: '150' },
    json: { type: 'string' },
    from: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || values.repo.length + values.from.length === 0) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

async function calibrate(): Promise<void> {
  const measured: Measured[] = values.from.flatMap(file => JSON.parse(readFileSync(file, 'utf8')) as Measured[]);
  for (const repository of values.repo) {
    const root = resolve(process.env.INIT_CWD ?? process.cwd(), repository);
    for (const days of values.days.split(',').map(Number)) {
      const history = historyOf(root, days);
      if (history === null) {
        console.error(`${repository}: no history of ${days} days`);
        continue;
      }
      const started = performance.now();
      const one = await measureHistory(history, { files: Number(values.files), lines: Number(values.lines) });
      measured.push({ repository: basename(root), days, ...one });
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      console.error(`${basename(root)}, ${days} days: ${one.answers.length} answers in ${seconds} s`);
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(measured));
  console.log(renderTables(measured));
}

void calibrate();
