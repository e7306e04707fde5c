import type { Column, Deprecation, EnumValue } from '../../src/model/contract.ts';
import { toleranceWords } from './threshold.ts';
import { counted, listed, type Wording } from './wording.ts';

/** Values of an enum that are listed in a line. */
const LISTED = 12;

/** What a column promises of its values, a phrase each: `unique`, `one of web or app`, `at most 254 characters`. */
export function columnRules(column: Column, wording: Wording): readonly string[] {
  const { code } = wording;
  const { unique, missing, pattern, format, invalid, references } = column;
  const none = missing?.values.map(({ text }) => (text === '' ? 'empty text' : code(text))) ?? [];
  return [
    ...(unique ? [`unique${allowed(unique.allow)}${unique.window ? ` within ${unique.window.text}` : ''}`] : []),
    ...(missing?.allow ? [`missing: ${toleranceWords(missing.allow)}`] : []),
    ...(none.length > 0 ? [`${listed(none)} ${none.length === 1 ? 'counts' : 'count'} as missing`] : []),
    ...enumRule(column, code),
    ...(pattern ? [`matches ${code(pattern.text)}`] : []),
    ...(format ? [`format ${code(format.text)}`] : []),
    ...range(column, code),
    ...lengths(column),
    ...(invalid ? [`invalid: ${toleranceWords(invalid)}`] : []),
    ...(references ? [`refers to ${wording.reference(references.to)}${allowed(references.allow)}`] : []),
  ];
}

/** What else is to be known of a column: where it comes from and how it is read. */
export function columnFacts(column: Column, { code }: Wording): readonly string[] {
  const { name, physicalNames, default: standard, generated, timezone, renamedFrom } = column;
  const names = physicalNames.filter((each) => each !== name);
  return [
    ...(names.length > 0 ? [`${listed(names.map(code), 'or')} in the source`] : []),
    ...(standard ? [`default ${standard.text === '' ? 'empty text' : code(standard.text)}`] : []),
    ...(generated ? ['filled in by the warehouse'] : []),
    ...(timezone === undefined ? [] : [`local time of ${code(timezone)}`]),
    ...(renamedFrom === undefined ? [] : [`formerly ${code(renamedFrom)}`]),
  ];
}

/** `since 2.0.0, removed after 2027-03-01, use country`; empty where nothing more is said. */
export function deprecationWords({ since, sunset, replacedBy }: Deprecation, { code }: Wording): string {
  return [
    ...(since === undefined ? [] : [`since ${code(since)}`]),
    ...(sunset === undefined ? [] : [`removed after ${code(sunset)}`]),
    ...(replacedBy === undefined ? [] : [`use ${code(replacedBy)}`]),
  ].join(', ');
}

/** Whether the values of the enum are more than their names. */
export function tellsValues({ enum: set }: Pick<Column, 'enum'>): boolean {
  const tells = ({ description, deprecated }: EnumValue): boolean =>
    description !== undefined || deprecated !== undefined;
  return set !== undefined && (set.values.length > LISTED || set.values.some(tells));
}

function allowed(tolerance: NonNullable<Column['unique']>['allow']): string {
  return tolerance ? ` (exceptions: ${toleranceWords(tolerance)})` : '';
}

function enumRule({ enum: set }: Column, code: Wording['code']): readonly string[] {
  if (!set) return [];
  const names = set.values.map(({ text }) => (text === '' ? 'empty text' : code(text)));
  const more = set.open ? ', or others' : '';
  if (names.length > LISTED) return [`one of ${names.length} values${more}`];
  return [`${names.length === 1 ? '' : 'one of '}${listed(names, 'or')}${more}`];
}

function range({ min, max, exclusiveMin, exclusiveMax }: Column, code: Wording['code']): readonly string[] {
  if (min && max) return [`from ${code(min.text)} to ${code(max.text)}`];
  return [
    ...(min ? [`at least ${code(min.text)}`] : []),
    ...(exclusiveMin ? [`above ${code(exclusiveMin.text)}`] : []),
    ...(max ? [`at most ${code(max.text)}`] : []),
    ...(exclusiveMax ? [`below ${code(exclusiveMax.text)}`] : []),
  ];
}

function lengths({ minLength, maxLength }: Column): readonly string[] {
  if (minLength && maxLength) {
    return minLength.count === maxLength.count
      ? [`exactly ${counted(minLength.count, 'character')}`]
      : [`${minLength.count} to ${counted(maxLength.count, 'character')}`];
  }
  if (minLength) return [`at least ${counted(minLength.count, 'character')}`];
  return maxLength ? [`at most ${counted(maxLength.count, 'character')}`] : [];
}
