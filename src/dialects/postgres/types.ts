import type { CatalogType } from './native-type.ts';

/** In `with recursive reached(oid)`: the types that a reached one is made of (domains, arrays, composites). */
export const INNER_TYPES = `select inner_type.oid from reached join pg_type t on t.oid = reached.oid cross join lateral (
    select t.typbasetype where t.typtype = 'd'
    union all select t.typelem where t.typcategory = 'A'
    union all select m.atttypid from pg_attribute m
      where t.typtype = 'c' and m.attrelid = t.typrelid and m.attnum > 0 and not m.attisdropped
  ) inner_type(oid) where inner_type.oid <> 0`;

/** The reached types as JSON: a list of `CatalogType`. */
export const REACHED_TYPES = `(select json_agg(json_build_object(
    'oid', cast(t.oid as text), 'name', t.typname, 'schema', tn.nspname, 'kind', t.typtype, 'category', t.typcategory, 'element', cast(t.typelem as text),
    'base', cast(t.typbasetype as text), 'baseNative', format_type(t.typbasetype, t.typtypmod), 'members', (
      select json_agg(json_build_object('name', m.attname, 'type', cast(m.atttypid as text), 'native', format_type(m.atttypid, m.atttypmod)) order by m.attnum)
      from pg_attribute m where t.typtype = 'c' and m.attrelid = t.typrelid and m.attnum > 0 and not m.attisdropped)))
    from pg_type t join pg_namespace tn on tn.oid = t.typnamespace where t.oid in (select oid from reached))`;

export function byOid(types: readonly CatalogType[] | null): ReadonlyMap<string, CatalogType> {
  return new Map((types ?? []).map((type) => [type.oid, type]));
}
