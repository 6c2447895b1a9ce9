/** A range of an Accept header (RFC 9110 §12.5), in lower case with its weight. */
type Range = { readonly name: string; readonly weight: number };

/** The ranges that are asked for at all, the most wanted first. */
export const rangesOf = (header: string | undefined): readonly Range[] =>
  (header ?? "")
    .split(",")
    .map((range) => {
      const [name = "", ...parameters] = range.trim().toLowerCase().split(";");
      const weight = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((found) => found !== undefined);
      return { name: name.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);

/** Whether Accept names HTML before JSON, as a browser's does for an address that is opened in it. */
export function prefersPage(accept: string | undefined): boolean {
  const wanted = rangesOf(accept).find(
    ({ name }) => name === "text/html" || name === "application/json" || name === "application/problem+json",
  );
  return wanted?.name === "text/html";
}
