import { type ConnectOptions, connect } from '../../src/accessor/index.ts';
import { anyTable, column } from './tables.ts';

/** Streams a million rows of `big`, or reads them at once; prints how many there were and how many MB more they took than a few. */
const [options = '{}', schema = '', mode = ''] = process.argv.slice(2);
const big = anyTable({
  name: 'big',
  key: ['number'],
  columns: [column('number', 'int32', { required: true }), column('label', 'string', { required: true })],
});
const db = connect(JSON.parse(options) as ConnectOptions);
const rows = big(db, { schema });

let count = 0;
for await (const row of rows.stream()) {
  count += row['label'].length > 200 ? 1 : 0;
  if (count === 50_000) break;
}
const before = process.memoryUsage.rss();
let most = before;
count = 0;
if (mode === 'all') {
  count = (await rows.execute()).length;
  most = process.memoryUsage.rss();
} else {
  for await (const row of rows.stream()) {
    count += row['label'].length > 200 ? 1 : 0;
    if (count % 10_000 === 0) most = Math.max(most, process.memoryUsage.rss());
  }
}
await db.destroy();
console.log(JSON.stringify({ count, grown: Math.round((most - before) / 2 ** 20) }));
