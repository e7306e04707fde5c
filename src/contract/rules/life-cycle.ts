import type { Contract, Deprecation } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { doubtful, wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** Status, deprecation and versions agree. */
export const lifeCycle: Rule = (contract) => {
  const problems: Diagnostic[] = [];
  if (contract.status === 'deprecated' && contract.deprecated?.sunset === undefined) {
    const message = 'a deprecated contract has no day after which it may be gone';
    problems.push(
      doubtful(
        'missing-sunset',
        contract.deprecated?.at ?? contract.at,
        message,
        'add `deprecated: { sunset: YYYY-MM-DD }`',
      ),
    );
  }
  if (contract.deprecated && (contract.status === 'active' || contract.status === 'draft')) {
    const message = `\`deprecated\` stands beside status ${contract.status}`;
    problems.push(
      wrong('status-deprecated', contract.deprecated.at, message, 'write `status: deprecated`, or remove it'),
    );
  }
  for (const [deprecated, path] of deprecations(contract)) {
    if (deprecated.since === undefined || !isLater(deprecated.since, contract.version)) continue;
    const message = `deprecated since ${deprecated.since}, which is later than version ${contract.version}`;
    problems.push(wrong('future-deprecation', deprecated.at, message, 'correct `since`, or the version', path));
  }
  return problems;
};

function deprecations(contract: Contract): readonly (readonly [Deprecation, string | undefined])[] {
  const found: [Deprecation, string | undefined][] = [];
  const add = (deprecated: Deprecation | undefined, path?: string): void => {
    if (deprecated) found.push([deprecated, path]);
  };
  add(contract.deprecated);
  for (const table of contract.tables) {
    add(table.deprecated, table.name);
    for (const column of [...table.columns, ...table.features]) {
      add(column.deprecated, `${table.name}.${column.name}`);
      for (const value of column.enum?.values ?? []) add(value.deprecated, `${table.name}.${column.name}`);
    }
  }
  return found;
}

/** By major, minor and patch; pre-releases do not matter here. */
function isLater(left: string, right: string): boolean {
  const parts = (version: string) => (/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0.0.0').split('.').map(BigInt);
  const rights = parts(right);
  for (const [index, part] of parts(left).entries()) {
    const other = rights[index] ?? 0n;
    if (part !== other) return part > other;
  }
  return false;
}
