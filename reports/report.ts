import type { Diagnostic, SourceFile } from '../src/model/diagnostic.ts';
import type { GateResult } from '../src/model/gate.ts';
import type { Run } from '../src/model/run.ts';

/** What a report needs beside the result: the files for excerpts, and whether codes for colours are wanted. */
export interface ReportContext {
  readonly sources: ReadonlyMap<string, SourceFile>;
  readonly colour: boolean;
  /** Absolute; absent: names of files are relative to the repository's root already. */
  readonly folders?: {
    /** What names of files are relative to. */
    readonly working: string;
    /** The repository's root, which platforms know files from. */
    readonly root: string;
  };
}

/** What can be rendered, by the kind of result. */
interface Results {
  readonly run: Run;
  readonly diagnostics: readonly Diagnostic[];
  readonly gate: GateResult;
}

export type ResultKind = keyof Results;

type Renderings = {
  readonly [Kind in ResultKind]: (result: Results[Kind], context: ReportContext) => string | Promise<string>;
};

/** Makes text of a result, for the kinds of results that it can show. Pure. */
export interface Report extends Partial<Renderings> {
  readonly name: string;
}

/** A report that can show a kind of result. */
export type ReportOf<Kind extends ResultKind> = Report & Pick<Renderings, Kind>;
