import type { Contract } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Project } from '../../project/project.ts';

/** What a contract is checked beside. */
export interface RuleContext {
  readonly project: Project;
  /** All of the project, this one and those with problems included. */
  readonly contracts: readonly Contract[];
}

/** Checks one subject that a schema cannot say. */
export type Rule = (contract: Contract, context: RuleContext) => readonly Diagnostic[];
