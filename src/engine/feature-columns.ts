import type { ColumnAccess, FoundColumn, TableView } from '../checks/check.ts';
import { failedToMeasure, skipped } from '../checks/judge.ts';
import type { Feature } from '../model/contract.ts';
import { inferred } from '../sql/conform.ts';
import { EngineError, type SourceColumn } from '../sql/dialect.ts';
import { accessColumn, foundColumn } from './access.ts';
import { unanswered } from './engine-error.ts';
import { type FoundFeatures, lackedColumn, namesake } from './features.ts';
import { PlanRefusal } from './plan-refusal.ts';

/** The features of a table as its view knows them. `view` is the table without any of them. */
export interface FeatureColumns {
  /** How a check reads it; undefined where the source lacks a column that it names. Throws `PlanRefusal` where it cannot be had. */
  access(feature: Feature): ColumnAccess | undefined;
  found(feature: Feature): FoundColumn;
  /** Those of the names that the rows of `relation` can have as columns. */
  among(names: Iterable<string>): readonly Feature[];
}

export function featureColumns(view: () => TableView, found: FoundFeatures): FeatureColumns {
  const here = (feature: Feature): SourceColumn | undefined => {
    const known = found.get(feature.name);
    return known && 'column' in known ? known.column : undefined;
  };
  const located = (feature: Feature, source: SourceColumn) => ({
    source,
    steps: [],
    type: inferred(feature.type, source.type),
  });
  return {
    access(feature) {
      const { source, dialect, now } = view();
      if (!source.header) throw new PlanRefusal(skipped('no header', 'the file is empty, so it has no header'));
      if (lackedColumn(feature, view()) !== undefined) return undefined;
      refuse(feature, view(), found);
      const column = here(feature);
      return column && accessColumn(feature, located(feature, column), dialect, now);
    },
    found(feature) {
      const column = here(feature);
      return column ? foundColumn(located(feature, column)) : { state: 'missing' };
    },
    among(names) {
      const wanted = new Set([...names].map((name) => name.toLowerCase()));
      return view().table.features.filter((feature) => wanted.has(feature.name.toLowerCase()) && here(feature));
    },
  };
}

function refuse(feature: Feature, view: TableView, found: FoundFeatures): void {
  const other = namesake(feature, view);
  if (other !== undefined) {
    const message = `"${other}" is a column of ${view.source.place} too, so the feature "${feature.name}" cannot have this name`;
    throw new PlanRefusal(failedToMeasure('ambiguous name', message, 'give the feature another name'));
  }
  const known = found.get(feature.name);
  if (!known || 'column' in known) return;
  throw known.error instanceof EngineError ? new PlanRefusal(unanswered(known.error, view)) : known.error;
}
