import type { Verb, VerbGroup } from './verb.ts';

/** A verb of the command line; what it needs is loaded when it is called. */
export interface ListedVerb {
  readonly name: string;
  load(): Promise<Verb | VerbGroup>;
}

/** All verbs, in the order of the help. */
export const VERBS: readonly ListedVerb[] = [
  { name: 'verify', load: async () => (await import('./verify.ts')).verify },
  { name: 'lint', load: async () => (await import('./lint.ts')).lint },
  { name: 'plan', load: async () => (await import('./plan.ts')).plan },
  { name: 'report', load: async () => (await import('./report.ts')).report },
  { name: 'generate', load: async () => (await import('./generate.ts')).generate },
  { name: 'sample', load: async () => (await import('./sample.ts')).sample },
  { name: 'init', load: async () => (await import('./init.ts')).init },
  { name: 'connect', load: async () => (await import('./connect.ts')).connect },
  { name: 'breaking', load: async () => (await import('./breaking.ts')).breaking },
  { name: 'diff', load: async () => (await import('./diff.ts')).diff },
  { name: 'waive', load: async () => (await import('./waive.ts')).waive },
  { name: 'store', load: async () => (await import('./store.ts')).store },
  { name: 'rules', load: async () => (await import('./rules.ts')).rules },
  { name: 'explain', load: async () => (await import('./explain.ts')).explain },
];
