import type { DeclaredCheck } from '../../model/contract.ts';
import type * as file from '../contract-file.generated.ts';
import { type Cursor, entries, keyPlaceOf, placeOf } from '../cursor.ts';
import { reportLaterCheck } from './later-problems.ts';
import type { Resolving } from './parts.ts';

type Kind = DeclaredCheck['kind'];
type Key = keyof file.Check;

const EVERYWHERE: readonly Key[] = ['severity', 'raci', 'schedule', 'description', 'tags', 'links'];
const ROWS: readonly Key[] = ['where', 'window'];
const GROUPS: readonly Key[] = ['by', 'segments', 'minRows'];

/** The keys that have a meaning beside each kind. */
const KEYS: Readonly<Record<Kind, readonly Key[]>> = {
  expect: ['allow', 'per', ...ROWS, ...GROUPS],
  unique: ['allow', ...ROWS, ...GROUPS],
  references: ['allow', ...ROWS, ...GROUPS],
  failingRows: ['allow'],
  metric: ['allow', 'min', 'max', 'equals', 'change', 'from', 'per', ...ROWS, ...GROUPS],
};
const KINDS = Object.keys(KEYS) as readonly Kind[];

/** The one kind that a check is of; reports none, several, and keys that mean nothing beside it. */
export function checkKindOf(id: string, check: Cursor<file.Check>, resolving: Resolving): Kind | undefined {
  const keys = entries(check).filter(([key]) => !key.startsWith('x-'));
  const kinds = KINDS.filter((kind) => keys.some(([key]) => key === kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const found = kinds.length === 0 ? 'none' : kinds.join(' and ');
    resolving.report({
      code: 'lint/check-kind',
      severity: 'error',
      message: `check "${id}" has ${found}, expected exactly one of ${KINDS.join(', ')}`,
      hint: kinds.length === 0 ? 'say what is checked, such as `expect: amount >= 0`' : 'make it several checks',
      at: keyPlaceOf(check),
    });
    return undefined;
  }
  const allowed: readonly string[] = [kind, ...KEYS[kind], ...EVERYWHERE];
  for (const [key, value] of keys) {
    if (allowed.includes(key)) continue;
    resolving.report({
      code: 'lint/check-key',
      severity: 'error',
      message: `"${key}" means nothing beside \`${kind}\` in check "${id}"`,
      hint: `remove it; \`${kind}\` takes ${KEYS[kind].join(', ')}`,
      at: keyPlaceOf(value),
    });
  }
  if (kind === 'metric') {
    reportMetricWithoutBound(id, check, resolving);
    reportLaterCheck(id, check, resolving);
  }
  return kind;
}

function reportMetricWithoutBound(id: string, check: Cursor<file.Check>, resolving: Resolving): void {
  const keys = new Set(entries(check).map(([key]) => key));
  if (['min', 'max', 'equals', 'change'].some((key) => keys.has(key))) {
    if (!keys.has('allow') || keys.has('equals')) return;
    resolving.report({
      code: 'lint/check-key',
      severity: 'error',
      message: `"allow" in check "${id}" means nothing without \`equals\``,
      hint: 'a metric is held to min and max; remove `allow`',
      at: keyPlaceOf(check),
    });
    return;
  }
  resolving.report({
    code: 'lint/metric-without-bound',
    severity: 'error',
    message: `metric "${id}" has no bound`,
    hint: 'add min, max, equals or change',
    at: placeOf(check),
  });
}
