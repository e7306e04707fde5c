/** A place in a file that a person wrote. Lines and columns count from 1; columns are UTF-16 code units. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where the text ends; the column is the first one behind it. */
  readonly endLine: number;
  readonly endColumn: number;
}

export type DiagnosticSeverity = 'error' | 'warning' | 'info';

/** A replacement of a piece of a file that mends a problem. Offsets are UTF-16 code units, `end` is behind the last one. */
export interface Fix {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The one record for everything that a person must act on. */
export interface Diagnostic {
  /** `area/kebab-name`; stable once published. */
  readonly code: string;
  readonly severity: DiagnosticSeverity;
  /** One sentence in lower case that quotes the offending value and says what was expected. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Path of the promise inside the contract, such as `orders.email.missing`. */
  readonly path?: string;
  readonly at?: Position;
  readonly fix?: Fix;
}

/** A text file that was read, kept for excerpts in messages. `text` has no byte-order mark. */
export interface SourceFile {
  /** As people should see it: relative to the working folder where that is shorter. */
  readonly name: string;
  readonly text: string;
}
