import { Logger } from "@aws-lambda-powertools/logger";

/**
 * One JSON line per event, with the invocation's request id and function name. Never a secret, nor the text of a message
 * or a request: what is logged are ids, counts and errors. https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/
 */
export const logger = new Logger({ serviceName: "warifu" });

/** How a verb logs what it could not do for one thing while it goes on with the others. */
export type Log = (message: string, facts: Readonly<Record<string, unknown>>) => void;

export const logError: Log = (message, facts) => logger.error(message, { ...facts });
