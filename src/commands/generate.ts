import { relative, resolve } from 'node:path';
import closest from 'fastest-levenshtein';
import { type Generated, GenerateError, type ListedGenerator, type Note } from '../../generators/generator.ts';
import { callBy } from '../../generators/header.ts';
import { GENERATORS } from '../../generators/index.ts';
import { diagnosticText, excerptsIn } from '../../reports/diagnostics.ts';
import { type Loaded, loadContracts } from '../contract/load.ts';
import { visible } from '../util/visible.ts';
import { carryOut, type FolderPlan, planFolder } from './generated-folder.ts';
import { generatorInput } from './generator-input.ts';
import { wantsColour } from './output-options.ts';
import { type ExitCode, type Shell, UsageError, type Verb } from './verb.ts';

/** Places of one note that are named before the rest is counted. */
const SHOWN_PLACES = 5;

/** Of no contract nothing is generated, and no index either. */
const NONE: Generated = { files: [], notes: [{ where: 'contracts', message: 'none is left to generate from' }] };

/** `surety generate`: code, schemas and documents from contracts. */
export const generate: Verb = {
  name: 'generate',
  declare(command) {
    command
      .description('generate typed accessors, schemas, DDL and documents from contracts')
      .argument('<generator>', GENERATORS.map(({ name }) => name).join(', '))
      .argument('[path or contract...]', 'contract files, folders or contract ids; absent: the whole project')
      .option('--out <folder>', 'folder that will hold what is generated; absent: a single file goes to the terminal')
      .option('--check', 'write nothing; exit 1 where the folder does not hold what would be generated')
      .option('--env <name>', 'environment of surety.yaml');
    for (const { name, options } of GENERATORS)
      for (const { flags, description } of options) command.option(flags, `${name}: ${description}`);
    const width = Math.max(...GENERATORS.map(({ name }) => name.length));
    const lines = GENERATORS.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`);
    return command.addHelpText('after', `\nGenerators:\n${lines.join('\n')}`);
  },
  async run([name = '', ...paths], options, shell): Promise<ExitCode> {
    const listed = generatorNamed(name);
    refuseForeignOptions(listed, options);
    const out = options['out'] as string | undefined;
    const isCheck = options['check'] === true;
    if (out === '')
      throw new UsageError('--out is empty, expected a folder', 'is a variable unset? For the working folder write .');
    if (isCheck && out === undefined) throw new UsageError('--check compares a folder', 'name the folder with --out');
    const loaded = await loadContracts(paths, {
      cwd: shell.cwd,
      variables: shell.env,
      ...(options['env'] !== undefined && { environment: options['env'] as string }),
    });
    const given = { ...options, cwd: shell.cwd, root: loaded.project.folder };
    if (out === undefined) {
      if (tellProblems(loaded, shell)) return 2;
      const generated = await generateBy(listed, loaded, given);
      tellNotes(generated.notes, shell);
      shell.stdout.write(onlyFile(generated));
      return 0;
    }
    const isBare = paths.length === 0 && hasNoContracts(loaded);
    if (!isBare && tellProblems(loaded, shell)) return 2;
    const { files, notes } = await generateBy(listed, loaded, given);
    const plan = await planFolder(resolve(shell.cwd, out), callBy(listed, given), files);
    // Where nothing was ever generated it is a slip.
    if (isBare && plan.stale.length === 0 && tellProblems(loaded, shell)) return 2;
    tellNotes(notes, shell);
    if (isCheck) return tellDifference(plan, shell, callLine(listed, paths, options), out);
    await carryOut(plan);
    shell.stdout.write(`${summary(plan)} in ${relative(shell.cwd, plan.folder) || '.'}\n`);
    return 0;
  },
};

function generatorNamed(name: string): ListedGenerator {
  const listed = GENERATORS.find((generator) => generator.name === name);
  if (listed) return listed;
  const names = GENERATORS.map((generator) => generator.name);
  throw new UsageError(
    `"${name}" is no generator, expected ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
    `did you mean ${closest.closest(name, names)}?`,
  );
}

/** An option of another generator would be ignored without a word. */
function refuseForeignOptions(listed: ListedGenerator, options: Readonly<Record<string, unknown>>): void {
  const own = new Set(listed.options.map(({ flags }) => keyOf(flags)));
  for (const { name, options: theirs } of GENERATORS) {
    const foreign = theirs.find(({ flags }) => !own.has(keyOf(flags)) && isGiven(flags, options));
    if (!foreign) continue;
    const [flag = ''] = foreign.flags.split(' ');
    throw new UsageError(`${flag} is an option of ${name}, not of ${listed.name}`, 'surety generate --help lists them');
  }
}

/** The key that commander keeps an option under: `--no-brands` is `brands`. */
function keyOf(flags: string): string {
  const [, word = ''] = /^--(?:no-)?([\w-]+)/.exec(flags) ?? [];
  return word.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function isGiven(flags: string, options: Readonly<Record<string, unknown>>): boolean {
  const value = options[keyOf(flags)];
  return flags.startsWith('--no-') ? value === false : value !== undefined;
}

/** Whether the last contract of a project is gone. Without surety.yaml this is as likely the wrong folder. */
function hasNoContracts({ contracts, diagnostics, project }: Loaded): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return (
    contracts.length === 0 && project.path !== undefined && errors.every(({ code }) => code === 'select/nothing-found')
  );
}

/** Tells what is wrong with the contracts; true where nothing may be generated from them. */
function tellProblems({ diagnostics, sources, contracts }: Loaded, shell: Shell): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  for (const each of errors)
    shell.stderr.write(`${diagnosticText(each, excerptsIn(sources), wantsColour({}, shell, shell.stderr))}\n`);
  if (errors.length > 0) {
    shell.stderr.write('nothing is generated: mend the contracts first\n');
    return true;
  }
  if (!contracts.some(({ selected }) => selected))
    throw new UsageError('there is no contract to generate from', 'name contract files, a folder or contract ids');
  return false;
}

async function generateBy(
  listed: ListedGenerator,
  loaded: Loaded,
  options: Readonly<Record<string, unknown>>,
): Promise<Generated> {
  const generator = await listed.load();
  const input = generatorInput(loaded);
  try {
    const generated = await generator.generate(input, options);
    return input.contracts.length > 0 ? generated : NONE;
  } catch (error) {
    if (error instanceof GenerateError) throw new UsageError(error.message, error.hint);
    throw error;
  }
}

/** One line a message, however many places it is about. */
function tellNotes(notes: readonly Note[], shell: Shell): void {
  const places = new Map<string, string[]>();
  for (const { where, message } of notes) places.set(message, [...(places.get(message) ?? []), where]);
  for (const [message, where] of places) {
    const more = where.length - SHOWN_PLACES;
    const shown = where.slice(0, SHOWN_PLACES).map((place) => visible(place));
    shell.stderr.write(`note: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}: ${visible(message, 1000)}\n`);
  }
}

function onlyFile({ files }: Generated): string {
  const [first, second] = files;
  if (!first)
    throw new UsageError('nothing is generated from these contracts: they are retired, or the format has none of it');
  if (second) {
    throw new UsageError(
      `${files.length} files are generated, too many for the terminal`,
      'name a folder with --out, or a single contract',
    );
  }
  return first.text;
}

function tellDifference(plan: FolderPlan, shell: Shell, call: string, out: string): ExitCode {
  const lines = [
    ...plan.missing.map(({ path }) => `missing    ${path}`),
    ...plan.different.map(({ path }) => `different  ${path}`),
    ...plan.foreign.map(({ path }) => `foreign    ${path}`),
    ...plan.stale.map((path) => `stale      ${path}`),
  ];
  if (lines.length === 0) {
    shell.stdout.write(
      `${plan.same.length === 1 ? '1 file is' : `${plan.same.length} files are`} up to date in ${out}\n`,
    );
    return 0;
  }
  shell.stdout.write(`${lines.map((line) => visible(line, 1000)).join('\n')}\n`);
  shell.stderr.write(`${visible(`${out} does not hold what the contracts say: run ${call}`, 10_000)}\n`);
  return 1;
}

/** The whole call without `--check`, to be copied into a shell. */
function callLine(
  { name, options: own }: ListedGenerator,
  paths: readonly string[],
  options: Readonly<Record<string, unknown>>,
): string {
  const flags = ['--out <folder>', '--env <name>', ...own.map((option) => option.flags)];
  const words = flags
    .filter((each) => isGiven(each, options))
    .flatMap((each) => {
      const [flag = ''] = each.split(' ');
      const value = options[keyOf(each)];
      return typeof value === 'string' ? [flag, value] : [flag];
    });
  return ['surety', 'generate', name, ...paths, ...words].map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function summary({ missing, different, same, stale }: FolderPlan): string {
  const parts = [
    [missing.length + different.length, 'written'],
    [same.length, 'unchanged'],
    [stale.length, 'removed'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.length === 0 ? 'nothing to generate' : told.join(', ');
}
