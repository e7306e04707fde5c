import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOnce, surety } from '../support/cli.ts';
import { typeOf } from '../support/open-server.ts';
import { projectFolder } from '../support/project-folder.ts';
import { type ServerProject, serverProject, verdictsOf } from '../support/server-project.ts';
import { describeOn, server as serverNamed } from '../support/servers/ask.ts';
import { SERVER_NAMES } from '../support/servers/server.ts';

const rows = Array.from(
  { length: 120 },
  (_, i) =>
    `(${i + 1}, 'a${i}@b.example', ${i}.50, '${i % 2 === 0 ? 'placed' : 'shipped'}', ${i % 3 === 0 ? 'null' : `'n'`})`,
);
const SETUP = [
  'create table $s.orders (id bigint primary key, email varchar(80) not null, amount decimal(12,2), status varchar(20), note varchar(9))',
  `insert into $s.orders values ${rows.join(', ')}`,
  'grant select on $s.orders to $r',
];

beforeAll(buildOnce);

await describeOn(SERVER_NAMES, 'a warehouse from the command line', (server) => {
  const type = typeOf(server);
  let project: ServerProject;
  let declared: (more: string) => string;
  beforeAll(async () => {
    project = await serverProject(server, SETUP);
    const schema = type === 'mysql' ? '' : `, schema: ${project.schema}`;
    declared = (more) => `{ type: ${type}${more}${schema} }`;
  });
  afterAll(() => project?.drop());

  it('connect says what it found, without the password', async () => {
    const ended = await surety(project.folder, ['connect', 'w']);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    const product = {
      postgres: 'PostgreSQL 18.',
      postgres15: 'PostgreSQL 15.',
      mariadb: 'MariaDB 10.',
      mysql: 'MySQL 8.',
    };
    expect(ended.stdout).toContain(`w: ${product[server.name]}`);
    expect(ended.stdout).toMatch(/role \S+, could only read/);
    expect(ended.stdout).toContain('not encrypted');
    expect(ended.stdout).toContain('clock as here');
    expect(ended.stdout).toContain('5m for a statement, 4 tables side by side');
    expect(ended.stdout).not.toContain(new URL(project.url).password);
  });

  it('init writes a contract that holds, and the lines of a role that can only read', async () => {
    const ended = await surety(project.folder, ['init', '--warehouse', 'w', 'orders', '--yes']);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout).toMatch(/wrote contracts\/orders\.yaml: 120 rows, 5 columns, key id/);
    expect(ended.stdout).toMatch(/create (?:role|user) .*surety_reader/);
    expect(ended.stdout).toMatch(/grant select on .*surety_reader/);
    const text = await readFile(join(project.folder, 'contracts', 'orders.yaml'), 'utf8');
    expect(text).toContain('enum: [placed, shipped]');
    expect(text).toContain('email: { type: string(80), required: true, format: email, classification: pii }');
    expect(text).toContain('note: { type: string(9), missing: 50%');
    const verified = await surety(project.folder, ['verify']);
    expect([verified.code, verified.stderr]).toEqual([0, '']);
    expect(verified.stdout).toMatch(/pass: 1 contract, 1 table, \d+ checks/);
    const again = await surety(project.folder, ['init', '--warehouse', 'w', 'orders', '--yes']);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
    const gone = await surety(project.folder, ['init', '--warehouse', 'w', 'ordrs', '--yes']);
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringMatching(/ordrs/)]);
  });

  it('the lines that init prints create a role that verifies', async () => {
    const { stdout } = await surety(project.folder, ['init', '--warehouse', 'w', 'orders', '--yes', '--force']);
    const lines = stdout.split('\n').flatMap((line) => /^ {2}((?:create|grant|alter) .*;)$/.exec(line)?.[1] ?? []);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    // One name for all servers of all runs: the role is made under another one.
    const name = `made_${project.schema}`.slice(0, 30);
    for (const line of lines) await project.admin.query(line.replaceAll('surety_reader', name).replace('…', 'made'));
    const url = new URL(project.url);
    url.username = name;
    url.password = 'made';
    const before = await readFile(join(project.folder, 'surety.yaml'), 'utf8');
    await project.surety(before.replace(project.url, url.href));
    try {
      const connected = await surety(project.folder, ['connect']);
      expect(connected.stdout).toMatch(/could only read/);
      expect((await surety(project.folder, ['verify'])).code).toBe(0);
    } finally {
      await project.surety(before);
      if (type === 'postgres') await project.admin.query(`drop owned by ${name}`);
      await project.admin.query(type === 'postgres' ? `drop role ${name}` : `drop user '${name}'@'%'`);
    }
  });

  it('plan prints every statement and sends none that reads rows', async () => {
    const ended = await surety(project.folder, ['plan']);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout).toMatch(/one scan for \d+ metrics/);
    expect(ended.stdout).toContain(
      type === 'mysql' ? `\`${project.schema}\`.\`orders\`` : `"${project.schema}"."orders"`,
    );
  });

  it('schemas of an environment and of the command line', async () => {
    const before = await readFile(join(project.folder, 'surety.yaml'), 'utf8');
    const url = `{ type: ${type}, url: "${project.url}" }`;
    await project.surety(
      `warehouses: { w: ${url} }\nenvironments: { dev: { warehouses: { w: { schemas: { sales: "\${DEV_SCHEMA}" } } } }, all: { warehouses: { w: { schemas: { "*": ${project.schema} } } } } }\nparties: { ann: { name: Ann } }\n`,
    );
    await project.contract('  orders: { location: sales.orders, key: [id], columns: { id: int64 } }\n');
    const verify = (...args: readonly string[]) =>
      surety(project.folder, ['verify', 'shop.all', '--output', 'json', ...args], { DEV_SCHEMA: project.schema });
    try {
      expect((await verify()).code).toBe(3);
      for (const args of [
        ['--env', 'dev'],
        ['--env', 'all'],
        ['--schema', project.schema],
      ]) {
        const ended = await verify(...args);
        expect([args, ended.code, ended.stderr, ended.stdout]).toEqual([args, 0, '', ended.stdout]);
        expect(ended.stdout).toContain(`"location": "${project.schema}.orders"`);
      }
    } finally {
      await project.surety(before);
    }
  });

  it('by parts instead of a url', async () => {
    const { hostname, port, username, password, pathname } = new URL(project.url);
    const parts = `, host: ${hostname}, port: ${port}, database: ${pathname.slice(1)}, user: ${username}, password: "\${SECRET_PART}"`;
    await project.surety(`warehouses: { w: ${declared(`, url: "${project.url}"`)}, p: ${declared(parts)} }\n`);
    const ended = await surety(project.folder, ['connect', 'p'], { SECRET_PART: password });
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    const unset = await surety(project.folder, ['connect', 'p']);
    expect(unset.code).toBe(2);
    expect(unset.stderr).toContain('SECRET_PART');
  });

  it.each<readonly [string, (url: string) => string, 2 | 3, RegExp]>([
    ['a wrong scheme', (url) => url.replace(/^\w+:/, 'oracle:'), 2, /begins with "oracle:"/],
    ['no host', (url) => url.replace(/@[^/]+/, '@'), 2, /host/],
    ['a port that is none', (url) => url.replace(/:\d+\//, ':99999/'), 2, /port|cannot be read|url/],
    [
      'an unknown TLS word',
      (url) => `${url}?${url.startsWith('mysql') ? 'ssl-mode' : 'sslmode'}=maybe`,
      2,
      /maybe|mode/,
    ],
    ['an unknown parameter', (url) => `${url}?shiny=1`, 2, /shiny|parameter/],
    [
      'an authority that is no file',
      (url) => `${url}?${url.startsWith('mysql') ? 'ssl-ca' : 'sslrootcert'}=/nowhere/ca.pem`,
      2,
      /ca/,
    ],
    [
      'a server that its authorities do not vouch for',
      (url) => `${url}?${url.startsWith('mysql') ? 'ssl-mode=VERIFY_IDENTITY' : 'sslmode=verify-full'}`,
      3,
      /certificate|TLS/,
    ],
  ])('%s: one clear line, never the password', async (_, spoil, code, message) => {
    const url = spoil(project.url);
    await project.surety(`warehouses: { w: ${declared(`, url: "${url}"`)} }\n`);
    const ended = await surety(project.folder, ['connect', 'w']);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)]);
    expect(ended.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^error: w: /),
      expect.stringMatching(/^ {2}hint: /),
    ]);
    const { password } = new URL(project.url);
    expect(ended.stdout + ended.stderr).not.toContain(password);
    await project.contract('  orders: { columns: { id: int64 } }\n');
    const verified = await surety(project.folder, ['verify', 'shop.all']);
    expect(verified.code).toBe(3);
    expect(verified.stdout + verified.stderr).not.toContain(password);
  });

  const { ca } = server;
  it(
    ca === undefined
      ? 'TLS that the server does not speak'
      : 'TLS with the server’s authority, and without asking who it is',
    async () => {
      const url = `, url: "${project.url}"`;
      if (ca === undefined) {
        await project.surety(`warehouses: { blind: ${declared(`${url}, tls: require`)} }\n`);
        const ended = await surety(project.folder, ['connect', 'blind']);
        expect([ended.code, ended.stderr]).toEqual([
          3,
          expect.stringMatching(/speaks no TLS\n {2}hint: write `tls: off`/),
        ]);
        return;
      }
      await project.surety(
        `warehouses: { checked: ${declared(`${url}, tls: { mode: verify, ca: ${ca}, serverName: localhost }`)}, blind: ${declared(`${url}, tls: require`)}, other: ${declared(`${url}, tls: { mode: verify, ca: ${ca}, serverName: elsewhere.example }`)} }\n`,
      );
      for (const name of ['checked', 'blind']) {
        const ended = await surety(project.folder, ['connect', name]);
        expect([ended.code, ended.stderr]).toEqual([0, '']);
        expect(ended.stdout).toMatch(/\n {2}encrypted\n/);
      }
      const other = await surety(project.folder, ['connect', 'other']);
      expect([other.code, other.stderr]).toEqual([3, expect.stringMatching(/certificate .* is for another name/)]);
    },
  );
});

describe('a peer that accepts a connection and never answers', () => {
  it.each(['postgres', 'mysql'])('%s: exit 3 within the limit, with one line', async (type) => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const folder = await projectFolder({
      'surety.yaml': `warehouses: { w: { type: ${type}, url: "${type}://ann:secret-word@127.0.0.1:${port}/shop", timeout: 1s } }\n`,
    });
    const ended = await surety(folder, ['connect']);
    silent.close();
    expect([ended.code, ended.stdout]).toEqual([3, '']);
    expect(ended.stderr).toMatch(/^error: w: no answer after 1 s\n {2}hint: [^\n]+\n$/);
  });
});

describe('a contract over several warehouses', () => {
  it('tables of two servers and of files, compared with each other; references stay in one', async () => {
    const [postgres, mysql] = await Promise.all([serverNamed('postgres'), serverNamed('mariadb')]);
    if ('missing' in postgres || 'missing' in mysql) return;
    const here = await serverProject(postgres, [
      'create table $s.orders (id bigint primary key, customer bigint)',
      'insert into $s.orders values (1, 1), (2, 9)',
      'grant select on $s.orders to $r',
    ]);
    const there = await serverProject(mysql, [
      'create table $s.orders (id bigint primary key, customer bigint)',
      'insert into $s.orders values (1, 1), (2, 9), (3, 1)',
      'create table $s.customers (id bigint primary key)',
      'insert into $s.customers values (1)',
      'grant select on $s.orders to $r',
      'grant select on $s.customers to $r',
    ]);
    try {
      await here.surety(
        `warehouses: { w: { type: postgres, url: "${here.url}", schema: ${here.schema}, concurrency: 1 }, crm: { type: mysql, url: "${there.url}", concurrency: 1 } }\nparties: { ann: { name: Ann } }\n`,
      );
      const tables = `  orders:
    key: [id]
    columns: { id: int64, customer: int64 }
    checks:
      as-many: { metric: count(*), equals: { from: loaded } }
      no-more: { metric: sum(id), equals: { from: loaded }, allow: 3 }
  loaded:
    location: orders
    warehouse: crm
    key: [id]
    columns: { id: int64, customer: { type: int64, references: customers.id } }
    checks: { as-many: { metric: count(*), equals: { from: orders } } }
  customers: { warehouse: crm, key: [id], columns: { id: int64 } }
`;
      await here.contract(tables);
      const found = await here.verify();
      expect(verdictsOf(found)).toMatchObject({
        'orders.as-many': 'fail',
        'orders.no-more': 'pass',
        'orders.key': 'pass',
        'loaded.as-many': 'fail',
        'loaded.key': 'pass',
        'loaded.customer.references': 'fail',
        'customers.key': 'pass',
      });
      expect(new Set(found.contracts[0]?.tables.map(({ warehouse }) => warehouse))).toEqual(new Set(['w', 'crm']));
      expect([await here.connections(), await there.connections()]).toEqual([0, 0]);
      await here.contract(
        tables.replace(
          'columns: { id: int64, customer: int64 }',
          'columns: { id: int64, customer: { type: int64, references: customers.id } }',
        ),
      );
      const linted = await surety(here.folder, ['lint']);
      expect([linted.code, linted.stdout]).toEqual([2, expect.stringMatching(/reference-warehouse/)]);
      expect(linted.stdout).toContain('is in warehouse "crm", this table in warehouse "w"');
      expect(linted.stdout).toContain('compare numbers instead');
    } finally {
      await here.drop();
      await there.drop();
    }
  });
});
