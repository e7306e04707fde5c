import type { Diagnostic } from '../src/model/diagnostic.ts';
import { withoutCommands } from '../src/util/visible.ts';
import { countText, diagnosticText, excerptsIn } from './diagnostics.ts';
import { gateText } from './gate-text.ts';
import type { Report } from './report.ts';
import { runText } from './run-text.ts';

/** For a terminal. */
export const text: Report = {
  name: 'text',
  run: runText,
  diagnostics(diagnostics, context) {
    const worth = diagnostics.map((diagnostic) =>
      diagnosticText(diagnostic, excerptsIn(context.sources), context.colour),
    );
    return withoutCommands(`${[...worth, summaryOfDiagnostics(diagnostics)].join('\n\n')}\n`);
  },
  gate: gateText,
};

function summaryOfDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.length === 0 ? 'no problems' : countText(diagnostics);
}
