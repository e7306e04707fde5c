import { isAbsolute } from 'node:path';
import type { TlsMode } from '../../sql/dialect.ts';
import { misconfigured } from './misconfigured.ts';
import type { UrlParameter } from './server-url.ts';
import type { TlsRequest, TlsSaid } from './tls.ts';

const PARAMETERS: ReadonlyMap<string, keyof TlsSaid> = new Map([
  ['sslmode', 'mode'],
  ['ssl-mode', 'mode'],
  ['sslrootcert', 'ca'],
  ['ssl-ca', 'ca'],
  ['sslcert', 'cert'],
  ['ssl-cert', 'cert'],
  ['sslkey', 'key'],
  ['ssl-key', 'key'],
]);

const MODES: ReadonlyMap<string, TlsMode> = new Map([
  ['disable', 'off'],
  ['disabled', 'off'],
  ['off', 'off'],
  ['require', 'require'],
  ['required', 'require'],
  ['verify-ca', 'verify'],
  ['verify-full', 'verify'],
  ['verify-identity', 'verify'],
]);
const WORDS = 'disable, require or verify-full';

/** Parameters of other clients, which a message may quote although no user stands before them. */
const FAMILIAR =
  /^(?:user|password|host|hostaddr|port|dbname|database|socket|ssl|usessl|application_name|connect_timeout|options|channel_binding|target_session_attrs|charset|timezone)$/i;

/** What the parameters of a url say of TLS; undefined without any. Any other parameter throws `EngineError` (misconfigured). */
export function tlsOfUrl(parameters: readonly UrlParameter[], name: string, hasUser: boolean): TlsRequest | undefined {
  const words = new Map<keyof TlsSaid, string>();
  let said: TlsSaid = {};
  for (const { name: word, value } of parameters) {
    const key = PARAMETERS.get(word);
    if (key === undefined) throw strangeParameter(word, value, name, hasUser);
    if (words.has(key)) throw misconfigured(`the url of "${name}" says ${word} twice`, 'keep one of them');
    words.set(key, word);
    if (key !== 'mode' && !isAbsolute(value ?? '')) {
      throw misconfigured(
        `${word} in the url of "${name}" is no absolute path`,
        'write it as `tls` in surety.yaml, where files are relative to the project folder',
      );
    }
    said = { ...said, [key]: key === 'mode' ? modeOf(word, value ?? '', name) : value };
  }
  return words.size === 0 ? undefined : { said, word: (key) => `${words.get(key)} in the url` };
}

function modeOf(word: string, value: string, name: string): TlsMode {
  const written = value.toLowerCase().replaceAll('_', '-');
  const mode = MODES.get(written);
  if (mode !== undefined) return mode;
  if (/^(?:prefer|preferred|allow)$/.test(written)) {
    const message = `${word}=${written} of "${name}" falls back to plain text without a word`;
    throw misconfigured(message, `write ${WORDS}`);
  }
  throw misconfigured(`${word} of "${name}" is no way to encrypt that is known`, `write ${WORDS}`);
}

/** A password with a question mark may look like a parameter: a name is quoted only where it can be none of it. */
function strangeParameter(word: string, value: string | undefined, name: string, hasUser: boolean): Error {
  const isName = FAMILIAR.test(word) || (hasUser && value !== undefined && /^[a-z][a-z_-]{0,39}$/i.test(word));
  const what = isName ? `the parameter "${word}"` : 'a parameter';
  const keys = [...PARAMETERS.keys()].filter((key) => !key.includes('-'));
  const hint = `remove it; known are ${keys.join(', ')}; user, password and database stand before the question mark`;
  return misconfigured(`the url of "${name}" has ${what} that is not known`, hint);
}
