import { calendar } from './calendar.ts';
import { check } from './check.ts';
import { checkLogic } from './check-logic.ts';
import { checkScope } from './check-scope.ts';
import { checkSeverity } from './check-severity.ts';
import { checkThreshold } from './check-threshold.ts';
import { classification } from './classification.ts';
import { column } from './column.ts';
import { computed } from './computed.ts';
import { consumers } from './consumers.ts';
import { contract } from './contract.ts';
import { defaultValue } from './default.ts';
import { columnDeprecation, contractDeprecation, tableDeprecation, valueDeprecation } from './deprecation.ts';
import {
  checkDescription,
  columnDescription,
  contractDescription,
  tableDescription,
  valueDescription,
} from './description.ts';
import { downstream } from './downstream.ts';
import { enumSet } from './enum.ts';
import { extraColumns } from './extra-columns.ts';
import { format } from './format.ts';
import { freshness } from './freshness.ts';
import { grain } from './grain.ts';
import { invalid } from './invalid.ts';
import { key } from './key.ts';
import { location, warehouse } from './location.ts';
import { objectives } from './objectives.ts';
import { partitioning } from './partitioning.ts';
import { pattern } from './pattern.ts';
import { physicalName } from './physical-name.ts';
import { pipelines } from './pipelines.ts';
import { population, tableWindow, timeColumn } from './population.ts';
import { checkRaci, columnRaci, contractRaci, tableRaci } from './raci.ts';
import { range } from './range.ts';
import { read } from './read.ts';
import { readers } from './readers.ts';
import { reference } from './reference.ts';
import { required } from './required.ts';
import { response } from './response.ts';
import { retention } from './retention.ts';
import { rows } from './rows.ts';
import type { AnySubject } from './rule.ts';
import { contractSchedule, tableSchedule } from './schedule.ts';
import { columnSeverity, tableSeverity } from './severity.ts';
import { status } from './status.ts';
import { table } from './table.ts';
import { columnTimezone, contractTimezone } from './timezone.ts';
import { type } from './type.ts';
import { unclassified } from './unclassified.ts';
import { unique } from './unique.ts';
import { unit } from './unit.ts';
import { updates } from './updates.ts';
import { upstream } from './upstream.ts';
import { version } from './version.ts';
import { versionContent } from './version-content.ts';
import { waivers } from './waivers.ts';

/** Every subject that versions are compared by; a new one is one file and one line here. */
export const SUBJECTS: readonly AnySubject[] = [
  contract,
  status,
  contractDeprecation,
  tableDeprecation,
  columnDeprecation,
  valueDeprecation,
  table,
  column,
  physicalName,
  computed,
  type,
  key,
  required,
  unique,
  reference,
  enumSet,
  pattern,
  format,
  range,
  invalid,
  defaultValue,
  check,
  checkLogic,
  checkThreshold,
  checkScope,
  checkSeverity,
  tableSeverity,
  columnSeverity,
  extraColumns,
  rows,
  freshness,
  updates,
  retention,
  grain,
  population,
  tableWindow,
  timeColumn,
  partitioning,
  location,
  warehouse,
  read,
  contractTimezone,
  columnTimezone,
  unit,
  classification,
  objectives,
  pipelines,
  response,
  calendar,
  contractSchedule,
  tableSchedule,
  contractRaci,
  tableRaci,
  columnRaci,
  checkRaci,
  readers,
  consumers,
  upstream,
  downstream,
  contractDescription,
  tableDescription,
  columnDescription,
  valueDescription,
  checkDescription,
  version,
  versionContent,
  waivers,
  unclassified,
];
