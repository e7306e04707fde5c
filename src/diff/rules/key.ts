import { windowChange } from '../parts/column-part.ts';
import { keyChange, keyColumns } from '../parts/key-change.ts';
import { KEY_RULES } from './key-rules.ts';
import type { Found, TableContext, TableSubject } from './rule.ts';

/** What tells rows apart. That its columns are required goes with it. */
export const key: TableSubject = {
  on: 'table',
  name: 'key',
  keys: ['key'],
  rules: KEY_RULES,
  compare({ old, new: now }, context) {
    const change = keyChange(context);
    const found = change === 'equal' ? [] : [keyFound(`key-${change}`, context)];
    const scope =
      old.key && now.key
        ? windowChange(
            { value: old.key.window, at: old.key.at },
            { value: now.key.window, at: now.key.at },
            'the key tells rows apart',
          ).map((each) => ({ ...each, below: 'key' }))
        : [];
    const all = [...found, ...scope];
    return all.length > 0 ? all : 'equal';
  },
};

function keyFound(rule: string, context: TableContext): Found {
  const { old, new: now } = context.table;
  const [before, after] = [keyColumns(context, 'old'), keyColumns(context, 'new')];
  const print = (columns: readonly string[] | undefined) => (columns ? columns.join(', ') : null);
  const said = (columns: readonly string[] | undefined) => (columns ? `(${columns.join(', ')})` : 'nothing');
  const come = after?.filter((name) => !before?.includes(name)) ?? [];
  return {
    rule,
    before: print(before),
    after: print(after),
    message: `${said(after)} tells rows apart, ${said(before)} before`,
    ...(now.key && { at: now.key.at }),
    ...(old.key && { was: old.key.at }),
    ...(now.key && { checks: [`${now.name}.key`, ...come.map((name) => `${now.name}.${name}.required`)] }),
  };
}
