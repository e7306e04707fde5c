import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIALECTS } from '../../src/dialects/index.ts';
import { findProject } from '../../src/project/load-project.ts';
import { ENGINES } from '../../src/project/server-keys.ts';
import { namedTarget } from '../../src/project/target.ts';
import type { WarehouseTarget } from '../../src/sql/dialect.ts';
import { projectFolder } from '../support/project-folder.ts';

async function lint(surety: string): Promise<readonly string[]> {
  const { diagnostics } = await findProject(await projectFolder({ 'surety.yaml': surety }), { variables: {} });
  return diagnostics.map(({ code, message, hint, at }) => `${code} ${at?.line}:${at?.column} ${message} (${hint})`);
}

interface Found {
  readonly folder: string;
  readonly target?: WarehouseTarget;
  readonly type?: string;
  readonly problems: readonly string[];
}

/** Warehouse `w` of the file. */
async function found(surety: string, variables: Record<string, string> = {}, environment?: string): Promise<Found> {
  const folder = await projectFolder({ 'surety.yaml': surety });
  const { project, diagnostics } = await findProject(folder, { variables, ...(environment && { environment }) });
  expect(diagnostics).toEqual([]);
  const result = namedTarget(project, 'w');
  return 'found' in result
    ? { folder, target: result.found.target, type: result.found.type, problems: [] }
    : { folder, problems: result.diagnostics.map(({ message, at }) => `${at?.line}:${at?.column} ${message}`) };
}

describe('types', () => {
  test('every dialect is a type', () => {
    const types = DIALECTS.map(({ type }) => type);
    expect(types.filter((type) => !ENGINES.some((engine) => engine === type))).toEqual([]);
  });

  test.each(ENGINES)('%s is one', async (type) => {
    expect(await lint(`warehouses: { w: { type: ${type} } }`)).toEqual([]);
  });

  test.each([
    ['postgresql', 'did you mean "postgres"?'],
    ['PostgreSQL', 'did you mean "postgres"?'],
    ['Postgres', 'did you mean "postgres"?'],
    ['pg', 'did you mean "postgres"?'],
    ['psql', 'did you mean "postgres"?'],
    ['maria', 'did you mean "mysql"?'],
    ['my-sql', 'did you mean "mysql"?'],
    ['mariadb', 'write mysql, which is MariaDB too'],
    ['MariaDB', 'write mysql, which is MariaDB too'],
    ['duck', 'did you mean "duckdb"?'],
    ['snowflake', 'types are duckdb, postgres, mysql'],
    ['constructor', 'types are duckdb, postgres, mysql'],
  ])('%s is none', async (type, hint) => {
    expect(await lint(`warehouses: { w: { type: ${type}, root: x, host: y } }`)).toEqual([
      `project/unknown-type 1:26 "${type}" is no type of warehouse (${hint})`,
    ]);
  });

  test('one of an environment is looked at as well', async () => {
    const surety = 'warehouses: { w: { type: postgres } }\nenvironments: { dev: { warehouses: { w: { type: pg } } } }';
    expect(await lint(surety)).toEqual([
      'project/unknown-type 2:49 "pg" is no type of warehouse (did you mean "postgres"?)',
    ]);
  });
});

describe('keys that do not go together', () => {
  test.each([
    {
      name: 'url and parts',
      own: 'type: postgres, url: x, user: u, port: 1',
      told: 'project/misfit-parts 1:53 warehouse "w" has both url and port (keep `url`, or write `host`, `port`, `database`, `user` and `password` instead)',
    },
    {
      name: 'parts of a file',
      own: 'type: duckdb, user: u, host: h',
      told: 'project/misfit-parts 1:43 `host` is a part of a server\'s address, but warehouse "w" is duckdb (remove `host`, `user`)',
    },
    {
      name: 'an encrypted file',
      own: 'type: duckdb, tls: verify',
      told: 'project/misfit-tls 1:34 `tls` encrypts the connection to a server, but warehouse "w" is duckdb (remove `tls`)',
    },
    {
      name: 'files on a server',
      own: 'type: mysql, host: h, root: x',
      told: 'project/misfit-root 1:42 `root` is a folder of files, but warehouse "w" is mysql (remove `root`)',
    },
  ])('$name', async ({ own, told }) => {
    expect(await lint(`warehouses: { w: { ${own} } }`)).toEqual([told]);
  });

  test.each([
    { name: 'both in the environment', own: 'url: x, host: h', code: 'project/misfit-parts 2:51' },
    { name: 'a root over a server', own: 'root: x', code: 'project/misfit-root 2:43' },
  ])('in an environment: $name', async ({ own, code }) => {
    const surety = `warehouses: { w: { type: postgres, url: x } }\nenvironments: { dev: { warehouses: { w: { ${own} } } } }`;
    expect((await lint(surety)).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([code]);
  });

  test('tls over a file', async () => {
    const surety = 'warehouses: { w: { type: duckdb } }\nenvironments: { dev: { warehouses: { w: { tls: off } } } }';
    expect((await lint(surety)).map((line) => line.split(' ')[0])).toEqual(['project/misfit-tls']);
  });
});

describe('what stands under the keys', () => {
  test.each([
    ['port: 70000', 'schema/bad-value', '"70000" is not a port'],
    ['port: "${P"', 'schema/bad-value', 'a variable is not closed'],
    ['port: http', 'schema/bad-value', '"http" is not a port'],
    ['tls: on', 'schema/not-listed', '"on"'],
    ['tls: { mode: prefer }', 'schema/not-listed', '"prefer"'],
    ['tls: { mode: off, sslmode: x }', 'schema/unknown-key', 'unknown key "sslmode"'],
    ['tls: [off]', 'schema/wrong-type', 'a list stands here'],
    ['sslmode: require', 'schema/unknown-key', 'this is "tls" here'],
    ['username: me', 'schema/unknown-key', 'this is "user" here'],
    ['hostname: h', 'schema/unknown-key', 'this is "host" here'],
    ['dbname: d', 'schema/unknown-key', 'this is "database" here'],
  ])('%s', async (own, code, piece) => {
    const told = await lint(`warehouses: { w: { type: postgres, ${own} } }`);
    expect(told).toEqual([expect.stringContaining(code)]);
    expect(told[0]).toContain(piece);
  });

  test.each(['off', 'require', 'verify', '{ mode: off }', '{ ca: x, serverName: y }', '"off"'])(
    'tls: %s',
    async (tls) => {
      expect(await lint(`warehouses: { w: { type: postgres, tls: ${tls} } }`)).toEqual([]);
    },
  );
});

describe('the target', () => {
  const variables = { HOST: 'db', PORT: '6432', DB: 'shop', ME: 'ann', PASS: 'hunter2', CA: 'certs/ca.pem', EMPTY: '' };

  test('has the parts with their variables filled in, and absolute paths', async () => {
    const surety = `
warehouses:
  w:
    type: postgres
    host: "\${HOST}"
    port: "\${PORT}"
    database: "\${DB}"
    user: "\${ME}"
    password: "\${PASS}"
    tls: { mode: verify, ca: "\${CA}", cert: /etc/me.pem, key: me.key, serverName: "\${HOST}.example" }
`;
    const { folder, target } = await found(surety, variables);
    expect(target).toEqual({
      name: 'w',
      parts: { host: 'db', port: '6432', database: 'shop', user: 'ann', password: 'hunter2' },
      tls: {
        mode: 'verify',
        ca: join(folder, 'certs/ca.pem'),
        cert: '/etc/me.pem',
        key: join(folder, 'me.key'),
        serverName: 'db.example',
      },
      schemas: new Map(),
      concurrency: 4,
      timeout: 300_000,
      allowPrivileged: false,
    });
  });

  test('has numbers as they are written, and one word for tls', async () => {
    const { target } = await found('warehouses: { w: { type: mysql, host: h, port: 3307, password: 0123, tls: off } }');
    expect(target?.parts).toEqual({ host: 'h', port: '3307', password: '0123' });
    expect(target?.tls).toEqual({ mode: 'off' });
  });

  test('has nothing for what is filled in with nothing', async () => {
    const surety =
      'warehouses: { w: { type: mysql, host: h, port: "${NONE:-}", password: "${EMPTY}", tls: { ca: "${NONE:-}" } } }';
    const { target } = await found(surety, variables);
    expect(target?.parts).toEqual({ host: 'h' });
    expect(target?.tls).toEqual({});
  });

  test('names every variable that is not set, and where', async () => {
    const surety =
      'warehouses: { w: { type: mysql, host: "${A}", password: "x${B}", tls: { key: "${C}", serverName: "${D}" } } }';
    expect((await found(surety)).problems).toEqual([
      '1:39 ${A} of warehouse "w" is not set',
      '1:57 ${B} of warehouse "w" is not set',
      '1:78 ${C} of warehouse "w" is not set',
      '1:98 ${D} of warehouse "w" is not set',
    ]);
  });
});

describe('an environment', () => {
  const parts = 'host: prod, user: ann, password: hunter2';
  test.each([
    {
      name: 'parts are merged key by key',
      top: `type: postgres, ${parts}, tls: verify`,
      own: 'host: dev',
      target: { parts: { host: 'dev', user: 'ann', password: 'hunter2' }, tls: { mode: 'verify' } },
    },
    {
      name: 'a url replaces all parts',
      top: `type: postgres, ${parts}, tls: verify`,
      own: 'url: "postgres://dev/x"',
      target: { url: 'postgres://dev/x', tls: { mode: 'verify' } },
    },
    {
      name: 'parts replace the url',
      top: 'type: postgres, url: "postgres://ann:hunter2@prod/x", schema: s',
      own: 'host: dev',
      target: { parts: { host: 'dev' }, schema: 's' },
    },
    {
      name: 'tls is replaced as a whole',
      top: `type: postgres, ${parts}, tls: { mode: verify, ca: x }`,
      own: 'tls: require',
      target: { parts: { host: 'prod', user: 'ann', password: 'hunter2' }, tls: { mode: 'require' } },
    },
    {
      name: 'another type has another place',
      top: `type: postgres, ${parts}, tls: verify, timeout: 1s`,
      own: 'type: duckdb, url: x.db',
      target: { url: 'x.db', timeout: 1000 },
    },
    { name: 'a root replaces a url', top: 'type: duckdb, url: x.db', own: 'root: y', target: {} },
    { name: 'a url replaces a root', top: 'type: duckdb, root: y', own: 'url: x.db', target: { url: 'x.db' } },
    { name: 'nothing else changes', top: 'type: duckdb, url: x.db', own: 'timeout: 1s', target: { url: 'x.db' } },
  ])('$name', async ({ top, own, target }) => {
    const surety = `warehouses: { w: { ${top} } }\nenvironments: { dev: { warehouses: { w: { ${own} } } } }`;
    const { target: there } = await found(surety, {}, 'dev');
    const { url, parts: merged, tls } = there ?? {};
    expect({ ...(url && { url }), ...(merged && { parts: merged }), ...(tls && { tls }) }).toEqual(
      Object.fromEntries(Object.entries(target).filter(([key]) => ['url', 'parts', 'tls'].includes(key))),
    );
    expect(there).toMatchObject(target);
    expect((await found(surety)).type).toBe(/type: (\w+)/.exec(top)?.[1]);
  });
});
