import { IBAN } from '../../src/sql/format-patterns.ts';

interface Helper {
  readonly name: string;
  /** Names of helpers and of imports that it uses; helpers stand before it. */
  readonly needs: readonly string[];
  readonly code: string;
}

const WHOLE = `def _whole(value: object) -> object:
    """A whole number comes as int or as text of digits; a float may have lost some."""
    if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]{1,1000}", value):
        return int(value)
    if isinstance(value, (bool, float, str)):
        raise ValueError("expected a whole number")
    return value
`;

const EXACT = `def _exact(value: object) -> object:
    """A decimal number comes as Decimal, int or text; a float only with at most 15 digits."""
    if isinstance(value, float):
        digits = re.sub(r"^-?0*\\.?0*|\\.0$|\\.", "", repr(value))
        if len(digits) > 15:
            raise ValueError("a float keeps 15 digits: give it as text")
        return Decimal(repr(value))
    if isinstance(value, bool):
        raise ValueError("expected a decimal number")
    if isinstance(value, str) and not re.fullmatch(r"[+-]?[0-9]+(?:\\.[0-9]+)?", value):
        raise ValueError("expected a decimal number such as 12.50, without an exponent")
    return value
`;

const SINGLE = `def _single(value: float) -> float:
    """A number of 32 bits, rounded as the column rounds it."""
    try:
        return struct.unpack("<f", struct.pack("<f", value))[0]
    except OverflowError:
        raise ValueError("does not fit 32 bits") from None
`;

const FORM = `def _form(pattern: str, words: str) -> BeforeValidator:
    """Texts have to have a form, and numbers are not taken for dates, times or ids."""
    form = re.compile(pattern)

    def check(value: object) -> object:
        is_text = isinstance(value, str)
        if isinstance(value, (int, float, bytes)) or (is_text and not form.fullmatch(value)):
            raise ValueError(f"expected {words}")
        return value

    return BeforeValidator(check)
`;

const OFFSET = `def _offset(value: object) -> object:
    """Writes an offset of hours alone with its minutes."""
    return f"{value}:00" if isinstance(value, str) and re.search(r"[+-][0-9]{2}$", value) else value
`;

const UTC = `def _utc(value: datetime.datetime) -> datetime.datetime:
    """The same point in time, in UTC."""
    try:
        return value.astimezone(datetime.timezone.utc)
    except OverflowError:
        raise ValueError("is outside the years 1 to 9999") from None
`;

const ONE_OF = `def _one_of(*values: object) -> AfterValidator:
    """No other values may come; NaN is one, though it equals nothing."""

    def is_among(value: Any) -> bool:
        return value in values or (value != value and any(each != each for each in values))

    def check(value: Any) -> Any:
        if not is_among(value):
            raise ValueError("expected one of " + ", ".join(map(str, values)))
        return value

    return AfterValidator(check)
`;

const THERE = `def _there(value: Any) -> Any:
    """Any value but none."""
    if value is None:
        raise ValueError("expected a value")
    return value
`;

const LIKE = `def _like(pattern: str) -> AfterValidator:
    """The whole text has a form, beside the pattern that it matches."""
    form = re.compile(pattern)

    def check(value: str) -> str:
        if not form.fullmatch(value):
            raise ValueError("expected a text of the format of the contract")
        return value

    return AfterValidator(check)
`;

const IBAN_CODE = `def _iban(value: str) -> str:
    """The check digits of an IBAN (ISO 13616)."""
    if not re.fullmatch(r"${IBAN.slice(1, -1)}", value):
        raise ValueError("expected an IBAN")
    if int("".join(str(int(character, 36)) for character in value[4:] + value[:4])) % 97 != 1:
        raise ValueError("expected an IBAN whose check digits are right")
    return value
`;

const CLOCK = '(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,6})?)?';
const DAY = '[0-9]{4}-[0-9]{2}-[0-9]{2}';

const HELPERS: readonly Helper[] = [
  { name: '_whole', needs: ['re'], code: WHOLE },
  { name: '_exact', needs: ['re', 'Decimal'], code: EXACT },
  { name: '_single', needs: ['struct'], code: SINGLE },
  { name: '_form', needs: ['re', 'BeforeValidator'], code: FORM },
  { name: '_offset', needs: ['re'], code: OFFSET },
  { name: '_utc', needs: ['datetime'], code: UTC },
  { name: '_one_of', needs: ['AfterValidator', 'Any'], code: ONE_OF },
  { name: '_there', needs: ['Any'], code: THERE },
  { name: '_like', needs: ['re', 'AfterValidator'], code: LIKE },
  { name: '_iban', needs: ['re'], code: IBAN_CODE },
  alias('Int8', ['_whole', 'Annotated', 'BeforeValidator', 'Field'], integer(8)),
  alias('Int16', ['_whole', 'Annotated', 'BeforeValidator', 'Field'], integer(16)),
  alias('Int32', ['_whole', 'Annotated', 'BeforeValidator', 'Field'], integer(32)),
  alias('Int64', ['_whole', 'Annotated', 'BeforeValidator', 'Field'], integer(64)),
  alias('Integer', ['_whole', 'Annotated', 'BeforeValidator'], 'Annotated[int, BeforeValidator(_whole)]'),
  alias('Float32', ['_single', 'Annotated', 'AfterValidator'], 'Annotated[float, AfterValidator(_single)]'),
  formed('LocalDate', 'datetime.date', DAY, 'a day as YYYY-MM-DD', ['datetime']),
  formed('LocalTime', 'datetime.time', CLOCK, 'a time as HH:MM:SS', ['datetime']),
  formed('Timestamp', 'NaiveDatetime', `${DAY}[T ]${CLOCK}`, 'a timestamp without an offset', ['NaiveDatetime']),
  {
    name: 'Instant',
    needs: ['_form', '_offset', '_utc', 'Annotated', 'AfterValidator', 'AwareDatetime', 'BeforeValidator'],
    code: `Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_offset),
    _form(
        r"${DAY}[T ]${CLOCK}(?:Z|[+-][0-9]{2}(?::?[0-5][0-9])?)",
        "a timestamp with an offset such as Z or +02:00",
    ),
    AfterValidator(_utc),
]
`,
  },
  formed(
    'Guid',
    'UUID',
    '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}',
    'a UUID as 8-4-4-4-12 hexadecimal digits',
    ['UUID'],
  ),
];

function alias(name: string, needs: readonly string[], type: string): Helper {
  return { name, needs, code: `${name} = ${type}\n` };
}

function integer(bits: number): string {
  const limit = 2n ** BigInt(bits - 1);
  return `Annotated[int, BeforeValidator(_whole), Field(ge=${-limit}, le=${limit - 1n})]`;
}

function formed(name: string, type: string, pattern: string, words: string, needs: readonly string[]): Helper {
  const code = `${name} = Annotated[
    ${type},
    _form(
        r"${pattern}",
        "${words}",
    ),
]
`;
  return { name, needs: ['_form', 'Annotated', ...needs], code };
}

/** Names of the types that modules may define beside their models. */
export const HELPER_NAMES: readonly string[] = HELPERS.map(({ name }) => name);

/** The definitions of these helpers and of those that they need, and all names that a module has to import. */
export function helperCode(used: ReadonlySet<string>): {
  readonly functions: readonly string[];
  readonly aliases: readonly string[];
  readonly names: ReadonlySet<string>;
} {
  const names = new Set(used);
  for (const { name, needs } of HELPERS.toReversed()) {
    if (names.has(name)) for (const need of needs) names.add(need);
  }
  const wanted = HELPERS.filter(({ name }) => names.has(name));
  const isFunction = ({ name }: Helper): boolean => name.startsWith('_');
  return {
    functions: wanted.filter(isFunction).map(({ code }) => code),
    aliases: wanted.filter((each) => !isFunction(each)).map(({ code }) => code),
    names,
  };
}
