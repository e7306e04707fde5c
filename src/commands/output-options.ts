import { type Command, InvalidArgumentError } from 'commander';
import { REPORT_MAKERS, REPORTS } from '../../reports/index.ts';
import type { Report, ReportOf, ResultKind } from '../../reports/report.ts';
import { alternatives, collect } from './arguments.ts';
import type { Output, Shell } from './verb.ts';

const WHEN = ['auto', 'always', 'never'] as const;
type When = (typeof WHEN)[number];

/** Options of the commands that write reports. */
export function declareOutputs(command: Command, kind: ResultKind): Command {
  const formats = alternatives([...formatNames(kind), ...REPORT_MAKERS.map(({ name }) => `${name}:FILE`)]);
  return command
    .option('--output <format[=file]>', `${formats}, to the terminal or a file (again for several)`, collect)
    .option('--color <when>', 'colours in the terminal: auto, always or never', when)
    .option('--no-color', 'the same as --color never');
}

/** Names of the formats that a kind of result has. */
export function formatNames(kind: ResultKind): readonly string[] {
  return REPORTS.filter((report) => has(report, kind)).map(({ name }) => name);
}

export function has<Kind extends ResultKind>(report: Report, kind: Kind): report is ReportOf<Kind> {
  return report[kind] !== undefined;
}

/** Whether an output, standard output if none is given, has colours. `always` and `never` count more than the environment. */
export function wantsColour(
  options: Readonly<Record<string, unknown>>,
  { env, stdout }: Shell,
  output: Output = stdout,
): boolean {
  const chosen = options['color'] as When | false | undefined;
  if (chosen === 'always') return true;
  if (chosen === 'never' || chosen === false || isSet(env['NO_COLOR'])) return false;
  const forced = env['FORCE_COLOR'];
  return isSet(forced) ? forced !== '0' && forced !== 'false' : takesEscapes(output, env);
}

/** Whether colours and moves of the cursor are more than signs on the screen. */
export function takesEscapes({ isTerminal }: Output, env: Shell['env']): boolean {
  return isTerminal && env['TERM'] !== 'dumb';
}

function isSet(variable: string | undefined): variable is string {
  return variable !== undefined && variable !== '';
}

function when(text: string): When {
  const found = WHEN.find((word) => word === text);
  if (!found) throw new InvalidArgumentError(`expected ${alternatives(WHEN)}.`);
  return found;
}
