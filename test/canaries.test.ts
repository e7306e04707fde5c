import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOnce, type Ended, surety } from './support/cli.ts';
import { inDuckDB } from './support/duckdb-files.ts';
import { writeProject } from './support/project-folder.ts';

/** Texts that must never be seen, each by where it was planted. */
const SECRETS = {
  password: 'canarypassword',
  host: 'canaryhost',
  root: 'canaryroot',
  token: 'xoxb-canarytoken',
  maskKey: 'canarymaskkey',
  store: 'canarystore',
} as const;
const ENV = {
  CANARY_URL: `postgres://ann:${SECRETS.password}@${SECRETS.host}/x`,
  CANARY_ROOT: SECRETS.root,
  CANARY_TOKEN: SECRETS.token,
  CANARY_STORE: SECRETS.store,
  SURETY_MASK_KEY: SECRETS.maskKey,
};

const SURETY = `
warehouses:
  files: { type: duckdb, root: data }
  rooted: { type: duckdb, root: "\${CANARY_ROOT}" }
  base: { type: duckdb, url: "\${CANARY_URL}" }
  literal: { type: duckdb, url: "duckdb://nowhere?password=${SECRETS.password}" }
parties: { ann: { name: Ann } }
channels: { slack: { token: "\${CANARY_TOKEN}" } }
store: "sqlite:\${CANARY_STORE}"
classifications: { restricted: mask, pii: mask, account: hash, public: show }
`;

const PEOPLE = `
contract: shop.people
version: 1.0.0
raci: { responsible: ann, accountable: ann }
warehouse: files
tables:
  people:
    location: people.parquet
    key: [email]
    columns:
      email: { type: string, classification: pii, pattern: '^[0-9]+$', maxLength: 3, unique: true, references: others.email }
      secret: { type: string, classification: restricted, enum: [a], missing: { allow: 1%, values: [canarysecret1] } }
      account: { type: string, classification: account, enum: [a], unique: true }
      born: { type: date, classification: pii, max: 1900-01-01 }
      age: { type: int64, classification: pii, max: 5 }
      shown: { type: string, classification: public, enum: [a] }
    checks:
      converts: cast(email as int) > 0
      converts-date: cast(email as date) > date '2000-01-01'
      parses: strptime(email, '%Y') > timestamp '2000-01-01'
      says: "case when email like 'canary%' then error(email) else true end"
      json: (email::json)->>'x' = '1'
      regex: regexp_matches('x', email || '(')
      broken: email = secret
      grouped: { expect: email = 'x', by: [email] }
      grouped-twice: { expect: email = 'x', by: [shown, secret] }
      counted: { metric: count(*), max: 0, by: [email] }
      own: { metric: "max(email || '')", max: 5 }
      all-of-them: { metric: "string_agg(email, ',')", max: 5 }
      statement: { metric: "select max(email) from {people}", max: 5 }
      set: { unique: [shown], where: email is not null }
      every: { failingRows: "select * from {people}" }
      aliased: { failingRows: "select email as x, secret as y, upper(email) as z, concat(email, secret) from {people}" }
      packed: { failingRows: "select struct_pack(a := email) as packed, [secret] as listed from {people}" }
      pivoted: { failingRows: "pivot {people} on email using count(*)" }
      elsewhere: { failingRows: "select p.email as code from {people} p" }
      fails: { failingRows: "select cast(email as int) from {people}" }
      linked: { references: { columns: [secret], to: [others.email] } }
  others: { location: others.parquet, columns: { email: { type: string, classification: pii }, code: { type: string, classification: pii } } }
`;

const TEXTS = `
contract: shop.texts
version: 1.0.0
raci: { responsible: ann, accountable: ann }
warehouse: files
tables:
  cells:
    location: cells.csv
    columns: { id: int64, email: { type: int64, classification: pii }, secret: { type: date, classification: restricted } }
  lines:
    location: lines.jsonl
    columns: { id: int64, email: { type: int64, classification: pii } }
  broken: { location: broken.json, columns: { email: { type: string, classification: pii } } }
`;

/** No surety.yaml: only public and internal show. */
const ALONE = `
contract: shop.alone
version: 1.0.0
raci: { responsible: ann, accountable: ann }
tables:
  people:
    key: [email]
    columns: { email: { type: string, classification: nobody-knows, maxLength: 1 }, shown: { type: string, classification: internal, maxLength: 1 } }
    checks: { converts: cast(email as int) > 0, every: { failingRows: "select email, email as other from {people}" } }
`;

const ELSEWHERE = `
contract: shop.elsewhere
version: 1.0.0
raci: { responsible: ann, accountable: ann }
tables:
  a: { warehouse: base, columns: { id: int64 } }
  b: { warehouse: literal, columns: { id: int64 } }
  c: { warehouse: rooted, location: c.parquet, columns: { id: int64 } }
`;

let outputs: readonly (readonly [name: string, text: string])[] = [];
let verified: Ended;
let run: {
  contracts: {
    tables: {
      checks: { path: string; verdict: string; samples: { columns: string[]; rows: (string | null)[][] } | null }[];
    }[];
  }[];
};

const folders: string[] = [];

async function folderOf(): Promise<string> {
  const folder = await writeProject({
    'surety.yaml': SURETY,
    'contracts/people.yaml': PEOPLE,
    'contracts/texts.yaml': TEXTS,
    'contracts/elsewhere.yaml': ELSEWHERE,
    'data/cells.csv':
      'id,email,secret\n1,canaryvalue1@x.example,canarysecret1\n2,2,2020-01-01,canaryvalue2,too,many\n3,"canaryvalue3\n4,canaryvalue4,x\n',
    'data/lines.jsonl': '{"id": 1, "email": "canaryvalue5"}\n{"id": 2, "email": canaryvalue6\n[canaryvalue7]\n',
    'data/broken.json': '[{"email": "canaryvalue8"},\n {"email": canaryvalue9]',
  });
  folders.push(folder);
  const copy = (name: string, query: string): string =>
    `copy (${query}) to '${join(folder, 'data', `${name}.parquet`)}' (format parquet)`;
  const row = (email: string, secret: string): string =>
    `(select '${email}' as email, '${secret}' as secret, 'canaryaccount' as account, date '1977-11-23' as born, 197711 as age, 'shown' as shown)`;
  await inDuckDB(
    ':memory:',
    copy(
      'people',
      `select * from ${row('canaryvalue1@x.example', 'canarysecret1')} union all ${row('canary\'\'value "two" canarytail', 'canarysecret2')} union all ${row('canaryvalue1@x.example', 'x\ncanarysecret3')}`,
    ),
    copy('others', "select 'x' as email, 'y' as code"),
  );
  return folder;
}

beforeAll(async () => {
  buildOnce();
  const folder = await folderOf();
  verified = await surety(folder, ['verify', '--output', 'text', '--output', 'json=run.json'], ENV);
  const others: [string, Ended][] = [
    ['verify', verified],
    ['lint', await surety(folder, ['lint'], ENV)],
    ['lint json', await surety(folder, ['lint', '--output', 'json'], ENV)],
    ['plan', await surety(folder, ['plan'], ENV)],
    ['init of a table', await surety(folder, ['init', '--yes', '--warehouse', 'base', 'x'], ENV)],
    ['verify elsewhere', await surety(folder, ['verify', '--env', 'none'], ENV)],
    ['unset', await surety(folder, ['verify'], { ...ENV, CANARY_URL: '' })],
    ['no samples', await surety(folder, ['verify', '--samples', '0'], ENV)],
    ['verify and keep', await surety(folder, ['verify', '--store'], ENV)],
    ['export', await surety(folder, ['store', 'export'], ENV)],
  ];
  const alone = await writeProject({ 'contracts/alone.yaml': ALONE });
  folders.push(alone);
  await inDuckDB(
    ':memory:',
    `copy (select 'canaryvalue1' as email, 'shown' as shown) to '${join(alone, 'contracts', 'people.parquet')}' (format parquet)`,
  );
  others.push(
    ['alone', await surety(alone, ['verify'])],
    ['alone lint', await surety(alone, ['lint'])],
    ['alone init', await surety(alone, ['init', '--yes', 'contracts/people.parquet'])],
  );
  await inDuckDB(
    ':memory:',
    `copy (select range as id, 'canaryvalue' || range % 3 as last_name from range(120)) to '${join(alone, 'contracts', 'names.parquet')}' (format parquet)`,
  );
  others.push(['names init', await surety(alone, ['init', '--yes', '--force', 'contracts/names.parquet'])]);
  const drafts = (await readdir(join(alone, 'contracts'))).filter((name) => name.endsWith('.yaml'));
  expect(drafts.length, 'init wrote a draft').toBeGreaterThan(1);
  run = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
  const written = (await readdir(folder)).filter((name) => name !== 'surety.yaml' && name.includes('.'));
  outputs = [
    ...others.flatMap(([name, { stdout, stderr }]) => [
      [`${name}: stdout`, stdout] as const,
      [`${name}: stderr`, stderr] as const,
    ]),
    ...(await Promise.all(
      drafts.map(async (name) => [name, await readFile(join(alone, 'contracts', name), 'utf8')] as const),
    )),
    ...(await Promise.all(written.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const))),
  ];
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Lines of outputs that hold the text, without the contract's own text. */
function seen(pattern: RegExp): readonly string[] {
  return outputs.flatMap(([name, text]) =>
    text
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${name}: ${line.trim().slice(0, 300)}`),
  );
}

describe('planted canaries', () => {
  it('the run did look at the data', () => {
    expect(verified.code, verified.stdout + verified.stderr).toBe(3);
    const checks = run.contracts.flatMap(({ tables }) => tables.flatMap((table) => table.checks));
    const broken = checks.filter(({ samples }) => samples !== null).map(({ path }) => path);
    expect(broken).toEqual(
      expect.arrayContaining([
        'people.key',
        'people.email.invalid',
        'people.secret.missing',
        'people.broken',
        'people.aliased',
        'people.every',
        'people.linked',
      ]),
    );
    expect(seen(/‹pii›/).length).toBeGreaterThan(3);
    expect(seen(/shown/).length).toBeGreaterThan(0);
  });

  it.each(Object.entries(SECRETS))('the secret of %s is nowhere', (_, secret) => {
    // The file that a person wrote it into may be named, never quoted.
    expect(seen(new RegExp(secret))).toEqual([]);
  });

  it.each([
    ['values of class pii', /canaryvalue|canarytail/],
    ['values of an unknown class', /canarysecret[23]/],
    ['hashed values', /canaryaccount/],
    ['dates and numbers of class pii', /1977-11-23|197711/],
  ])('%s are nowhere', (_, pattern) => expect(seen(pattern)).toEqual([]));

  it('a value that the contract lists itself stands only where the contract is quoted', () => {
    expect(seen(/canarysecret1/).filter((line) => !/values: \[/.test(line))).toEqual([]);
  });

  it('hashes are 8 hex digits, equal for equal values, and stable with a key', async () => {
    const accounts = (of: typeof run): readonly (string | null)[] => {
      const samples = of.contracts
        .flatMap(({ tables }) => tables.flatMap(({ checks }) => checks))
        .find(({ path }) => path === 'people.account.unique')?.samples;
      return samples?.rows.map((row) => row[samples.columns.indexOf('account')] ?? null) ?? [];
    };
    expect(accounts(run)).toEqual([expect.stringMatching(/^[0-9a-f]{8}$/)]);
    const again = async (env: Readonly<Record<string, string>>): Promise<readonly (string | null)[]> =>
      accounts(
        JSON.parse(
          (await surety(await folderOf(), ['verify', '--check', 'people.account', '--output', 'json'], env)).stdout,
        ),
      );
    expect(await again(ENV)).toEqual(accounts(run));
    expect(await again({ ...ENV, SURETY_MASK_KEY: 'another' })).not.toEqual(accounts(run));
    const { SURETY_MASK_KEY: _, ...keyless } = ENV;
    expect(await again(keyless)).not.toEqual(await again(keyless));
  });
});
