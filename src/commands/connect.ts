import { DIALECTS } from '../dialects/index.ts';
import { findProject } from '../project/load-project.ts';
import { namedTarget, type TableTarget } from '../project/target.ts';
import { EngineError, type Warehouse } from '../sql/dialect.ts';
import { printDuration } from '../sql/duration.ts';
import { visible } from '../util/visible.ts';
import { tell, tellUnreached } from './unreached.ts';
import { type ExitCode, type Shell, UsageError, type Verb } from './verb.ts';

/** `surety connect`: whether a warehouse can be reached, as whom, and what that role could do. */
export const connect: Verb = {
  name: 'connect',
  declare: (command) =>
    command
      .description('say whether warehouses can be reached, and what the role could do there')
      .argument('[warehouse...]', 'names in surety.yaml; absent: all of them')
      .option('--env <name>', 'environment of surety.yaml'),
  async run(args, options, shell): Promise<ExitCode> {
    const { project, diagnostics } = await findProject(shell.cwd, {
      variables: shell.env,
      ...(options['env'] !== undefined && { environment: options['env'] as string }),
    });
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (error) throw new UsageError(error.message, error.hint);
    const names = args.length > 0 ? args : [...project.warehouses.keys()];
    if (names.length === 0) {
      throw new UsageError(
        'surety.yaml declares no warehouse',
        'a contract over files needs none; see docs/warehouses.md',
      );
    }
    const codes: ExitCode[] = [];
    for (const name of names) {
      const target = namedTarget(project, name);
      if ('found' in target) codes.push(await look(name, target.found, shell));
      else {
        for (const { message, hint } of target.diagnostics) tell(shell, name, message, hint);
        codes.push(2);
      }
    }
    return codes.includes(2) ? 2 : codes.includes(3) ? 3 : 0;
  },
};

async function look(name: string, place: TableTarget, shell: Shell): Promise<ExitCode> {
  const entry = DIALECTS.find(({ type }) => type === place.type);
  if (!entry) {
    tell(shell, name, `there is no dialect "${place.type}"`);
    return 2;
  }
  try {
    const dialect = await entry.load();
    const warehouse = await dialect.open(place.target, [], { timeout: place.target.timeout, signal: shell.signal });
    await warehouse.close();
    shell.stdout.write(described(name, place, warehouse));
    return 0;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return tellUnreached(shell, name, place, error);
  }
}

function described(name: string, { target }: TableTarget, { facts, warnings, readerRole }: Warehouse): string {
  const { role, clockOffset, schema, encrypted, beyondReading } = facts;
  const couldDo = beyondReading.length === 0 ? 'only read' : beyondReading.join(', ');
  const rows = [
    role !== undefined && `role ${visible(role)}, could ${couldDo}`,
    schema !== undefined && `default schema ${visible(schema)}`,
    encrypted !== undefined && (encrypted ? 'encrypted' : 'not encrypted'),
    clockOffset !== undefined && `clock ${clockText(clockOffset)}`,
    `${printDuration(BigInt(target.timeout) * 1000n)} for a statement, ${target.concurrency} tables side by side`,
  ].filter((row) => row !== false);
  const remedy =
    beyondReading.length > 0 && readerRole.length > 0 ? ['to create a role that can only read:', ...readerRole] : [];
  const lines = [
    ...rows,
    ...warnings.map((warning) => `warning: ${visible(warning, 1000)}`),
    ...remedy.map((line, index) => (index === 0 ? line : `  ${visible(line, 1000)}`)),
  ];
  return `${visible(name)}: ${facts.server} at ${visible(facts.place)}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function clockText(offset: number): string {
  const size = Math.abs(offset) / 1000;
  if (size < 1) return 'as here';
  return `${size.toFixed(1)} s ${offset > 0 ? 'ahead of' : 'behind'} here`;
}
