import * as z from "zod";
import type { LocalFunction } from "../functions.ts";
import { read, truth, unused, whole } from "../resources/provider.ts";
import type { Stack, StackResource } from "../stack.ts";
import { objectIntegration, type ObjectIntegration } from "./mapping.ts";

/** What a method does. `timeout` in milliseconds. */
export type Integration =
  | { readonly kind: "function"; readonly function: LocalFunction; readonly timeout: number }
  | ({ readonly kind: "object" } & ObjectIntegration);

/** One method of one path; a segment is a literal, `{name}` or, last, `{name+}`. */
export type PlannedRoute = {
  /** `/api/services/{serviceId}`. */
  readonly path: string;
  readonly method: string;
  readonly integration: Integration;
};

/** An answer that the gateway generates without an integration. */
export type GatewayAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** By content type. */
  readonly templates: Readonly<Record<string, string>>;
};

/** A REST API under its domain name. */
export type PlannedApi = {
  readonly apiId: string;
  readonly stage: string;
  /** Host with port, as the template's domain name has it. */
  readonly host: string;
  readonly mutualTls:
    | { readonly bucket: string; readonly key: string; readonly version: string | undefined }
    | undefined;
  readonly binaryMediaTypes: readonly string[];
  readonly routes: readonly PlannedRoute[];
  /** By response type, e.g. MISSING_AUTHENTICATION_TOKEN; only those that the template changes. */
  readonly answers: ReadonlyMap<string, GatewayAnswer>;
};

const restApi = z.strictObject({
  Name: z.string(),
  BinaryMediaTypes: z.array(z.string()).default([]),
  // Reached by the domain name only, as on AWS.
  DisableExecuteApiEndpoint: truth,
  EndpointConfiguration: unused,
  Description: unused,
  Tags: unused,
});
const resource = z.strictObject({ RestApiId: z.string(), ParentId: z.string(), PathPart: z.string() });
const method = z.strictObject({
  RestApiId: z.string(),
  ResourceId: z.string(),
  HttpMethod: z.string(),
  AuthorizationType: z.literal("NONE"),
  ApiKeyRequired: z.literal(false).optional(),
  Integration: z.looseObject({ Type: z.enum(["AWS_PROXY", "AWS"]), Uri: z.string() }),
  // Declarations only; the integration has the values.
  MethodResponses: unused,
  RequestParameters: unused,
  OperationName: unused,
});
const proxyIntegration = z.strictObject({
  Type: z.literal("AWS_PROXY"),
  IntegrationHttpMethod: z.literal("POST"),
  Uri: z.string(),
  TimeoutInMillis: whole.default(29_000),
  PassthroughBehavior: unused,
});
const domainName = z.strictObject({
  DomainName: z.string(),
  SecurityPolicy: z.literal("TLS_1_2"),
  MutualTlsAuthentication: z
    .strictObject({ TruststoreUri: z.string().regex(/^s3:\/\/[^/]+\/.+$/), TruststoreVersion: z.string().optional() })
    .optional(),
  // The local servers have their own certificates.
  RegionalCertificateArn: unused,
  CertificateArn: unused,
  EndpointConfiguration: unused,
  Tags: unused,
});
const basePathMapping = z.strictObject({
  DomainName: z.string(),
  RestApiId: z.string(),
  Stage: z.string(),
  BasePath: z.literal("").optional(),
});
const gatewayResponse = z.strictObject({
  RestApiId: z.string(),
  ResponseType: z.enum([
    "MISSING_AUTHENTICATION_TOKEN",
    "REQUEST_TOO_LARGE",
    "THROTTLED",
    "WAF_FILTERED",
    "INTEGRATION_FAILURE",
    "INTEGRATION_TIMEOUT",
    "DEFAULT_4XX",
    "DEFAULT_5XX",
  ]),
  StatusCode: z
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  ResponseParameters: z
    .record(z.templateLiteral(["gatewayresponse.header.", z.string()]), z.string().regex(/^'.*'$/))
    .default({}),
  ResponseTemplates: z
    .record(
      z.string(),
      z.string().refine((text) => !text.includes("$"), "only templates without variables"),
    )
    .default({}),
});
const deployment = z.strictObject({ RestApiId: z.string(), Description: unused });
const stage = z.strictObject({
  RestApiId: z.string(),
  DeploymentId: z.string(),
  StageName: z.string(),
  MethodSettings: unused,
  Tags: unused,
  Description: unused,
  TracingEnabled: unused,
  AccessLogSetting: unused,
});

function pathsOf(stack: Stack): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { logicalId } of stack.ofType("AWS::ApiGateway::RestApi")) paths.set(`${logicalId}/`, "");
  // Parents were applied before their children.
  for (const one of stack.ofType("AWS::ApiGateway::Resource")) {
    const { ParentId, PathPart } = read(resource, one);
    paths.set(one.physicalId, `${paths.get(ParentId) ?? ""}/${PathPart}`);
  }
  return paths;
}

function integrationOf(one: StackResource, stack: Stack, source: z.output<typeof method>["Integration"]): Integration {
  const integration = { ...one, properties: one.properties["Integration"] as StackResource["properties"] };
  const service = /^arn:aws:apigateway:[^:]+:(lambda|s3):path\/(.+)$/.exec(source.Uri);
  if (source.Type === "AWS_PROXY" && service?.[1] === "lambda") {
    const { TimeoutInMillis } = read(proxyIntegration, integration);
    const arn = /functions\/(.+)\/invocations$/.exec(service[2] ?? "")?.[1] ?? "";
    return { kind: "function", function: stack.functionOf(arn), timeout: TimeoutInMillis };
  }
  if (source.Type === "AWS" && service?.[1] === "s3")
    return { kind: "object", ...objectIntegration(integration, service[2] ?? "") };
  throw new Error(
    `${one.logicalId} (${one.type}): the integration ${source.Type} ${source.Uri} is not known on this machine`,
  );
}

function answersOf(stack: Stack, apiId: string): ReadonlyMap<string, GatewayAnswer> {
  const answers = new Map<string, GatewayAnswer>();
  for (const one of stack.ofType("AWS::ApiGateway::GatewayResponse")) {
    const { RestApiId, ResponseType, StatusCode, ResponseParameters, ResponseTemplates } = read(gatewayResponse, one);
    if (RestApiId !== apiId) continue;
    const headers = Object.entries(ResponseParameters).map(([name, value]): [string, string] => [
      name.slice("gatewayresponse.header.".length),
      value.slice(1, -1),
    ]);
    answers.set(ResponseType, {
      status: Number(StatusCode ?? 0),
      headers: Object.fromEntries(headers),
      templates: ResponseTemplates,
    });
  }
  return answers;
}

/** Reads the REST APIs of a stack. Throws with the resource's name that is not supported locally. */
export function planApis(stack: Stack): readonly PlannedApi[] {
  const paths = pathsOf(stack);
  for (const one of stack.ofType("AWS::ApiGateway::Deployment")) read(deployment, one);
  for (const one of stack.ofType("AWS::ApiGateway::Stage")) read(stage, one);
  const methods = stack.ofType("AWS::ApiGateway::Method").map((one) => {
    const { RestApiId, ResourceId, HttpMethod, Integration: source } = read(method, one);
    return {
      apiId: RestApiId,
      route: { path: paths.get(ResourceId) || "/", method: HttpMethod, integration: integrationOf(one, stack, source) },
    };
  });
  const domains = new Map(
    stack.ofType("AWS::ApiGateway::DomainName").map((one) => [one.physicalId, read(domainName, one)]),
  );
  return stack.ofType("AWS::ApiGateway::BasePathMapping").map((one) => {
    const mapping = read(basePathMapping, one);
    const api = stack.resources.get(mapping.RestApiId);
    const domain = domains.get(mapping.DomainName);
    if (!api || !domain) throw new Error(`${one.logicalId} (${one.type}): its API or domain name is not in the stack`);
    const [, bucket = "", key = ""] =
      /^s3:\/\/([^/]+)\/(.+)$/.exec(domain.MutualTlsAuthentication?.TruststoreUri ?? "") ?? [];
    return {
      apiId: mapping.RestApiId,
      stage: mapping.Stage,
      host: domain.DomainName,
      mutualTls: domain.MutualTlsAuthentication
        ? { bucket, key, version: domain.MutualTlsAuthentication.TruststoreVersion }
        : undefined,
      binaryMediaTypes: read(restApi, api).BinaryMediaTypes,
      routes: methods.filter(({ apiId }) => apiId === mapping.RestApiId).map(({ route }) => route),
      answers: answersOf(stack, mapping.RestApiId),
    };
  });
}
