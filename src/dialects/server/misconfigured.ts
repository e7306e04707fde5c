import { EngineError } from '../../sql/dialect.ts';

/**
 * What surety.yaml says of a server cannot be right. Neither text holds a value that `${ENV}` may have filled in: an address that is
 * read wrongly has pieces of the password in any place.
 */
export function misconfigured(message: string, hint: string): EngineError {
  return new EngineError('misconfigured', message, hint);
}
