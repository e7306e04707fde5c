import { contractSchema } from '../contract/schema.ts';
import { closed, either, flag, leaf, list, map, oneOf, oneOrMore, ref, type Schema } from '../contract/schema-parts.ts';

const TLS_MODES = ['off', 'require', 'verify'];
const SHARED = ['definition', 'tolerance', 'raci', 'deprecated', 'enumValue'];
const contractDefs = Object.entries(contractSchema.$defs as Readonly<Record<string, Schema>>);

const filledIn = (description: string): Schema => leaf('filledIn', description);

/** `surety.yaml` as data, in the words of the contract's schema. The leaf `filledIn` is a text with `${ENV}` and `${ENV:-default}`. */
export const projectSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://surety.dev/surety.schema.json',
  title: 'Project file',
  ...closed('Where data lives, who the parties are and what contracts share; the only file with endpoints.', {
    contracts: oneOrMore('text', 'Globs of the contract files; absent: contracts/**/*.yaml.'),
    warehouses: map(ref('warehouse'), 'Where tables are, by name.'),
    environments: map(ref('environment'), 'What differs elsewhere, by name (`--env`); the top level is production.'),
    parties: map(ref('party'), 'People and teams that hold RACI roles, by name.'),
    channels: closed('Credentials of the channels.', {
      slack: closed('Slack.', { token: filledIn('Token of the bot.') }),
      email: closed('Email.', { url: filledIn('smtp:// or smtps:// address.'), from: leaf('text', 'Sender.') }),
    }),
    calendars: map(ref('calendar'), 'Business hours, by name.'),
    definitions: map(ref('definition'), 'Reusable parts of columns that all contracts share.'),
    classifications: map(oneOf(['show', 'mask', 'hash'], 'What samples show.'), 'Classes of values, by name.'),
    store: filledIn('Where the history is kept; absent: sqlite:.surety/store.db.'),
    gate: closed('What `surety breaking` refuses.', {
      profile: oneOf(['schema', 'consumer', 'full'], 'Which changes count; absent: consumer.'),
      minSunset: leaf('duration', 'Shortest notice before something goes away.'),
      rules: map(oneOf(['off', 'info', 'warn', 'error'], 'Severity.'), 'Rule id → severity.'),
    }),
  }),
  $defs: {
    warehouse: closed('An engine and where it is.', {
      type: leaf('name', 'Engine: duckdb, postgres or mysql (which is MariaDB too).'),
      url: filledIn('Address of a server, or a DuckDB file.'),
      host: filledIn('Instead of url: name or address of the server, or the path of a unix socket.'),
      port: leaf('port', 'Port of the server; absent: 5432 (postgres), 3306 (mysql).'),
      database: filledIn('Database to connect to.'),
      user: filledIn('Role that connects.'),
      password: filledIn('Its password.'),
      tls: either(
        'How the connection is encrypted; absent: off on this machine, else verify.',
        oneOf(TLS_MODES, 'mode'),
        ref('tls'),
      ),
      root: filledIn('Folder that file locations are relative to and must stay inside.'),
      schema: filledIn('Default schema.'),
      schemas: map(filledIn('Real schema.'), 'Logical schema → real one; `*` stands for every other.'),
      concurrency: leaf('ordinal', 'Tables measured side by side; absent: 4.'),
      timeout: leaf('duration', 'Of one statement; absent: 5m.'),
      responsible: oneOrMore('name', 'Hears of outages.'),
      allowPrivileged: flag('Send contract SQL although the role could write files or run programs.'),
      trustForeignKeys: flag('Take foreign keys of the engine for granted.'),
    }),
    tls: closed('How the connection to a server is encrypted. Files are relative to the project folder.', {
      mode: oneOf(TLS_MODES, 'off, require (encrypt, check nothing) or verify (check certificate and name).'),
      ca: filledIn('File of the authorities to trust; absent: those that Node.js knows.'),
      cert: filledIn('File of our own certificate.'),
      key: filledIn('File of its key.'),
      serverName: filledIn('Name in the certificate of the server; absent: the host.'),
    }),
    environment: closed('What differs from production.', {
      warehouses: map(ref('warehouse'), 'Merged over those of the top level, key by key.'),
      skip: list(leaf('name', 'kind'), 'Kinds of promises that are skipped, never passed.'),
      severity: oneOf(['warn', 'fail', 'critical'], 'The worst that a broken promise comes to.'),
      notify: flag('false: nobody is told.'),
      schedule: flag('false: nothing runs by itself.'),
    }),
    party: closed('A person or a team.', {
      name: leaf('text', 'Name for people.'),
      slack: filledIn('Channel or member, without # or @.'),
      email: oneOrMore('filledIn', 'Addresses.'),
      teams: filledIn('Address of a Teams workflow.'),
      webhook: filledIn('Address that gets a POST.'),
      pagerduty: filledIn('Integration key.'),
      members: oneOrMore('name', 'Parties or people inside.'),
      timezone: leaf('timezone', 'Zone of times in messages.'),
    }),
    calendar: closed('When people work.', {
      days: either('Weekdays: mon-fri, or a list.', leaf('weekdays', 'range'), list(leaf('weekdays', 'day'), 'days')),
      hours: leaf('hours', 'From and to: 09:00-18:00.'),
      holidays: list(leaf('date', 'day'), 'Days off.'),
      timezone: leaf('timezone', 'Zone of days and hours.'),
    }),
    ...Object.fromEntries(contractDefs.filter(([name]) => SHARED.includes(name))),
  },
};
