import { join } from 'node:path';
import { ROOT } from '../support/cli.ts';
import { readSpecs, type SpecCase } from '../support/spec.ts';

/** A column check of the check specs that each row by itself decides. */
export interface RowSpec {
  readonly title: string;
  readonly spec: SpecCase;
  readonly table: string;
  /** Name, or path of a member. */
  readonly column: string;
  readonly kind: 'invalid' | 'required';
  readonly verdict: string;
  /** How many rows are bad; undefined: the spec does not say. */
  readonly bad?: number;
}

/** What rows that are read one by one cannot show, or do not, with the reason. */
export const BEYOND: Readonly<Record<string, string>> = {
  'now is the instant of the run: t.i.invalid': 'left out with a note: a row may be read at another time',
  'now on a naive column is the local time of its zone: t.d.invalid': 'left out with a note: the same',
  'now on a naive column is the local time of its zone: t.at.invalid': 'left out with a note: the same',
  'tolerance with warn and fail: t.a.invalid': 'left out with a note: some rows may break the rules',
  'members of JSON, whose types are found in the rows: t.address.n.invalid': 'whole numbers may come as texts',
  'severity warn turns a failure into a warning, critical stays a failure: t.a.required': 'rows have no severity',
};

/** The checks of `invalid`, `required`, `nested` and `values` that rows decide. */
export async function rowSpecs(): Promise<readonly RowSpec[]> {
  const files = await readSpecs(join(ROOT, 'test', 'specs', 'checks'));
  return files
    .filter(({ file }) => /^(?:invalid|required|nested|values)\.yaml$/.test(file))
    .flatMap(({ cases }) => cases)
    .filter(({ tables }) => Object.values(tables).every(({ text }) => text === undefined))
    .flatMap((spec) => Object.entries(spec.expect).flatMap(([path, wanted]) => rowSpec(spec, path, wanted) ?? []));
}

function rowSpec(spec: SpecCase, path: string, wanted: SpecCase['expect'][string]): RowSpec | undefined {
  const [, table = '', column = '', kind] = /^(\w+)\.(.+)\.(invalid|required)$/.exec(path) ?? [];
  const { verdict, bad } = typeof wanted === 'string' ? { verdict: wanted, bad: undefined } : wanted;
  if (kind === undefined || verdict === 'skipped' || verdict === 'error') return undefined;
  const title = `${spec.name}: ${path}`;
  if (title in BEYOND) return undefined;
  const found = { title, spec, table, column, kind: kind as RowSpec['kind'], verdict };
  return bad === undefined ? found : { ...found, bad: Number(bad) };
}

/** A path of an error as the column or member it is about: `lines[].qty` of `lines.0.qty`; keys of maps are `{}`. */
export function isAbout({ column, kind }: RowSpec, path: readonly (string | number)[], row: unknown): boolean {
  const parts = column.split(/(?=\[\]|\{\})|\./);
  if (path.length !== parts.length) return false;
  const fits = parts.every((part, at) => part === '[]' || part === '{}' || part === path[at]);
  const value = path.reduce((inside: unknown, step) => (inside as Record<string, unknown> | null)?.[step], row);
  return fits && (value === null || value === undefined) === (kind === 'required');
}

/** What differs from the verdict, in words; undefined where nothing does. */
export function difference({ verdict, bad }: RowSpec, refused: number): string | undefined {
  const wanted = bad ?? (verdict === 'pass' ? 0 : undefined);
  if (wanted !== undefined) return refused === wanted ? undefined : `${refused} rows are refused, expected ${wanted}`;
  return refused > 0 ? undefined : 'no row is refused';
}
