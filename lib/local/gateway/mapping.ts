import * as z from "zod";
import { read, unused, whole, type ResourceRequest } from "../resources/provider.ts";

/** Where a header of the answer comes from. */
export type HeaderSource = { readonly fixed: string } | { readonly stored: string };

/** One answer of an S3 integration. `pattern`: the service's status codes it is for; `undefined` for all the others. */
export type MappedAnswer = {
  readonly pattern: RegExp | undefined;
  readonly status: number;
  readonly headers: readonly (readonly [string, HeaderSource])[];
  /** Sent instead of the service's answer. */
  readonly body: string | undefined;
  /** The body stays text for whoever asks for a binary type; without this API Gateway decodes it as base64. */
  readonly text: boolean;
};

/** Reads one object of a bucket. */
export type ObjectIntegration = {
  readonly method: "GET" | "HEAD";
  readonly bucket: string;
  /** With `{name}` for parameters. */
  readonly key: string;
  /** Name in the key → name in the path. */
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly answers: readonly MappedAnswer[];
  readonly timeout: number;
};

const template = z.string().refine((text) => !text.includes("$"), "only templates without variables");
const shape = z.strictObject({
  Type: z.literal("AWS"),
  Uri: z.string(),
  IntegrationHttpMethod: z.enum(["GET", "HEAD"]),
  TimeoutInMillis: whole.default(29_000),
  RequestParameters: z
    .record(
      z.templateLiteral(["integration.request.path.", z.string()]),
      z.templateLiteral(["method.request.path.", z.string()]),
    )
    .default({}),
  IntegrationResponses: z.array(
    z.strictObject({
      StatusCode: z.string().regex(/^\d{3}$/),
      SelectionPattern: z.string().optional(),
      ResponseParameters: z
        .record(
          z.templateLiteral(["method.response.header.", z.string()]),
          z.union([z.templateLiteral(["integration.response.header.", z.string()]), z.string().regex(/^'.*'$/)]),
        )
        .default({}),
      ResponseTemplates: z.record(z.string(), template).default({}),
      ContentHandling: z.enum(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]).optional(),
    }),
  ),
  Credentials: unused,
  PassthroughBehavior: unused,
});

const after = (prefix: string, name: string): string => name.slice(prefix.length);

/** Reads an S3 integration; `path` is `bucket/key`. Throws for an unsupported mapping. */
export function objectIntegration(
  request: Pick<ResourceRequest, "logicalId" | "type" | "properties">,
  path: string,
): ObjectIntegration {
  const { IntegrationHttpMethod, RequestParameters, IntegrationResponses, TimeoutInMillis } = read(shape, request);
  const [bucket = "", ...key] = path.split("/");
  const parameters = Object.entries(RequestParameters).map(([to, from]): [string, string] => [
    after("integration.request.path.", to),
    after("method.request.path.", from),
  ]);
  return {
    method: IntegrationHttpMethod,
    bucket,
    key: key.join("/"),
    pathParameters: Object.fromEntries(parameters),
    timeout: TimeoutInMillis,
    answers: IntegrationResponses.map((answer) => ({
      pattern: answer.SelectionPattern ? new RegExp(`^(?:${answer.SelectionPattern})$`) : undefined,
      status: Number(answer.StatusCode),
      body: Object.values(answer.ResponseTemplates)[0],
      text: answer.ContentHandling === "CONVERT_TO_TEXT",
      headers: Object.entries(answer.ResponseParameters).map(([to, from]) => [
        after("method.response.header.", to),
        from.startsWith("'")
          ? { fixed: from.slice(1, -1) }
          : { stored: after("integration.response.header.", from).toLowerCase() },
      ]),
    })),
  };
}

/** The answer for a status of the service: the first whose pattern matches, else the one without a pattern. */
export function answerFor(answers: readonly MappedAnswer[], status: number): MappedAnswer | undefined {
  return (
    answers.find(({ pattern }) => pattern?.test(String(status))) ?? answers.find(({ pattern }) => pattern === undefined)
  );
}
