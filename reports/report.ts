import type { Diagnostic, SourceFile } from '../src/model/diagnostic.ts';
import type { Run } from '../src/model/run.ts';

/** What a report needs beside the result: the files for excerpts, and whether codes for colours are wanted. */
export interface ReportContext {
  readonly sources: ReadonlyMap<string, SourceFile>;
  readonly colour: boolean;
}

/** Makes text of a result. Pure. */
export interface Report {
  readonly name: string;
  run(run: Run, context: ReportContext): string;
  diagnostics(diagnostics: readonly Diagnostic[], context: ReportContext): string;
}
