import { REPORTS } from '../../reports/index.ts';
import type { ReportContext, ReportOf } from '../../reports/report.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { GateResult } from '../../src/model/gate.ts';
import type { Run } from '../../src/model/run.ts';
import { GATE } from './gate-fixture.ts';
import { SOURCES } from './gate-sources.ts';
import { RUN } from './run-fixture.ts';

/** The project lies in the folder `shop` of the repository. */
export const CONTEXT: ReportContext = {
  sources: SOURCES,
  colour: false,
  folders: { working: '/repository/shop', root: '/repository' },
};

export const FORMATS = ['text', 'json', 'github', 'gitlab', 'sarif', 'junit', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

function report(format: Format): ReportOf<'run' | 'gate' | 'diagnostics'> {
  return REPORTS.find(({ name }) => name === format) as ReportOf<'run' | 'gate' | 'diagnostics'>;
}

export function renderGate(format: Format, result: GateResult = GATE, context = CONTEXT): string {
  return report(format).gate(result, context) as string;
}

export function renderRun(format: Format, run: Run = RUN, context = CONTEXT): string {
  return report(format).run(run, context) as string;
}

export function renderDiagnostics(format: Format, diagnostics: readonly Diagnostic[], context = CONTEXT): string {
  return report(format).diagnostics(diagnostics, context) as string;
}

/** The contract of orders alone, or none: what a reader of a small change sees. */
export function only(contracts: readonly string[]): GateResult {
  return { ...GATE, contracts: GATE.contracts.filter(({ contract }) => contracts.includes(contract)), diagnostics: [] };
}
