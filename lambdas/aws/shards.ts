/** Spreads what is listed over all tenants, and the ledger, over partitions: the last hex digit of the serial, modulo 8. */
export const shards = ["0", "1", "2", "3", "4", "5", "6", "7"] as const;

export const shardOf = (serialNumber: string): string =>
  (parseInt(serialNumber.slice(-1), 16) % shards.length).toString();
