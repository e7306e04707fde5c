export { type Loaded, loadContracts } from './contract/load.ts';
export { plan } from './engine/describe.ts';
export { type Progress, type VerifyOptions, verify } from './engine/verify.ts';
export type { Contract } from './model/contract.ts';
export type { Diagnostic, Position } from './model/diagnostic.ts';
export type { Evidence, Verdict } from './model/outcome.ts';
export type { PlanDescription, PlannedStatement, PlannedTable } from './model/plan.ts';
export type { CheckResult, ContractResult, Coverage, Run, Samples, TableResult } from './model/run.ts';
export type { ProjectOptions } from './project/load-project.ts';
