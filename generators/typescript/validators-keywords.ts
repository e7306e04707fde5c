import { _, type Code, type CodeKeywordDefinition, KeywordCxt, Name, stringify } from 'ajv';
import { getProperty } from 'ajv/dist/compile/codegen/index.js';
import { mapKey, type PathStep, pathOf } from './validators-path.ts';
import type { MapSchema } from './validators-schema.ts';

/** The parameter of the emitted functions that is told what is wrong, and the constant that holds the rules: AJV knows ASCII names only. */
const REPORT = new Name('report');
const RULES = new Name('rules');

/** What stands beside `properties` and `items`, AJV's own: all of these report. */
export const KEYWORDS: readonly CodeKeywordDefinition[] = [
  {
    keyword: 'rule',
    code: (cxt) => report(cxt, cxt.it.dataPathArr, _`${ruleOf(cxt.schema)}(${cxt.data})`),
  },
  {
    keyword: 'refused',
    code: (cxt) => report(cxt, cxt.it.dataPathArr, _`${cxt.schema}`),
  },
  {
    keyword: 'present',
    type: 'object',
    code(cxt) {
      const { gen, data, it, schema } = cxt;
      if (schema.length === 0) return;
      gen.forOf('name', stringify(schema), (name) => {
        const isAbsent = it.opts.ownProperties ? not(ownProperty(data, name)) : _`${data}[${name}] === undefined`;
        gen.if(isAbsent, () => report(cxt, [...it.dataPathArr, mapKey(name, 'member')], _`${'is not there'}`));
      });
    },
  },
  {
    keyword: 'closed',
    type: 'object',
    code(cxt) {
      const { gen, data, it, parentSchema } = cxt;
      const known = [...Object.keys(parentSchema['properties']), ...('inherited' in parentSchema ? ['__proto__'] : [])];
      gen.forOf('name', _`Object.keys(${data})`, (name) => {
        const reason = _`${'is no column of the contract'}`;
        gen.if(_`!${stringify(known)}.includes(${name})`, () =>
          report(cxt, [...it.dataPathArr, mapKey(name, 'member')], reason),
        );
      });
    },
  },
  {
    // AJV leaves this name out of `properties`.
    keyword: 'inherited',
    type: 'object',
    code(cxt) {
      const name = '__proto__';
      cxt.gen.if(ownProperty(cxt.data, _`${name}`), () => {
        cxt.subschema({ keyword: 'inherited', dataProp: name }, cxt.gen.name('valid'));
      });
    },
  },
  {
    keyword: 'entries',
    code(cxt) {
      const { gen, data, it, def } = cxt;
      const { keyRule, keysShown }: MapSchema = cxt.schema;
      gen.if(_`${data} instanceof Map`, () => {
        gen.forOf('entry', data, (entry) => {
          const key = gen.const('key', _`${entry}[0]`);
          const value = gen.const('value', _`${entry}[1]`);
          const path = [...it.dataPathArr, mapKey(key, keysShown ? 'key' : 'hidden')];
          report(cxt, path, _`${ruleOf(keyRule)}(${key})`);
          const inside = new KeywordCxt({ ...it, dataPathArr: path }, def, 'entries');
          inside.subschema({ keyword: 'entries', data: value }, gen.name('valid'));
        });
      });
    },
  },
];

function ruleOf(key: string): Code {
  return _`${RULES}${getProperty(key)}`;
}

function report({ gen }: KeywordCxt, path: readonly PathStep[], reason: Code): void {
  gen.code(_`${REPORT}(${pathOf(path)}, ${reason})`);
}

function ownProperty(data: Name, name: Code): Code {
  return _`Object.prototype.hasOwnProperty.call(${data}, ${name})`;
}

function not(condition: Code): Code {
  return _`!${condition}`;
}
