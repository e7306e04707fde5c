import { type Cursor, entries, field, keyPlaceOf, placeOf, textOf } from '../contract/cursor.ts';
import { didYouMean } from '../contract/did-you-mean.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type * as file from './project-file.generated.ts';
import { ENGINES, engineHint, PARTS } from './server-keys.ts';

type Warehouse = Cursor<file.Warehouse>;

/** Types that no engine has, and keys of warehouses that exclude each other or do not go with the type. */
export function warehouseProblems(cursor: Cursor<file.ProjectFile>): readonly Diagnostic[] {
  const top = entries(field(cursor, 'warehouses'));
  const types = new Map(top.map(([name, warehouse]) => [name, field(warehouse, 'type')] as const));
  const environments = entries(field(cursor, 'environments'));
  return [
    ...top.flatMap(([name, warehouse]) => problemsOf(name, warehouse, field(warehouse, 'type'))),
    ...environments.flatMap(([environment, differing]) =>
      entries(field(differing, 'warehouses')).flatMap(([name, warehouse]) => {
        const type = field(warehouse, 'type') ?? types.get(name);
        if (!type && !types.has(name)) return [stranger(name, environment, types.keys(), warehouse)];
        return problemsOf(name, warehouse, type);
      }),
    ),
  ];
}

/** Of the keys that stand here; what an environment leaves out has been judged at the top level. */
function problemsOf(name: string, own: Warehouse, type: Cursor<unknown> | undefined): readonly Diagnostic[] {
  if (!type) return [];
  const engine = textOf(type);
  if (!ENGINES.some((known) => known === engine)) return field(own, 'type') ? [unknownType(type)] : [];
  return engine === 'duckdb' ? ofDuckdb(name, own) : ofServer(name, own, engine);
}

function unknownType(type: Cursor<unknown>): Diagnostic {
  return {
    code: 'project/unknown-type',
    severity: 'error',
    message: `"${textOf(type)}" is no type of warehouse`,
    hint: engineHint(textOf(type)),
    at: placeOf(type),
  };
}

function ofDuckdb(name: string, own: Warehouse): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const root = field(own, 'root');
  if (root && field(own, 'url')) {
    const hint = 'keep `url` for a database file, or `root` for a folder of files';
    found.push(misfit('root', root, `warehouse "${name}" has both url and root`, hint));
  }
  const parts = partsOf(own);
  const [first] = parts;
  if (first) {
    const message = `\`${first.name}\` is a part of a server's address, but warehouse "${name}" is duckdb`;
    found.push(misfit('parts', first, message, `remove ${parts.map((part) => `\`${part.name}\``).join(', ')}`));
  }
  const tls = field(own, 'tls');
  if (tls) {
    const message = `\`tls\` encrypts the connection to a server, but warehouse "${name}" is duckdb`;
    found.push(misfit('tls', tls, message, 'remove `tls`'));
  }
  return found;
}

function ofServer(name: string, own: Warehouse, engine: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const root = field(own, 'root');
  if (root) {
    const message = `\`root\` is a folder of files, but warehouse "${name}" is ${engine}`;
    found.push(misfit('root', root, message, 'remove `root`'));
  }
  const [first] = partsOf(own);
  if (first && field(own, 'url')) {
    const hint = 'keep `url`, or write `host`, `port`, `database`, `user` and `password` instead';
    found.push(misfit('parts', first, `warehouse "${name}" has both url and ${first.name}`, hint));
  }
  return found;
}

function partsOf(own: Warehouse): readonly Cursor<unknown>[] {
  return PARTS.flatMap((part) => field(own, part) ?? []);
}

function misfit(kind: 'root' | 'parts' | 'tls', key: Cursor<unknown>, message: string, hint: string): Diagnostic {
  return { code: `project/misfit-${kind}`, severity: 'error', message, hint, at: keyPlaceOf(key) };
}

function stranger(name: string, environment: string, known: Iterable<string>, warehouse: Warehouse): Diagnostic {
  return {
    code: 'project/missing-type',
    severity: 'error',
    message: `warehouse "${name}" of environment "${environment}" is not declared at the top level, and has no type`,
    hint: didYouMean(name, known, 'add `type: duckdb` (or postgres, mysql)'),
    at: keyPlaceOf(warehouse),
  };
}
