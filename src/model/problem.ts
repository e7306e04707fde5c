/** What is wrong with a piece of text; whoever knows its place makes a diagnostic of it. */
export interface Problem {
  /** Lower case; quotes the offending piece. */
  readonly message: string;
  readonly hint?: string;
}
