import { createServer, type Server } from "node:net";

/** Offsets of the servers' ports from the port base. */
export const offsets = {
  admin: 0,
  download: 1,
  repository: 2,
  mailbox: 3,
  dynamodb: 4,
  s3: 5,
  sqs: 6,
  kms: 7,
  ses: 8,
  lambda: 9,
  sts: 10,
} as const;

const count = Object.keys(offsets).length;
const host = "127.0.0.1";

/** A port is in use by another program. */
class PortTaken extends Error {
  constructor(port: number) {
    super(
      `Port ${port} is taken by another program; stop it, or choose other ports with --port-base N (N to N+${count - 1} are used)`,
    );
    this.name = "PortTaken";
  }
}

/** Listens on loopback only. Throws PortTaken. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(error.code === "EADDRINUSE" ? new PortTaken(port) : error);
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await listen(probe, port);
    await new Promise((resolve) => probe.close(resolve));
    return true;
  } catch (error) {
    if (error instanceof PortTaken) return false;
    throw error;
  }
}

/** Throws PortTaken if one of the block stays in use for `patience` milliseconds: the ports of a killed run are released after a moment. */
export async function assertFree(base: number, patience = 3_000): Promise<void> {
  const until = Date.now() + patience;
  for (let port = base; port < base + count; port++) {
    while (!(await isFree(port))) {
      if (Date.now() > until) throw new PortTaken(port);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The base of a free block, below the range of ports that systems use for outgoing connections. */
export async function freeBlock(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const base = 20_000 + 16 * Math.floor(Math.random() * 750);
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(base + index)));
    if (free.every(Boolean)) return base;
  }
  throw new Error(`No ${count} free ports in a row were found between 20000 and 32000; choose them with --port-base N`);
}
