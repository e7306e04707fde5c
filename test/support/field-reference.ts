type Schema = Readonly<Record<string, unknown>>;

/** The field reference of the docs: every key of every file, in the order of the schemas. */
export function fieldReference(contract: Schema, project: Schema, waivers: Schema): string {
  return [
    '# Every key',
    '',
    'Generated from the schemas by `npm run generate`. What each thing means is told in [language.md](language.md).',
    '',
    ...chapter('Contract file', contract),
    ...chapter('surety.yaml', project),
    ...chapter('waivers.yaml', waivers),
  ].join('\n');
}

function chapter(title: string, schema: Schema): readonly string[] {
  const defs = Object.entries((schema.$defs ?? {}) as Readonly<Record<string, Schema>>);
  return [
    `## ${title}`,
    '',
    ...section(undefined, schema, defs),
    ...defs.filter(([name]) => name !== 'definition').flatMap(([name, part]) => section(name, part, defs)),
  ];
}

type Defs = readonly (readonly [string, Schema])[];

function section(name: string | undefined, part: Schema, defs: Defs): readonly string[] {
  const rows = rowsOf(part, '', defs);
  if (rows.length === 0)
    return name === undefined ? [] : [`### ${name}`, '', `${part.description}`, '', `Written as ${written(part)}.`, ''];
  return [
    ...(name === undefined ? [] : [`### ${name}`, '']),
    `${part.description}`,
    '',
    '| key | written as | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ];
}

function rowsOf(part: Schema, prefix: string, defs: Defs): readonly string[] {
  const own = propertiesOf(part);
  const required = new Set((part.required as readonly string[] | undefined) ?? []);
  return own.flatMap(([key, value]) => {
    const description = String(value.description ?? referred(value, defs)?.description ?? '').replaceAll('|', '\\|');
    const must = required.has(key) ? ' Required.' : '';
    return [
      `| \`${prefix}${key}\` | ${written(value)} | ${description}${must} |`,
      ...alternatives(value).flatMap((each) => (each.$ref ? [] : rowsOf(each, `${prefix}${key}.`, defs))),
    ];
  });
}

function referred(part: Schema, defs: Defs): Schema | undefined {
  return defs.find(([name]) => part.$ref === `#/$defs/${name}`)?.[1];
}

function propertiesOf(part: Schema): readonly (readonly [string, Schema])[] {
  return Object.entries((part.properties ?? {}) as Readonly<Record<string, Schema>>);
}

function alternatives(part: Schema): readonly Schema[] {
  return (part.anyOf as readonly Schema[] | undefined) ?? [part];
}

function written(part: Schema): string {
  return [...new Set(alternatives(part).map(form))].join(' or ');
}

function form(part: Schema): string {
  if (typeof part.leaf === 'string') return part.leaf;
  if (typeof part.$ref === 'string') {
    const name = part.$ref.replace('#/$defs/', '');
    // A definition has the keys of a column and no section of its own.
    const anchor = name === 'definition' ? 'column' : name.toLowerCase();
    return `[${name}](#${anchor})`;
  }
  if (Array.isArray(part.enum)) return part.enum.map((value) => `\`${value}\``).join(', ');
  if (part.type === 'array') return `list of ${written(part.items as Schema)}`;
  if (typeof part.additionalProperties === 'object') return `map of ${written(part.additionalProperties as Schema)}`;
  if ('const' in part) return `\`${part.const}\``;
  return part.type === 'object' ? 'map' : part.type === 'null' ? 'nothing' : String(part.type);
}
