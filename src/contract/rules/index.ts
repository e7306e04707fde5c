import { contractSql } from './contract-sql.ts';
import { endpoints } from './endpoints.ts';
import { features } from './features.ts';
import { groups } from './groups.ts';
import { identities } from './identities.ts';
import { idle } from './idle.ts';
import { lifeCycle } from './life-cycle.ts';
import { literals } from './literals.ts';
import { members } from './members.ts';
import { metrics } from './metrics.ts';
import { namedColumns } from './names.ts';
import { nested } from './nested.ts';
import { parties } from './parties.ts';
import { plainValues } from './plain-values.ts';
import { projectNames } from './project-names.ts';
import { readers } from './readers.ts';
import { reading } from './reading.ts';
import { references } from './references.ts';
import type { Rule } from './rule.ts';
import { spelling } from './spelling.ts';
import { thresholds } from './thresholds.ts';
import { times } from './times.ts';
import { fittingRules } from './value-rules.ts';

/** Every rule on contracts; a new one is one file and one line here. */
export const RULES: readonly Rule[] = [
  spelling,
  namedColumns,
  members,
  features,
  references,
  readers,
  parties,
  projectNames,
  endpoints,
  thresholds,
  fittingRules,
  plainValues,
  nested,
  reading,
  literals,
  times,
  contractSql,
  metrics,
  groups,
  identities,
  lifeCycle,
  idle,
];
