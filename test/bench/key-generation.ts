import { type KeyKind, generateKey } from "../../lambdas/pki/keys.ts";
import type { Figure } from "./figure.ts";

/** CPU of one key pair in ms: the mean of so many, because RSA's times scatter widely. */
export async function keyCpu(kind: KeyKind, count: number): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < count; at++) await generateKey(kind);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}

/**
 * CPU in ms that one of ten RSA-2048 key pairs made side by side, as a batch's are, takes of the thread that asks for it:
 * setting the work up, and writing both keys in DER.
 */
export async function askingCpu(rounds: number): Promise<number> {
  const ten = () => Promise.all(Array.from({ length: 10 }, () => generateKey("rsa2048")));
  await ten();
  const before = process.threadCpuUsage();
  for (let at = 0; at < rounds; at++) await ten();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / rounds / 10;
}

export async function keyGeneration(): Promise<readonly Figure[]> {
  return [
    { name: "CPU of a bare RSA-2048 key pair", value: await keyCpu("rsa2048", 60), unit: "ms" },
    { name: "CPU of a bare P-256 key pair", value: await keyCpu("p256", 500), unit: "ms" },
  ];
}
