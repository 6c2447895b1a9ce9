import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";

/** Names and values beside each other: two columns where both have room for a mail address, else one. */
export const Pairs = ({ items }: Pick<KeyValuePairsProps, "items">) => (
  <KeyValuePairs columns={2} minColumnWidth={220} items={items} />
);
