import { connect } from './connect.ts';
import { init } from './init.ts';
import { lint } from './lint.ts';
import { plan } from './plan.ts';
import type { Verb } from './verb.ts';
import { verify } from './verify.ts';

/** All verbs of the command line. */
export const VERBS = [verify, lint, plan, init, connect] as const satisfies readonly Verb[];
