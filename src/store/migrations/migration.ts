import type { CreateTableBuilder, SchemaModule } from 'kysely';
import type { ColumnTypes } from '../connection.ts';

/** What statements of a migration are made with. */
export interface MigrationTools {
  readonly schema: SchemaModule;
  readonly types: ColumnTypes;
  /** Begins a table in the way of the engine. */
  table(name: string): CreateTableBuilder<string, never>;
}

export interface Statement {
  execute(): Promise<unknown>;
}

/**
 * One step forward; there is none back. Once it has been released it never changes. Engines that commit each statement may stop between
 * two of them, so that all may run again: tables only where they are not there, and their indexes as constraints in them.
 */
export interface Migration {
  /** From 1 on, without a gap. */
  readonly number: number;
  readonly name: string;
  statements(tools: MigrationTools): readonly Statement[];
}
