import { assemblyOf, attribute, functionOf, ref, resolveModule } from "./assembly.ts";

/** Answers with its event; other answers on demand. */
const echo = `
export const handler = async (event) => {
  if (event.path?.startsWith("/malformed")) return { status: 200 };
  if (event.path?.startsWith("/throws")) throw new Error("broken");
  if (event.path?.startsWith("/slow")) { await new Promise((go) => setTimeout(go, 3000)); return { statusCode: 200 }; }
  if (event.path?.startsWith("/answer")) return JSON.parse(event.body);
  return { statusCode: 200, multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] }, body: JSON.stringify(event) };
};`;

/** Custom resource: puts the given objects, answers with the version of the last. */
const writer = `
import { S3Client, PutObjectCommand } from "${resolveModule("@aws-sdk/client-s3")}";
const client = new S3Client({ forcePathStyle: true });
export const handler = async (event) => {
  console.log(JSON.stringify(event));
  const answer = { PhysicalResourceId: "files", Data: { Type: event.RequestType, Former: event.OldResourceProperties?.Mark ?? "none" } };
  let Status = "SUCCESS", Reason;
  try {
    if (event.ResourceProperties.Mark === "refuse") throw new Error("the mark is refused");
    for (const { Metadata, ...object } of event.ResourceProperties.Objects ?? []) {
      const { VersionId } = await client.send(new PutObjectCommand({ ...object, Metadata }));
      answer.Data.Version = VersionId ?? "";
    }
  } catch (error) { Status = "FAILED"; Reason = error.message; }
  await fetch(event.ResponseURL, { method: "PUT", body: JSON.stringify({ Status, Reason, ...answer, StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId }) });
};`;

/** Writes each message into a bucket and fails the ones that say so. */
const worker = `
import { S3Client, PutObjectCommand } from "${resolveModule("@aws-sdk/client-s3")}";
const client = new S3Client({ forcePathStyle: true });
export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body, attributes } of Records) {
    const { fail } = JSON.parse(body);
    await client.send(new PutObjectCommand({ Bucket: process.env.RESULTS, Key: messageId + "/" + attributes.ApproximateReceiveCount, Body: body }));
    if (fail) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};`;

const bucket = { Type: "AWS::S3::Bucket", Properties: {} };
const lambdaUri = (name: string) => ({
  "Fn::Join": [
    "",
    [
      "arn:aws:apigateway:",
      ref("AWS::Region"),
      ":lambda:path/2015-03-31/functions/",
      attribute(name, "Arn"),
      "/invocations",
    ],
  ],
});

const storedHeaders = {
  "method.response.header.Content-Type": "integration.response.header.Content-Type",
  "method.response.header.Content-Encoding": "integration.response.header.Content-Encoding",
  "method.response.header.Content-Security-Policy": "integration.response.header.x-amz-meta-csp",
  "method.response.header.X-Frame-Options": "'DENY'",
};
const objectAt = (key: string, parameters: object = {}, IntegrationHttpMethod = "GET", conversion: object = {}) => ({
  Type: "AWS",
  IntegrationHttpMethod,
  Uri: { "Fn::Sub": `arn:aws:apigateway:\${AWS::Region}:s3:path/\${SiteBucket}/${key}` },
  RequestParameters: parameters,
  IntegrationResponses: [
    { StatusCode: "200", ResponseParameters: storedHeaders, ContentHandling: "CONVERT_TO_BINARY" },
    {
      StatusCode: "404",
      SelectionPattern: "4\\d{2}",
      ResponseParameters: { "method.response.header.Content-Type": "'text/plain'" },
      ResponseTemplates: { "application/json": "no such page" },
      ...conversion,
    },
  ],
});

/** A REST API of these paths (`METHOD /a/{b}` → integration), with everything that makes it reachable. */
function restApi(id: string, host: string, routes: Readonly<Record<string, object>>, domain: object = {}) {
  const resources: Record<string, object> = {
    [id]: {
      Type: "AWS::ApiGateway::RestApi",
      Properties: {
        Name: id,
        DisableExecuteApiEndpoint: true,
        BinaryMediaTypes: ["application/octet-stream", "text/html"],
      },
    },
    [`${id}Deployment`]: { Type: "AWS::ApiGateway::Deployment", Properties: { RestApiId: ref(id) } },
    [`${id}Stage`]: {
      Type: "AWS::ApiGateway::Stage",
      Properties: { RestApiId: ref(id), DeploymentId: ref(`${id}Deployment`), StageName: "live" },
    },
    [`${id}Domain`]: {
      Type: "AWS::ApiGateway::DomainName",
      Properties: { DomainName: ref(host), SecurityPolicy: "TLS_1_2", ...domain },
    },
    [`${id}Mapping`]: {
      Type: "AWS::ApiGateway::BasePathMapping",
      Properties: { DomainName: ref(`${id}Domain`), RestApiId: ref(id), Stage: ref(`${id}Stage`) },
    },
  };
  for (const [route, Integration] of Object.entries(routes)) {
    const [HttpMethod = "", path = ""] = route.split(" ");
    let parent: object = attribute(id, "RootResourceId");
    let name = id;
    for (const PathPart of path.split("/").filter(Boolean)) {
      name += PathPart.replaceAll(/\W/g, "_");
      resources[name] = {
        Type: "AWS::ApiGateway::Resource",
        Properties: { RestApiId: ref(id), ParentId: parent, PathPart },
      };
      parent = ref(name);
    }
    resources[`${name}${HttpMethod}`] = {
      Type: "AWS::ApiGateway::Method",
      Properties: { RestApiId: ref(id), ResourceId: parent, HttpMethod, AuthorizationType: "NONE", Integration },
    };
  }
  return resources;
}

const echoing = (TimeoutInMillis = 29_000) => ({
  Type: "AWS_PROXY",
  IntegrationHttpMethod: "POST",
  Uri: lambdaUri("Echo"),
  TimeoutInMillis,
});
const host = { Type: "String" };

/** A small stack with one of everything that this machine plays. */
export function fixtureAssembly(folder: string, trustStore: string) {
  const objects = [
    {
      Bucket: ref("SiteBucket"),
      Key: "index.html",
      Body: "<h1>site</h1>",
      ContentType: "text/html",
      Metadata: { csp: "default-src 'self'" },
    },
    {
      Bucket: ref("SiteBucket"),
      Key: "assets/a/b.js",
      Body: "alert",
      ContentType: "text/javascript",
      ContentEncoding: "br",
    },
    {
      Bucket: ref("RepositoryBucket"),
      Key: "index.html",
      Body: "<h1>repository</h1>",
      ContentType: "text/html",
      CacheControl: "max-age=10",
    },
    { Bucket: ref("TrustBucket"), Key: "store.pem", Body: trustStore },
  ];
  const admin = {
    "GET /": objectAt("index.html"),
    "HEAD /": objectAt("index.html", {}, "HEAD"),
    "GET /none": objectAt("none.html"),
    "GET /none-as-text": objectAt("none.html", {}, "GET", { ContentHandling: "CONVERT_TO_TEXT" }),
    "GET /assets/{key+}": objectAt("assets/{key}", { "integration.request.path.key": "method.request.path.key" }),
    "ANY /echo/{id}": echoing(),
    "GET /echo/fixed": echoing(),
  };
  const download = {
    "POST /answer": echoing(),
    "GET /malformed": echoing(),
    "GET /throws": echoing(),
    "GET /slow": echoing(300),
    "POST /echo/{rest+}": echoing(),
  };
  return assemblyOf(
    folder,
    {
      SiteBucket: bucket,
      RepositoryBucket: bucket,
      ResultsBucket: bucket,
      TrustBucket: { Type: "AWS::S3::Bucket", Properties: { VersioningConfiguration: { Status: "Enabled" } } },
      Table: {
        Type: "AWS::DynamoDB::Table",
        Properties: {
          AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
          BillingMode: "PAY_PER_REQUEST",
        },
      },
      Key: { Type: "AWS::KMS::Key", Properties: { EnableKeyRotation: true, KeyPolicy: {} } },
      DeadLetters: { Type: "AWS::SQS::Queue", Properties: {} },
      Work: {
        Type: "AWS::SQS::Queue",
        Properties: {
          VisibilityTimeout: 1,
          RedrivePolicy: { deadLetterTargetArn: attribute("DeadLetters", "Arn"), maxReceiveCount: 2 },
        },
      },
      Clock: { Type: "AWS::SQS::Queue", Properties: {} },
      Echo: functionOf("echo", {
        Timeout: 10,
        Environment: { Variables: { TABLE: ref("Table"), KEY: attribute("Key", "Arn") } },
      }),
      Writer: functionOf("writer", { Timeout: 20 }),
      Worker: functionOf("worker", { Timeout: 10, Environment: { Variables: { RESULTS: ref("ResultsBucket") } } }),
      Consume: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: {
          EventSourceArn: attribute("Work", "Arn"),
          FunctionName: ref("Worker"),
          BatchSize: 5,
          FunctionResponseTypes: ["ReportBatchItemFailures"],
        },
      },
      Tick: {
        Type: "AWS::Scheduler::Schedule",
        Properties: {
          ScheduleExpression: "rate(5 minutes)",
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: {
            Arn: attribute("Clock", "Arn"),
            RoleArn: "none",
            Input: '{"due":"<aws.scheduler.scheduled-time>"}',
          },
        },
      },
      Files: {
        Type: "Custom::Files",
        Properties: { ServiceToken: attribute("Writer", "Arn"), Objects: objects, Count: 4, Mark: ref("Mark") },
      },
      Role: { Type: "AWS::IAM::Role", Properties: {} },
      ...restApi("Admin", "AdminHost", admin, {
        MutualTlsAuthentication: {
          TruststoreUri: { "Fn::Join": ["", ["s3://", ref("TrustBucket"), "/store.pem"]] },
          TruststoreVersion: attribute("Files", "Version"),
        },
      }),
      ...restApi("Download", "DownloadHost", download),
      AdminMissing: {
        Type: "AWS::ApiGateway::GatewayResponse",
        Properties: {
          RestApiId: ref("Admin"),
          ResponseType: "MISSING_AUTHENTICATION_TOKEN",
          StatusCode: "404",
          ResponseParameters: { "gatewayresponse.header.Content-Type": "'text/html; charset=utf-8'" },
          ResponseTemplates: { "application/json": '{"status":404}', "text/html": "<h1>見つかりません</h1>" },
        },
      },
      Distribution: {
        Type: "AWS::CloudFront::Distribution",
        Properties: {
          DistributionConfig: {
            Enabled: true,
            Aliases: [ref("RepositoryHost")],
            DefaultRootObject: "index.html",
            DefaultCacheBehavior: {
              AllowedMethods: ["GET", "HEAD"],
              ViewerProtocolPolicy: "allow-all",
              TargetOriginId: "one",
              Compress: false,
            },
            Origins: [{ Id: "one", DomainName: attribute("RepositoryBucket", "RegionalDomainName") }],
          },
        },
      },
    },
    { echo, writer, worker },
    {
      Parameters: {
        AdminHost: host,
        DownloadHost: host,
        RepositoryHost: host,
        Mark: { Type: "String", Default: "first" },
      },
    },
  );
}
