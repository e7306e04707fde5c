/** What the schemas of a module gather on the way. */
export interface Reading {
  /** A helper that the module needs. */
  uses(helper: string): void;
  note(path: string, message: string): void;
}
