/**
 * The instant by which a message or a command asks to work: now where it names none, and never later than now. What cannot
 * be undone does not happen before its time, whoever wrote the message. Throws if it names no instant.
 */
export function askedInstant(asked: string | undefined, now: Date): Date {
  const instant = asked === undefined ? now : new Date(asked);
  if (Number.isNaN(instant.getTime())) throw new Error("the instant that was asked for cannot be read");
  return instant < now ? instant : now;
}
