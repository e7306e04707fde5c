import type { TableView } from '../checks/check.ts';
import { failedToMeasure } from '../checks/judge.ts';
import type { Outcome } from '../model/outcome.ts';
import type { EngineError } from '../sql/dialect.ts';
import { knownText, redact } from './redact.ts';

/** Why there is no verdict, in words that repeat. */
export function reasonOf(error: EngineError): string {
  switch (error.failure) {
    case 'time-out':
      return 'time-out';
    case 'cancelled':
      return 'cancelled';
    case 'unreachable':
      return 'warehouse not reached';
    case 'lost':
      return 'connection lost';
    case 'misconfigured':
      return 'misconfigured';
    case 'failed':
      return 'engine refused';
  }
}

/** The outcome of a check whose SQL the engine does not answer. */
export function unanswered(error: EngineError, view: TableView): Outcome {
  const { message: said, failure } = error;
  const reason = reasonOf(error);
  // Only what the engine itself says can hold values of the data.
  const message =
    failure === 'failed' ? `the engine refuses it: ${redact(said, knownText(view), view.masksAny)}` : said;
  return failedToMeasure(
    reason,
    message,
    reason === 'time-out' ? 'give it more time with --timeout, or a window' : error.hint,
  );
}
