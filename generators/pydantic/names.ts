/** https://docs.python.org/3/reference/lexical_analysis.html#keywords */
const KEYWORDS =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield';
/** What a model of pydantic 2 has for itself. */
const OF_MODELS =
  'construct copy dict from_orm json model_computed_fields model_config model_construct model_copy model_dump model_dump_json model_extra model_fields model_fields_set model_json_schema model_parametrized_name model_post_init model_rebuild model_validate model_validate_json model_validate_strings parse_file parse_obj parse_raw schema schema_json update_forward_refs validate';
/** Names that the annotations of a module use: an attribute of such a name would stand for them in the lines below it. */
const IN_ANNOTATIONS =
  'int str bool float bytes dict list datetime re struct Decimal Annotated Any Literal UUID AfterValidator AliasChoices AwareDatetime BaseModel BeforeValidator ConfigDict Field NaiveDatetime StringConstraints';
const TAKEN = new Set(`${KEYWORDS} ${OF_MODELS} ${IN_ANNOTATIONS}`.split(' '));

/** Attributes of a model for the names of its columns: the name itself where it can be one, else a name like it, and none of a class. */
export function attributeNames(names: readonly string[], classes: ReadonlySet<string>): ReadonlyMap<string, string> {
  const plain = names.filter((name) => isAttribute(name) && !classes.has(name));
  const attributes = new Map(plain.map((name) => [name, name]));
  const taken = new Set([...plain, ...classes, ...TAKEN]);
  for (const name of names) {
    if (attributes.has(name)) continue;
    const free = freeName(likeName(name), (candidate) => taken.has(candidate));
    taken.add(free);
    attributes.set(name, free);
  }
  return attributes;
}

/** The name, or the name with as many `_` behind it as make it free. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  while (isTaken(free)) free += '_';
  return free;
}

/** Models take names with a leading underscore for private ones; Python reads names in their compatible form. */
function isAttribute(name: string): boolean {
  return /^\p{XID_Start}\p{XID_Continue}*$/u.test(name) && name.normalize('NFKC') === name && !TAKEN.has(name);
}

function likeName(name: string): string {
  const words = name.normalize('NFKC').split(/[^\p{XID_Continue}]+/u);
  const joined = words.join('_').replace(/^_+|_+$/g, '');
  if (joined === '') return [...name].map((each) => `u${each.codePointAt(0)?.toString(16)}`).join('_');
  return /^\p{XID_Start}/u.test(joined) ? joined : `column_${joined}`;
}

/** `shop.orders.v2` → `shop_orders_v2`: a module that can be imported. */
export function moduleName(stem: string): string {
  const name = stem.replace(/[^A-Za-z0-9_]/g, '_');
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** A class for a name in Pascal case, which may hold a dollar sign. */
export function className(pascal: string): string {
  return pascal
    .normalize('NFKC')
    .replaceAll('$', '_')
    .replace(/^_+(?=\p{Lu})/u, '');
}
