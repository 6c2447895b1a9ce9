import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";

/** Lines wait for so long, ms: most come in crowds, and a write for each would cost more than what it tells of. */
const gatherTime = 100;
const sizeLimit = 20_000_000;

export type Log = {
  /** Written within a moment; what came last is lost when the process is killed. */
  readonly lines: Writable;
  /** Written at once, after the lines before: somebody may be told to look. */
  readonly errors: Writable;
  end(): Promise<void>;
};

/** `<folder>/<name>.log`, appended to, readable by this user only; one that has grown too long gives way to a new one. */
export function openLog(folder: string, name: string): Log {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.log`);
  if (existsSync(path) && statSync(path).size > sizeLimit) {
    rmSync(`${path}.1`, { force: true });
    renameSync(path, `${path}.1`);
  }
  const file = createWriteStream(path, { flags: "a", mode: 0o600 });
  let held: Buffer[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    // A thread that is ended may still have said something.
    if (held.length > 0 && !file.writableEnded) file.write(Buffer.concat(held));
    held = [];
  };
  const written = (next: () => void) =>
    new Writable({
      write: (chunk: Buffer, _, done) => {
        held.push(chunk);
        next();
        done();
      },
    });
  return {
    lines: written(() => (timer ??= setTimeout(flush, gatherTime))),
    errors: written(flush),
    end: () => {
      flush();
      return new Promise((resolve) => file.end(resolve));
    },
  };
}
