import { secretsOf } from '../engine/open.ts';
import { coverSecrets, redact } from '../engine/redact.ts';
import type { TableTarget } from '../project/target.ts';
import type { EngineError } from '../sql/dialect.ts';
import { visible } from '../util/visible.ts';
import type { ExitCode, Shell } from './verb.ts';

/** Says on standard error what is wrong with a warehouse, in one line and a hint. */
export function tell(shell: Shell, name: string, message: string, hint?: string): void {
  shell.stderr.write(`error: ${visible(name)}: ${visible(message, 1000)}\n`);
  if (hint !== undefined) shell.stderr.write(`  hint: ${visible(hint, 2000)}\n`);
}

/** Says why a warehouse cannot be used, without its address; 2 where surety.yaml is wrong, else 3. */
export function tellUnreached(shell: Shell, name: string, place: TableTarget, error: EngineError): ExitCode {
  const cover = (text: string): string => coverSecrets(text, secretsOf(place));
  // Only what the engine itself says can hold values of the data.
  const said = error.failure === 'failed' ? redact(error.message, '') : error.message;
  tell(shell, name, cover(said), error.hint && cover(error.hint));
  return error.failure === 'misconfigured' ? 2 : 3;
}
