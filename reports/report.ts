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
  /** What else is written wherever this one goes. */
  readonly appended?: AppendedReport;
  /** Extension of the files that it writes, such as `.csv`, where it is made for a kind of file. */
  readonly extension?: string;
}

/** A report that is appended to a file of the platform. */
export interface AppendedReport {
  readonly report: Report;
  /** Environment variable that names the file; nothing is appended where it is not set. */
  readonly variable: string;
  /** Bytes that the file may have. */
  readonly limit: number;
}

/** Makes reports from files of the project's own: `--output template:page.html.hbs=page.html`. */
export interface ReportMaker {
  readonly name: string;
  /** Reads the file and throws `TemplateError` where it is wrong; so do its renderings. */
  make(file: OwnFile): Promise<Report>;
}

export interface OwnFile {
  /** Absolute. */
  readonly path: string;
  /** As people should see it. */
  readonly name: string;
  /** Where the report goes; empty: to the terminal. */
  readonly output: string;
}

/** A report that can show a kind of result. */
export type ReportOf<Kind extends ResultKind> = Report & Pick<Renderings, Kind>;
