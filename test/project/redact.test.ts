import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findProject } from '../../src/project/load-project.ts';
import { excerpt } from '../../src/util/excerpt.ts';
import { projectFolder } from '../support/project-folder.ts';

const CANARY = 'hunter2canary';

/** All that is said and shown of the file. */
async function shown(surety: string): Promise<string> {
  const folder = await projectFolder({ 'surety.yaml': surety });
  const found = await findProject(folder, { variables: {} });
  return [
    JSON.stringify(found, (_, value) => (value instanceof Map ? [...value] : value)),
    inspect(found.project, { depth: 20, showHidden: true }),
    found.source?.text,
  ].join('\n');
}

const server = (lines: string): string =>
  `warehouses:\n  w:\n    type: postgres\n    host: db.example\n${lines.replaceAll(/^/gm, '    ')}\n`;

describe('a password is never shown', () => {
  test.each([
    ['plain', server(`password: ${CANARY}`)],
    ['with a comma and a bracket', server(`password: a,b}${CANARY}`)],
    ['with a blank', server(`password: a ${CANARY}`)],
    ['cut by a comment', server(`password: a #${CANARY}`)],
    ['in front of a comment', server(`password: ${CANARY} #x`)],
    ['in single quotes', server(`password: 'it''s ${CANARY}'`)],
    ['in double quotes', server(`password: "a\\"b ${CANARY}"`)],
    ['on a line of its own', server(`password:\n  ${CANARY}`)],
    ['on the next line, where a key is expected', server(`password:\n${CANARY}`)],
    ['over several lines', server(`password: a\n  b ${CANARY}`)],
    ['as a block', server(`password: |\n  a\n  ${CANARY}`)],
    ['as a folded block', server(`password: >-\n  ${CANARY}\n  b`)],
    ['with a quoted key', server(`"password": ${CANARY}`)],
    ['with a question mark', server(`? password\n: ${CANARY}`)],
    ['without a blank', server(`password:${CANARY}`)],
    ['with a tag', server(`password: !secret ${CANARY}`)],
    ['with an anchor', server(`password: &p ${CANARY}\nuser: *p`)],
    ['by an alias', `x-p: &p ${CANARY}\n${server('password: *p')}`],
    ['that is a tag to YAML', server(`password: !${CANARY}`)],
    ['that is an alias to YAML', server(`password: *${CANARY}`)],
    ['that is an anchor to YAML', server(`password: &${CANARY}`)],
    ['that is a directive to YAML', server(`password: %${CANARY}`)],
    ['that begins with @', server(`password: @${CANARY}`)],
    ['that begins with a backtick', server(`password: \`${CANARY}`)],
    ['in a list', server(`password: [${CANARY}]`)],
    ['in a map', server(`password: { a: ${CANARY} }`)],
    ['twice', server(`password: a\npassword: ${CANARY}`)],
    ['in a default', server(`password: "\${P:-${CANARY}}"`)],
    ['in a broken variable', server(`password: "\${${CANARY}!}"`)],
    ['in braces', `warehouses: { w: { type: postgres, host: h, password: ${CANARY}, typo: 1 } }`],
    ['in braces, split by a comma', `warehouses: { w: { type: postgres, password: a,${CANARY} } }`],
    ['in braces, cut by a comment', `warehouses: { w: { type: postgres, password: a #${CANARY} } }`],
    ['in JSON', `{"warehouses":{"w":{"type":"postgres","password":"${CANARY}","typo":1}}}`],
    ['in braces that are not closed', `warehouses: { w: { type: postgres, password: ${CANARY}`],
    ['in quotes that are not closed', server(`password: "${CANARY}`)],
    ['in a comment', server(`# password: ${CANARY}`)],
    ['under a mistyped key', server(`pasword: ${CANARY}`)],
    ['under a key of another case', server(`PASSWORD: ${CANARY}`)],
    ['under the key of another tool', server(`pwd: ${CANARY}`)],
    [
      'in an environment',
      `environments: { dev: { warehouses: { w: { type: postgres, password: ${CANARY}, x: 1 } } } }`,
    ],
    ['beside a url', server(`url: postgres://me:${CANARY}@h/db\npassword: ${CANARY}`)],
    [
      'in a url split by a comma',
      `warehouses: { w: { type: postgres, url: "postgres://a:${CANARY},b@c/d" , tpe: x } }`,
    ],
    ['under keys that are too deep', `password: ${CANARY}\na: ${'['.repeat(200)}`],
    ['of three letters', server('password: "${q7Z"')],
  ])('%s', async (_, surety) => {
    const text = await shown(surety);
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain('q7Z');
  });

  test('whatever it is made of', async () => {
    const piece = fc.constantFrom(
      ...['a', ' ', ',', '}', '{', '"', "'", '#', ' #', ': ', '\\', '&x ', '*', '|', '%', '@', '/'],
    );
    const password = fc.tuple(fc.array(piece, { maxLength: 4 }), fc.array(piece, { maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(password, fc.boolean(), async ([before, behind], flow) => {
        const written = `${before.join('')}${CANARY}${behind.join('')}`;
        // A comma in braces may begin another key, which anybody would read as one.
        fc.pre(!(flow && /,.*: /.test(written)));
        const surety = flow
          ? `warehouses: { w: { type: postgres, password: ${written} } }`
          : server(`password: ${written}\ntypo: 1`);
        const folder = await projectFolder({ 'surety.yaml': surety });
        const { diagnostics, source } = await findProject(folder, { variables: {} });
        for (const { message, hint, fix, at } of diagnostics) {
          const lines = at && source ? excerpt(source, at) : '';
          expect(`${message} ${hint} ${fix?.text} ${lines}`).not.toContain(CANARY);
        }
      }),
      { seed: 20261123, numRuns: 3000 },
    );
  });
});

describe('the rest stays', () => {
  test('places, keys and what is no secret', async () => {
    const surety = server('user: ann\npassword: hunter2\ntypo: 1');
    const { source } = await findProject(await projectFolder({ 'surety.yaml': surety }), { variables: {} });
    expect(source?.text).toBe(surety.replace('hunter2', '*******'));
  });

  test('a message about another key of the same name as a secret', async () => {
    const surety = 'definitions: { key: { type: strin }, url: { type: nope } }\nparties: { team: { timezone: Mars } }';
    const { diagnostics } = await findProject(await projectFolder({ 'surety.yaml': surety }), { variables: {} });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('"strin"'),
      expect.stringContaining('"nope"'),
      expect.stringContaining('"Mars"'),
    ]);
  });

  test('what is wrong with a password is said without it', async () => {
    const surety = server('password: a #b');
    const { diagnostics } = await findProject(await projectFolder({ 'surety.yaml': surety }), { variables: {} });
    expect(diagnostics).toEqual([
      {
        code: 'yaml/comment-cuts',
        severity: 'error',
        message: '[redacted] starts a comment here and cuts the value short to [redacted]',
        hint: 'write password: [redacted], or put a space after # if a comment is meant',
        path: 'warehouses.w.password',
        at: expect.anything(),
      },
    ]);
  });
});
