import type { Contract } from '../model/contract.ts';
import type { Project } from '../project/project.ts';
import type { World } from './rules/rule.ts';

/** What stands around the contracts of a project. */
export function worldOf(project: Project, contracts: readonly Contract[]): World {
  return {
    contracts,
    engineOf: (warehouse) => project.warehouses.get(warehouse ?? '')?.type.text ?? 'duckdb',
    showingOf: (classification) => project.classifications.get(classification) ?? 'mask',
    calendarOf: (name) => project.calendars.get(name),
  };
}
