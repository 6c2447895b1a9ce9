import { type KeyKind, generateKey } from "../../lambdas/pki/keys.ts";
import type { Figure } from "./figure.ts";

/** CPU of one key pair in ms: the mean of so many, because RSA's times scatter widely. */
export async function keyCpu(kind: KeyKind, count: number): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < count; at++) await generateKey(kind);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}

export async function keyGeneration(): Promise<readonly Figure[]> {
  return [
    { name: "CPU of a bare RSA-2048 key pair", value: await keyCpu("rsa2048", 60), unit: "ms" },
    { name: "CPU of a bare P-256 key pair", value: await keyCpu("p256", 500), unit: "ms" },
  ];
}
