import { createHash } from 'node:crypto';
import type { Contract } from '../model/contract.ts';
import type { Project, ProjectText, WarehouseDeclaration } from '../project/project.ts';
import type { World } from './rules/rule.ts';

/** What stands around the contracts of a project. */
export function worldOf(project: Project, contracts: readonly Contract[]): World {
  const declared = (name: string | undefined) => project.warehouses.get(name ?? '');
  return {
    contracts,
    engineOf: (warehouse) => declared(warehouse)?.type.text ?? 'duckdb',
    placesOf: (warehouse) => placesOf(declared(warehouse)),
    folder: project.folder,
    showingOf: (classification) => project.classifications.get(classification) ?? 'mask',
    calendarOf: (name) => project.calendars.get(name),
  };
}

function placesOf(warehouse: WarehouseDeclaration | undefined): ReadonlyMap<string, string> {
  if (!warehouse) return new Map();
  const { schema, schemas, root, url, parts } = warehouse;
  const mapped = [...schemas].map(([name, real]) => `${name}=${textOf(real)}`).sort();
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['schema', schema && textOf(schema)],
    ['schemas', mapped.length > 0 ? mapped.join('\n') : undefined],
    ['root', root && textOf(root).replace(/^\.\/+|\/+$/g, '')],
    ['database', parts.has('database') ? textOf(parts.get('database')) : databaseOf(url)],
  ];
  return new Map(texts.flatMap(([key, text]) => (text === undefined ? [] : [[key, digest(text)] as const])));
}

function textOf(text: ProjectText | undefined): string {
  const revealed = text?.text.reveal();
  if (!revealed) return '';
  return 'text' in revealed ? revealed.text : revealed.unset.join(' ');
}

/** The path of an address; host, user and password may change without the tables being others. What is not set here says nothing. */
function databaseOf(url: ProjectText | undefined): string | undefined {
  const revealed = url?.text.reveal();
  if (!revealed || !('text' in revealed)) return undefined;
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(revealed.text)?.[1] ?? revealed.text;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
