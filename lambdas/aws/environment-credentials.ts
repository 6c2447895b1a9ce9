import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Stands for `@aws-sdk/credential-provider-node` in the bundles. Lambda always hands a function its credentials in the
 * environment; the SDK's chain of profiles, SSO, web identity and instance metadata would be a fifth of each bundle and is
 * never asked. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const defaultProvider = fromEnv;
