import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Origin } from '../../generators/generator.ts';
import { engineType, warehouseName } from '../contract/rules/source-kind.ts';
import type { Contract, Table } from '../model/contract.ts';
import type { Project, ProjectText, WarehouseDeclaration } from '../project/project.ts';
import { splitLocation } from '../sql/location.ts';

/** Where a table is, from what stands in plain text. */
export function originOf(contract: Contract, table: Table, project: Project): Origin {
  const name = warehouseName(contract, table);
  const warehouse = name === undefined ? undefined : project.warehouses.get(name);
  const type = engineType(contract, table, project);
  if (type === 'postgres' || type === 'mysql') return inDatabase(type, table, warehouse);
  if (warehouse?.url) return inDatabase('duckdb', table, warehouse);
  const folder = warehouse ? rootOf(warehouse, project) : dirname(contract.path);
  const inside = folder === undefined ? undefined : insideOf(project.folder, folder);
  return {
    engine: 'files',
    folder: inside ?? '',
    path: [],
    name: table.name,
    ...(inside === undefined && { hidden: 'root' }),
  };
}

function inDatabase(
  engine: 'duckdb' | 'postgres' | 'mysql',
  table: Table,
  warehouse: WarehouseDeclaration | undefined,
): Origin {
  const written = table.location ? splitLocation(table.location.text) : [];
  const [name = table.name, own, ...outer] = [...written].reverse();
  const logical = own ?? plain(warehouse?.schema);
  const mapped = (logical !== undefined && warehouse?.schemas.get(logical)) || warehouse?.schemas.get('*');
  const schema = mapped ? plain(mapped) : logical;
  const isHidden = schema === undefined && (mapped ?? warehouse?.schema) !== undefined;
  return {
    engine,
    folder: '',
    path: schema === undefined ? [] : [...outer.reverse(), schema],
    name,
    ...(isHidden && { hidden: 'schema' }),
  };
}

/** The folder that locations start from; undefined where it is not known here. */
function rootOf({ root }: WarehouseDeclaration, project: Project): string | undefined {
  if (!root) return project.folder;
  const text = plain(root);
  return text === undefined ? undefined : resolve(project.folder, text);
}

/** Undefined: it lies outside. */
function insideOf(project: string, folder: string): string | undefined {
  const path = relative(project, folder).split(sep).join('/');
  return path === '..' || path.startsWith('../') || isAbsolute(path) ? undefined : path;
}

/** Only what stands there as it is: what is filled in differs from machine to machine, and may be a secret. */
function plain(text: ProjectText | undefined): string | undefined {
  const revealed = text?.text.isPlain === true ? text.text.reveal() : undefined;
  return revealed && 'text' in revealed ? revealed.text : undefined;
}
