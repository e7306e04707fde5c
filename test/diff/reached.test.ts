import { expect, test } from 'vitest';
import { reached } from '../../src/diff/readers.ts';
import type { Change } from '../../src/model/change.ts';

const change: Change = {
  rule: 'downstream-unsatisfiable',
  contract: 'shop',
  path: 'orders.freshness',
  touches: { tables: [], columns: [] },
  before: null,
  after: null,
  message: 'older',
  fingerprint: '000000000000',
};

const readers = [
  { name: 'daily', party: 'finance', uses: ['orders.at'] },
  { name: 'churn', party: null, uses: [] },
];

test('a change that touches everything reaches every reader', () => {
  expect(reached(change, readers).map(({ name }) => name)).toEqual(['churn', 'daily']);
});

test('a change that names its readers reaches no others', () => {
  expect(reached({ ...change, readers: ['daily'] }, readers)).toEqual([{ name: 'daily', party: 'finance' }]);
});
