import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";

/** Milliseconds that lines wait to be written together: a write for each line is expensive under load. */
const gatherTime = 100;
const sizeLimit = 20_000_000;

export type Log = {
  /** Written after `gatherTime`; a killed process loses the last lines. */
  readonly lines: Writable;
  /** Written immediately, after the lines before: the terminal refers people to the log. */
  readonly errors: Writable;
  end(): Promise<void>;
};

/** `<folder>/<name>.log`, appended to, readable by this user only; a file that is too long is rotated. */
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
    // A thread that is being ended may still write.
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
