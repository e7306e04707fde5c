import type { Diagnostic, Fix, SourceFile } from '../model/diagnostic.ts';
import { type Accident, missingBlank } from './accident.ts';
import { findAccidents } from './block.ts';
import { buildTree } from './build-tree.ts';
import { type Composed, compose, type SyntaxProblem, tooDeep } from './compose.ts';
import { applyFixes, originalOffset } from './fix.ts';
import { type Locate, locator } from './locate.ts';
import { tooDeepAt } from './scan.ts';
import { describeSyntax } from './syntax-message.ts';
import type { TreeNode } from './tree.ts';

export interface ParsedYaml {
  /** There even with diagnostics where the rest is usable; values with an accident are read as they were meant. */
  readonly root?: TreeNode;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses one YAML document to a tree with positions; each accident of language §3 costs one diagnostic and no more. */
export function parseYaml(file: SourceFile): ParsedYaml {
  const locate = locator(file);
  const deep = tooDeepAt(file.text);
  if (deep !== undefined) return { diagnostics: [syntaxDiagnostic(tooDeep(deep), locate)] };

  const { accidents, composed, repairs } = readRepaired(file.text);
  const text = applyFixes(file.text, repairs);
  const original = originalOffset(repairs);
  const place: Locate = (start, end) => locate(original(start, 'start'), original(end, 'end'));
  const built = composed.document ? buildTree(composed.document, text, place) : { problems: [] };
  const here = ({ start, end, ...problem }: SyntaxProblem): SyntaxProblem => ({
    ...problem,
    start: original(start, 'start'),
    end: original(end, 'end'),
  });
  const syntax = withoutCascades([...composed.problems, ...built.problems].map(here), accidents, locate);
  const paths = built.root ? pathsOf(built.root, accidents, locate) : new Map<number, string>();
  const diagnostics = [
    ...accidents.map((accident) => accidentDiagnostic(accident, locate, paths.get(accident.start))),
    ...syntax.map((problem) => syntaxDiagnostic(problem, locate)),
  ];
  if (diagnostics.length === 0 && built.root?.kind !== 'map') {
    const what = !built.root || built.root.kind === 'scalar' ? 'nothing but a text' : 'a list';
    const empty = /^(?:\s|#.*|---|\.\.\.)*$/.test(file.text);
    const message = empty
      ? 'this file is empty, expected a map of keys'
      : `this file holds ${what}, expected a map of keys`;
    diagnostics.push({ ...base('yaml/root-not-a-map', message), hint: 'write "key: value" lines', at: locate(0, 0) });
  }
  diagnostics.sort((left, right) => order(left) - order(right));
  return { ...(built.root && { root: built.root }), diagnostics: limited(diagnostics) };
}

/** More than anybody reads; a hostile file may have one for every second character. */
const MAX_DIAGNOSTICS = 1000;

function limited(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const [first, ...rest] = diagnostics.slice(MAX_DIAGNOSTICS);
  if (!first?.at) return diagnostics;
  const more = base('yaml/too-many-problems', `${rest.length + 1} more problems from here on are not shown`);
  return [...diagnostics.slice(0, MAX_DIAGNOSTICS), { ...more, hint: 'mend the ones above first', at: first.at }];
}

interface Repaired {
  readonly accidents: readonly Accident[];
  readonly composed: Composed;
  readonly repairs: readonly Fix[];
}

function readRepaired(text: string): Repaired {
  let accidents = findAccidents(text).slice(0, 2 * MAX_DIAGNOSTICS);
  let composed: Composed | undefined;
  if (accidents.some((accident) => !accident.silent)) {
    // What YAML should refuse and does not, was no accident.
    composed = compose(text);
    if (composed.problems.length === 0) accidents = accidents.filter((accident) => accident.silent);
  }
  if (accidents.length === 0) return withMissingBlanks(text, [], composed ?? compose(text));
  return withMissingBlanks(text, accidents, compose(applyFixes(text, repairsOf(accidents))));
}

/** `type:int64` on a line of its own is a text to YAML, which makes it a bad key only together with its neighbours. */
function withMissingBlanks(text: string, accidents: readonly Accident[], composed: Composed): Repaired {
  const repairs = repairsOf(accidents);
  const bad = composed.problems.filter((problem) => problem.code === 'multiline-implicit-key');
  if (bad.length === 0) return { accidents, composed, repairs };
  const original = originalOffset(repairs);
  const more: Accident[] = [];
  for (const problem of bad.slice(0, MAX_DIAGNOSTICS)) {
    const start = original(problem.start, 'start');
    const end = original(problem.end, 'end');
    const piece = text.slice(start, end);
    const near = accidents.filter((each) => each.start <= end && each.end >= start);
    for (const match of piece.matchAll(/^([ \t]*)([A-Za-z_][\w.[\]-]*):(?=[^\s:/])/gm)) {
      const at = start + match.index + match[0].length;
      const key = match[2] ?? '';
      if (more.length >= MAX_DIAGNOSTICS) break;
      if (!near.some((each) => each.start <= at && at <= each.end))
        more.push(missingBlank(key, at, at - key.length - 1, at, false));
    }
  }
  if (more.length === 0) return { accidents, composed, repairs };
  const all = [...accidents, ...more];
  return { accidents: all, composed: compose(applyFixes(text, repairsOf(all))), repairs: repairsOf(all) };
}

function repairsOf(accidents: readonly Accident[]): readonly Fix[] {
  return accidents.flatMap((accident) => accident.repair ?? []);
}

/** One diagnostic a line, and none where an accident explains it or behind a bracket or quote that is not closed. */
function withoutCascades(
  problems: readonly SyntaxProblem[],
  accidents: readonly Accident[],
  locate: Locate,
): readonly SyntaxProblem[] {
  const lines = new Set<number>();
  for (const { start, end } of accidents) {
    const at = locate(start, end);
    for (let line = at.line; line <= at.endLine; line++) lines.add(line);
  }
  const unclosed = accidents.filter((accident) => accident.code === 'unclosed' && !accident.repair);
  const first = Math.min(...unclosed.map((accident) => accident.start));
  return problems
    .toSorted((left, right) => left.start - right.start)
    .filter((problem) => {
      const { line } = locate(problem.start, problem.end);
      if (lines.has(line) || (problem.start >= first && !KEPT.has(problem.code))) return false;
      lines.add(line);
      return true;
    });
}

/** Found by us and not by the parser: no other error causes them. */
const KEPT = new Set(['duplicate-key', 'tag', 'bad-merge', 'several-documents']);

function pathsOf(root: TreeNode, accidents: readonly Accident[], locate: Locate): ReadonlyMap<number, string> {
  const wanted = new Map(
    accidents.map(({ start, end }) => {
      const { line, column } = locate(start, end);
      return [`${line}:${column}`, start];
    }),
  );
  const paths = new Map<number, string>();
  const visit = (node: TreeNode, path: string): void => {
    const start = wanted.get(`${node.at.line}:${node.at.column}`);
    if (start !== undefined && path !== '') paths.set(start, path);
    if (node.kind === 'map') for (const [key, { value }] of node.entries) visit(value, path ? `${path}.${key}` : key);
    if (node.kind === 'list') node.items.forEach((item, index) => void visit(item, `${path}[${index}]`));
  };
  if (wanted.size > 0) visit(root, '');
  return paths;
}

function accidentDiagnostic(accident: Accident, locate: Locate, path: string | undefined): Diagnostic {
  const { code, message, hint, fix, start, end } = accident;
  return {
    ...base(`yaml/${code}`, message),
    hint,
    ...(path !== undefined && { path }),
    at: locate(start, end),
    ...(fix && { fix }),
  };
}

function syntaxDiagnostic(problem: SyntaxProblem, locate: Locate): Diagnostic {
  const { message, hint } = describeSyntax(problem);
  return { ...base(`yaml/${problem.code}`, message), ...(hint && { hint }), at: locate(problem.start, problem.end) };
}

function base(code: string, message: string): Pick<Diagnostic, 'code' | 'severity' | 'message'> {
  return { code, severity: 'error', message };
}

function order(diagnostic: Diagnostic): number {
  return (diagnostic.at?.line ?? 0) * 2 ** 21 + (diagnostic.at?.column ?? 0);
}
