/** Gives each name an anchor of its own that stays the same over runs: `shop.orders/lines` → `t-shop-orders-lines`. */
export function anchors(): (prefix: string, name: string) => string {
  const taken = new Set<string>();
  return (prefix, name) => {
    const slug = `${prefix}-${name.slice(0, 80).replace(/[^A-Za-z0-9_]+/g, '-')}`;
    let anchor = slug;
    for (let count = 2; taken.has(anchor); count++) anchor = `${slug}-${count}`;
    taken.add(anchor);
    return anchor;
  };
}
