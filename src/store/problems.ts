import { EngineError } from '../sql/dialect.ts';

export function absent(place: string): EngineError {
  const hint = 'surety store migrate makes it, and so does the first surety verify --store';
  return new EngineError('unreachable', `there is no store at ${place} yet`, hint);
}

export function older(place: string, version: number, latest: number): EngineError {
  const message = `the store at ${place} has version ${version}, and this Surety needs ${latest}`;
  const hint = 'run surety store migrate; older versions of Surety cannot use it afterwards';
  return new EngineError('unreachable', message, hint);
}

export function newer(place: string, version: number, latest: number): EngineError {
  const message = `the store at ${place} has version ${version}, and this Surety knows up to ${latest}`;
  return new EngineError('unreachable', message, 'update Surety');
}

/** A table of a name of ours stands where there is no store. */
export function foreign(place: string, table: string): EngineError {
  const message = `${place} has a table "${table}" that is not of a store`;
  return new EngineError('unreachable', message, 'give the store a file, a database or a schema of its own');
}
