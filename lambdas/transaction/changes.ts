type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value | undefined };

/** What an act changed, field by field: what was there, and what is there now. A field that came or went has one side. */
export type Changes = Readonly<Record<string, { readonly from?: unknown; readonly to?: unknown }>>;

/** The fields in which an item differs from what it was; all of its fields if it was not there. */
export function changesBetween<T extends object>(before: Partial<T> | undefined, after: Partial<T>): Changes {
  const [was, is] = [Object.entries(before ?? {}), Object.entries(after)].map(
    (entries) => new Map(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined)),
  );
  const names = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const [from, to] = [was?.get(name), is?.get(name)];
      if (JSON.stringify(from) === JSON.stringify(to)) return [];
      return [[name, { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }]];
    }),
  );
}
