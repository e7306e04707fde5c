import type { Report } from './report.ts';

/** The full result for machines; `run.schema.json` describes it. */
export const json: Report = {
  name: 'json',
  run: (run) => `${JSON.stringify(run, null, 2)}\n`,
  diagnostics: (diagnostics) => `${JSON.stringify({ format: 1, diagnostics }, null, 2)}\n`,
};
