/**
 * The contract language as data: the one source of `contract.schema.json`, the TypeScript types, validation and the field reference.
 * JSON Schema 2020-12 with one keyword of our own, `leaf`: a scalar whose text Surety reads itself (see `leaves/`).
 */
import { closed, either, flag, leaf, list, map, oneOf, oneOrMore, ref, type Schema } from './schema-parts.ts';

const forPeople = {
  description: leaf('text', 'What it is, in a sentence or two.'),
  tags: list(leaf('text', 'tag'), 'Words to select by (`--tag`).'),
  links: map(leaf('text', 'address'), 'Named addresses: docs, runbook, dashboard.'),
};

const answerable = {
  raci: ref('raci'),
  severity: oneOf(['warn', 'fail', 'critical'], 'How loud a broken promise is; `warn` turns fail into warn.'),
};

const valueRules = {
  enum: either(
    'The values that may come: a list, or a map from value to what it means.',
    list(leaf('literal', 'value'), 'values'),
    map(
      either('What the value means.', { type: 'null' }, leaf('text', 'meaning'), ref('enumValue')),
      'value → meaning; quote values that YAML would change',
    ),
  ),
  openEnum: flag('true: other values than those of `enum` may come.'),
  pattern: leaf('pattern', 'Portable regular expression that is searched for in the value.'),
  format: leaf('format', 'A named shape of text (email, iban, …), or the date format of a date in a text file.'),
  min: leaf('literal', 'Smallest value; `now` for times.'),
  max: leaf('literal', 'Largest value; `now` for times.'),
  exclusiveMin: leaf('literal', 'Values must be greater.'),
  exclusiveMax: leaf('literal', 'Values must be less.'),
  minLength: leaf('count', 'Fewest code points.'),
  maxLength: leaf('count', 'Most code points.'),
};

/** The keys of a column, which definitions share. */
const columnKeys = {
  type: leaf('type', 'Logical type: string, int64, decimal(12,2), timestamp, instant, array<…>, …'),
  use: leaf('name', 'A definition whose keys hold here unless they are written here.'),
  required: flag('No row may have NULL here.'),
  missing: either(
    'How many rows may be missing, and which values count as missing beside NULL.',
    leaf('amount', 'rows or share'),
    closed('Tolerance and listed values.', {
      allow: ref('tolerance'),
      warn: leaf('amount', 'More is a warning.'),
      fail: leaf('amount', 'More is a failure.'),
      values: list(leaf('literal', 'value'), 'Values that count as missing beside NULL.'),
    }),
  ),
  unique: either(
    'No value twice.',
    { type: 'boolean' },
    closed('Uniqueness with exceptions.', {
      allow: ref('tolerance'),
      window: leaf('duration', 'How far back it looks.'),
    }),
  ),
  invalid: ref('tolerance', 'How many rows may break the rules on values; absent: none.'),
  ...valueRules,
  references: either(
    'Each value stands in that column.',
    leaf('reference', 'table.column, or contract@major/table.column'),
    closed('A reference with exceptions.', { to: leaf('reference', 'table.column'), allow: ref('tolerance') }, ['to']),
  ),
  unit: leaf('text', 'Unit of measure or currency.'),
  timezone: leaf('timezone', 'Zone of naive timestamps and dates in this column.'),
  classification: leaf('name', 'A class of surety.yaml; decides whether samples show the value.'),
  physicalName: oneOrMore('text', 'Name in the source, or several of which exactly one must be there.'),
  default: leaf('literal', 'What a writer gets who leaves the column out.'),
  generated: flag('The warehouse fills it in; writers do not.'),
  ...answerable,
  deprecated: ref('deprecated'),
  renamedFrom: leaf('name', 'The name in the version before.'),
  ...forPeople,
};

/** Keys of what is in the table itself. */
const STORED: readonly string[] = ['physicalName', 'default', 'generated'];
const featureKeys = Object.fromEntries(Object.entries(columnKeys).filter(([key]) => !STORED.includes(key)));

export const contractSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://surety.dev/contract.schema.json',
  title: 'Contract file',
  ...closed(
    'A versioned promise about one or more tables.',
    {
      contract: leaf('contractId', 'Identity; `@2` in it only where majors live side by side.'),
      version: leaf('semver', 'Semantic version.'),
      status: oneOf(['draft', 'active', 'deprecated', 'retired'], 'Life cycle; absent: active.'),
      title: leaf('text', 'Name for people.'),
      description: forPeople.description,
      domain: leaf('text', 'Part of the business.'),
      tags: forPeople.tags,
      links: forPeople.links,
      readers: oneOf(['open', 'closed'], 'closed: consumers and upstream name every reader.'),
      deprecated: ref('deprecated'),
      raci: ref('raci'),
      timezone: leaf('timezone', 'Zone of naive timestamps, dates, cron and calendar days.'),
      calendar: leaf('name', 'A calendar of surety.yaml.'),
      warehouse: leaf('name', 'A warehouse of surety.yaml; absent: files, relative to this one.'),
      tables: { ...map(ref('table'), 'The tables, by name.'), minProperties: 1 },
      definitions: map(ref('definition'), 'Reusable parts of columns.'),
      sla: ref('sla'),
      schedule: ref('schedule'),
      upstream: map(
        either('Columns read.', leaf('all', 'all'), list(leaf('text', 'table.column'), 'columns')),
        'Contracts that this data is made from; `external:NAME` for what has none.',
      ),
      consumers: map(ref('consumer'), 'Readers, by name.'),
    },
    ['contract', 'version', 'tables'],
  ),
  $defs: {
    table: closed(
      'A table, a view or a set of files.',
      {
        location: leaf(
          'name',
          'Table or files; absent: the name of the table in the default schema, or the file of that name.',
        ),
        warehouse: leaf('name', "Another warehouse than the contract's."),
        read: ref('read'),
        grain: leaf('text', 'What one row is, in words.'),
        key: either(
          'Columns that are required and together unique.',
          list(leaf('name', 'column'), 'columns'),
          closed(
            'A key that looks back only so far.',
            { columns: list(leaf('name', 'column'), 'columns'), window: leaf('duration', 'How far back it looks.') },
            ['columns'],
          ),
        ),
        where: leaf('sql', 'The rows that the promise is about.'),
        partitionedBy: list(leaf('name', 'column'), 'Columns that the table is partitioned by.'),
        timeColumn: leaf('name', 'Default time axis.'),
        window: leaf('duration', 'How far back checks on rows look.'),
        rows: closed('How many rows there are.', {
          min: ref('bound', 'Fewest rows; absent: 1.'),
          max: ref('bound', 'Most rows.'),
          per: ref('slot'),
          change: ref('change'),
          from: leaf('text', 'What to compare with.'),
        }),
        freshness: ref('freshness'),
        updates: ref('updates'),
        retention: closed('How far back the table reaches.', {
          min: leaf('calendarDuration', 'The oldest row is at least this old.'),
          max: leaf('calendarDuration', 'No row is older.'),
        }),
        extraColumns: oneOf(['allow', 'warn', 'forbid'], 'Columns that the contract does not name; absent: allow.'),
        columns: {
          ...map(ref('columnOrType'), 'The columns, by name; members of nested types by path.'),
          minProperties: 1,
        },
        features: map(
          ref('feature'),
          'Derived columns that are not in the table, by name; checks name them as columns.',
        ),
        checks: map(
          either('A row condition, or a check.', leaf('sql', 'row condition without exceptions'), ref('check')),
          'Further checks, by id.',
        ),
        ...answerable,
        schedule: ref('schedule'),
        deprecated: ref('deprecated'),
        renamedFrom: leaf('name', 'The name in the version before.'),
        ...forPeople,
      },
      ['columns'],
    ),
    columnOrType: either('A column.', leaf('type', 'just a type'), ref('column')),
    column: closed('A column or a member of one.', columnKeys),
    definition: closed('A reusable part of columns.', columnKeys),
    feature: closed(
      'A derived column.',
      { ...featureKeys, as: leaf('sql', 'The expression that gives it, over the columns of the source.') },
      ['type', 'as'],
    ),
    enumValue: closed('What a value means.', {
      description: forPeople.description,
      deprecated: ref('deprecated'),
      renamedFrom: leaf('literal', 'The value in the version before.'),
    }),
    check: closed('One of expect, unique, references, failingRows and metric.', {
      expect: leaf('sql', 'Condition that no row may break; NULL holds.'),
      unique: list(leaf('name', 'column'), 'Columns that are together unique.'),
      references: closed(
        'Columns that stand together in another table.',
        {
          columns: list(leaf('name', 'column'), 'columns of this table'),
          to: list(leaf('reference', 'table.column'), 'columns of the other, in the same order'),
        },
        ['columns', 'to'],
      ),
      failingRows: leaf('query', 'Query whose rows are the bad ones; `{table}` names a table of this contract.'),
      metric: leaf(
        'metric',
        'A number: avg(column), share(condition), or an aggregate expression or query of the warehouse.',
      ),
      allow: ref('difference', 'How many rows may be bad, or by how much `equals` may be missed.'),
      min: ref('bound', 'The metric is at least this.'),
      max: ref('bound', 'The metric is at most this.'),
      equals: either(
        'The metric is this.',
        leaf('bound', 'number or percentage'),
        closed(
          'The same metric of another table.',
          {
            from: leaf('reference', 'contract/table'),
            where: leaf('sql', 'which rows there'),
          },
          ['from'],
        ),
      ),
      change: ref('change'),
      from: leaf('text', 'What `change` or drift compares with.'),
      where: leaf('sql', 'Which rows.'),
      by: list(leaf('name', 'column'), 'Each group for itself.'),
      segments: map(
        either('Tolerance of the group.', leaf('bound', 'amount'), ref('thresholds')),
        'Exceptions for groups.',
      ),
      minRows: leaf('count', 'Smaller groups are skipped.'),
      per: ref('slot'),
      window: leaf('duration', 'How far back it looks.'),
      schedule: ref('schedule'),
      ...answerable,
      ...forPeople,
    }),
    tolerance: either(
      'At most so many bad rows: `3`, `0.5%`, or `{ warn, fail }`.',
      leaf('amount', 'rows or share'),
      closed('Two bounds.', { warn: leaf('amount', 'More is a warning.'), fail: leaf('amount', 'More is a failure.') }),
    ),
    difference: either(
      'At most so many bad rows; of `equals` at most this far off: `0.01`, `0.5%`, or `{ warn, fail }`.',
      leaf('difference', 'number or share'),
      closed('Two bounds.', {
        warn: leaf('difference', 'More is a warning.'),
        fail: leaf('difference', 'More is a failure.'),
      }),
    ),
    bound: either(
      'A number, `5%` (= 0.05), or `{ warn, fail }`.',
      leaf('bound', 'number or percentage'),
      ref('thresholds'),
    ),
    thresholds: closed('Two bounds.', {
      warn: leaf('bound', 'Beyond is a warning.'),
      fail: leaf('bound', 'Beyond is a failure.'),
    }),
    change: either(
      'How much it may change against `from`.',
      leaf('share', 'share up or down'),
      closed('Down and up.', { min: leaf('share', 'down, negative'), max: leaf('share', 'up') }),
    ),
    slot: oneOf(['hour', 'day', 'week', 'month'], 'Each time slot for itself.'),
    freshness: either(
      'Age of the newest row.',
      leaf('duration', 'at most this old'),
      closed(
        'Age of the newest row.',
        {
          column: leaf('name', 'Time of the row; absent: `timeColumn`.'),
          within: either(
            'At most this old.',
            leaf('duration', 'at most this old'),
            closed('Two bounds.', {
              warn: leaf('duration', 'Older is a warning.'),
              fail: leaf('duration', 'Older is a failure.'),
            }),
          ),
          clock: oneOf(['wall', 'business'], 'business: only hours of the calendar count.'),
        },
        ['within'],
      ),
    ),
    updates: either(
      'When new data comes.',
      leaf('updateWord', 'hourly, daily or on-demand'),
      closed('Slots.', {
        every: leaf('duration', 'Length of a slot.'),
        cron: leaf('cron', 'When each slot starts.'),
        grace: leaf('duration', 'How late it may be.'),
      }),
    ),
    read: closed('How files are read; what is absent is found out.', {
      format: oneOf(['csv', 'json', 'parquet'], 'Format; absent: by the ending.'),
      delimiter: leaf('character', 'Between cells.'),
      quote: leaf('character', 'Around cells; absent: `"`.'),
      decimal: leaf('character', 'Decimal mark; absent: `.`.'),
      encoding: leaf('text', 'Character encoding; absent: utf-8.'),
      header: either(
        'Line number of the header; false: none.',
        { type: 'boolean', const: false },
        leaf('ordinal', 'line number'),
      ),
      missing: list(leaf('text', 'text'), 'Texts that are NULL.'),
      newest: leaf('ordinal', 'Only the last n files by name.'),
    }),
    raci: closed('Who does it, who answers for it, who is asked and who is told.', {
      responsible: oneOrMore('name', 'Does the work.'),
      accountable: leaf('name', 'Answers for it; exactly one.'),
      consulted: oneOrMore('name', 'Is asked before.'),
      informed: oneOrMore('name', 'Is told after.'),
    }),
    deprecated: closed('Will go away.', {
      since: leaf('semver', 'Version since which.'),
      sunset: leaf('date', 'Day after which it may be gone.'),
      replacedBy: leaf('text', 'What to use.'),
    }),
    schedule: either(
      'When Surety verifies.',
      leaf('cron', 'cron expression'),
      closed(
        'When Surety verifies.',
        { cron: leaf('cron', 'cron expression'), timezone: leaf('timezone', 'Zone of the cron.') },
        ['cron'],
      ),
    ),
    sla: closed('Objectives and how breaches are answered.', {
      freshness: ref('freshness'),
      updates: ref('updates'),
      objectives: map(leaf('objective', '99.5% over 30d'), 'Kind of promise → share over a window.'),
      pipelines: list(leaf('text', 'job'), 'Jobs whose runs count.'),
      response: closed('How fast a breach is answered.', {
        acknowledge: leaf('duration', 'Until somebody has it.'),
        resolve: leaf('duration', 'Until it holds again.'),
        clock: oneOf(['wall', 'business'], 'business: only hours of the calendar count.'),
      }),
    }),
    consumer: closed(
      'A reader.',
      {
        party: leaf('name', 'Who reads.'),
        uses: list(leaf('text', 'table.column'), 'What is read.'),
        description: forPeople.description,
      },
      ['party'],
    ),
  },
};
