const TYPING = ['Annotated', 'Any', 'Literal'];
const PYDANTIC = [
  'AfterValidator',
  'AliasChoices',
  'AwareDatetime',
  'BaseModel',
  'BeforeValidator',
  'ConfigDict',
  'Field',
  'NaiveDatetime',
  'StringConstraints',
];

/** The imports for the names that a module uses, in the order of isort. */
export function importLines(names: ReadonlySet<string>): string {
  const modules = ['datetime', 're', 'struct'].filter((name) => names.has(name)).map((name) => `import ${name}\n`);
  const standard = [from('decimal', ['Decimal'], names), from('typing', TYPING, names), from('uuid', ['UUID'], names)];
  const own = from('pydantic', PYDANTIC, names);
  const first = [...modules, ...standard].join('');
  return `${first}${first === '' ? '' : '\n'}${own}`;
}

function from(module: string, known: readonly string[], names: ReadonlySet<string>): string {
  const wanted = known.filter((name) => names.has(name));
  if (wanted.length === 0) return '';
  const line = `from ${module} import ${wanted.join(', ')}\n`;
  if (line.length <= 89) return line;
  return `from ${module} import (\n${wanted.map((name) => `    ${name},\n`).join('')})\n`;
}
