import type { Report } from './report.ts';

/** The full result for machines; `run.schema.json` and `gate.schema.json` describe it. */
export const json: Report = {
  name: 'json',
  run: (run) => `${JSON.stringify(run, null, 2)}\n`,
  diagnostics: (diagnostics) => `${JSON.stringify({ format: 1, diagnostics }, null, 2)}\n`,
  gate: (result) => `${JSON.stringify(result, null, 2)}\n`,
};
