import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";

/** Lines wait for so long, ms: most come in crowds, and a write for each would cost more than what it tells of. */
const gatherTime = 100;
const sizeLimit = 20_000_000;

/**
 * `<folder>/<name>.log`, appended to, readable by this user only; one that has grown too long gives way to a new one.
 * Lines of the last moment are lost when the process is killed.
 */
export function openLog(folder: string, name: string): Writable {
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
    if (held.length > 0) file.write(Buffer.concat(held));
    held = [];
  };
  return new Writable({
    write: (chunk: Buffer, _, done) => {
      held.push(chunk);
      timer ??= setTimeout(flush, gatherTime);
      done();
    },
    final: (done) => {
      flush();
      file.end(done);
    },
  });
}
