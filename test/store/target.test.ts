import { describe, expect, test } from 'vitest';
import { secretText } from '../../src/project/secret.ts';
import { storeTarget } from '../../src/store/target.ts';

function targetOf(text: string | undefined, variables: Readonly<Record<string, string>> = {}): unknown {
  const at = { file: 'surety.yaml', line: 3, column: 8, endLine: 3, endColumn: 9 };
  const store = text === undefined ? {} : { store: { text: secretText(text, variables), at } };
  return storeTarget({ folder: '/work/shop', ...store }, '/work');
}

describe('where the store is', () => {
  test.each<readonly [text: string | undefined, path: string, shown: string, ownFolder: boolean]>([
    [undefined, '/work/shop/.surety/store.db', 'shop/.surety/store.db', true],
    ['', '/work/shop/.surety/store.db', 'shop/.surety/store.db', true],
    ['sqlite:.surety/store.db', '/work/shop/.surety/store.db', 'shop/.surety/store.db', true],
    ['SQLite:runs.db', '/work/shop/runs.db', 'shop/runs.db', false],
    ['sqlite:/var/lib/surety/store.db', '/var/lib/surety/store.db', '/var/lib/surety/store.db', false],
    ['sqlite:///var/lib/surety/store.db', '/var/lib/surety/store.db', '/var/lib/surety/store.db', false],
  ])('%j is a file', (text, path, shown, ownFolder) => {
    expect(targetOf(text)).toEqual({ target: { engine: 'sqlite', path, shown, ownFolder } });
  });

  test.each([
    ['postgres://ann:pw@db/runs', 'postgres'],
    ['postgresql://ann:pw@db/runs', 'postgres'],
    ['mysql://ann:pw@db/runs', 'mysql'],
    ['mariadb://ann:pw@db/runs', 'mysql'],
  ])('%s is on a server', (url, engine) => {
    expect(targetOf(url)).toEqual({ target: { engine, url } });
  });

  test('variables are filled in', () => {
    expect(targetOf('sqlite:${WHERE}/runs.db', { WHERE: '/data' })).toMatchObject({
      target: { path: '/data/runs.db' },
    });
    expect(targetOf('${STORE:-}')).toMatchObject({ target: { ownFolder: true } });
  });

  test.each([
    ['runs.db', 'project/misfit-store', '`store` names no engine that keeps one'],
    ['C:\\runs.db', 'project/misfit-store', '`store` names no engine that keeps one'],
    ['duckdb:hunter2.db', 'project/misfit-store', '`store` names no engine that keeps one'],
    ['sqlite:', 'project/misfit-store', '`store` names no file'],
    ['sqlite://runs.db', 'project/misfit-store', '`store` names no file'],
    ['sqlite::memory:', 'project/misfit-store', 'a store in memory is gone with the process'],
    ['${HUNTER}', 'project/unset-variable', '${HUNTER} of `store` is not set'],
  ])('%s is refused without being quoted', (text, code, message) => {
    const found = targetOf(text);
    expect(found).toMatchObject({ diagnostic: { code, message, at: { line: 3 } } });
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});
