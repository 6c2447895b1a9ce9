import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * What the clients of the functions have in common. Region, credentials and endpoints come from the environment. Three
 * attempts in all, of the SDK's standard kind. Waiting ends, for a connection and for one on which nothing moves for
 * `silence` ms; the SDK would wait for ever.
 */
export const clientSettings = (silence = 5_000) => ({
  credentials: fromEnv(),
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, socketTimeout: silence },
});

/** For clients whose requests all go to one endpoint: each command's middleware is put together once, not at each call. */
export const oneEndpoint = { cacheMiddleware: true };

/** Without the SDK's logger, which walks through each input and output even where it logs nothing. */
export function withoutLogger<C extends { readonly middlewareStack: { remove(name: string): boolean } }>(client: C): C {
  client.middlewareStack.remove("loggerMiddleware");
  return client;
}
