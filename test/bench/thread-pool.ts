import { readdirSync, readFileSync } from "node:fs";

/** A tick of the kernel's CPU times, ms. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const tick = 10;

/** CPU that this process's thread pool has used, ms: RSA key pairs are made there, and little else is done. Linux alone. */
export function threadPoolCpu(): number {
  const times = readdirSync("/proc/self/task").map((id) => {
    try {
      const text = readFileSync(`/proc/self/task/${id}/stat`, "utf8");
      if (!text.includes("(libuv-worker)")) return 0;
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) * tick;
    } catch {
      // A thread that has ended meanwhile.
      return 0;
    }
  });
  return times.reduce((sum, one) => sum + one, 0);
}
