import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { run, type Running } from "../../lib/local/run.ts";
import { assemblyOf, attribute, functionOf, ref, temporaryFolder } from "./assembly.ts";
import { matching } from "./matching.ts";
import { certify, pem } from "./client-certificates.ts";
import { fixtureAssembly } from "./fixture.ts";
import type { Assembly } from "../../lib/local/template.ts";

let folder = temporaryFolder();
const started: Running[] = [];
afterEach(async () => {
  for (const running of started.splice(0)) await running.stop();
  folder[Symbol.dispose]();
  folder = temporaryFolder();
});

const data = (): string => join(folder.path, "data");
async function start(assembly: Assembly, more: { portBase?: number } = { portBase: 0 }): Promise<Running> {
  const running = await run({ dataDirectory: data(), empty: true, assembly, ...more });
  started.push(running);
  return running;
}
const store = async (): Promise<string> => pem(await certify("CN=Root", undefined, { ca: true }));
const withMark = (assembly: Assembly, mark: string): Assembly => ({
  ...assembly,
  template: {
    ...assembly.template,
    Parameters: { ...assembly.template.Parameters, Mark: { Type: "String", Default: mark } },
  },
});
const log = (): string => readFileSync(join(data(), "logs", "Writer.log"), "utf8");

describe("starting", () => {
  it.each<[string, object, string]>([
    [
      "a resource type",
      { Strange: { Type: "AWS::Kinesis::Stream" } },
      "Strange: resources of type AWS::Kinesis::Stream are not known on this machine",
    ],
    [
      "a property",
      { Work: { Type: "AWS::SQS::Queue", Properties: { ContentBasedDeduplication: true } } },
      "ContentBasedDeduplication",
    ],
    [
      "a property's form",
      { Work: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true } } },
      "Work (AWS::SQS::Queue): this machine does not know the property FifoQueue in this form",
    ],
    [
      "an attribute",
      {
        A: { Type: "AWS::SQS::Queue" },
        B: { Type: "AWS::SQS::Queue", Properties: { QueueName: attribute("A", "Strange") } },
      },
      "A.Strange is not known on this machine",
    ],
    [
      "a runtime",
      { One: functionOf("one", { Runtime: "python3.13" }) },
      "One (AWS::Lambda::Function): this machine does not know the property Runtime",
    ],
    [
      "a schedule's expression",
      {
        Q: { Type: "AWS::SQS::Queue" },
        S: {
          Type: "AWS::Scheduler::Schedule",
          Properties: {
            ScheduleExpression: "at(2030-01-01T00:00:00)",
            FlexibleTimeWindow: { Mode: "OFF" },
            Target: { Arn: attribute("Q", "Arn") },
          },
        },
      },
      "at(2030-01-01T00:00:00) is not known on this machine",
    ],
    [
      "an integration",
      {
        Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "a", DisableExecuteApiEndpoint: true } },
        Get: {
          Type: "AWS::ApiGateway::Method",
          Properties: {
            RestApiId: ref("Api"),
            ResourceId: attribute("Api", "RootResourceId"),
            HttpMethod: "GET",
            AuthorizationType: "NONE",
            Integration: { Type: "AWS", Uri: "arn:aws:apigateway:ap-northeast-1:sqs:path/x" },
          },
        },
      },
      "Get (AWS::ApiGateway::Method): the integration AWS arn:aws:apigateway:ap-northeast-1:sqs:path/x is not known on this machine",
    ],
  ])("is refused, with its name, for %s that this machine does not know", async (_, resources, message) => {
    await expect(start(assemblyOf(folder.path, resources, { one: "export const handler = () => {}" }))).rejects.toThrow(
      message,
    );
  });

  it("is refused for a folder that another start holds, and free again after its end", async () => {
    const assembly = assemblyOf(folder.path, {});
    const first = await start(assembly);
    await expect(start(assembly)).rejects.toThrow(
      new RegExp(`in use by process ${process.pid}; stop that one .* or choose another folder with --data`),
    );
    await first.stop();
    await expect(start(assembly)).resolves.toBeDefined();
  });

  it("is refused for a taken port, with the port and the remedy", async () => {
    const first = await start(assemblyOf(folder.path, {}));
    const port = Number(new URL(first.endpoints.downloadUrl).port);
    await first.stop();
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    try {
      await expect(start(assemblyOf(folder.path, {}), {})).rejects.toThrow(
        `Port ${port} is taken by another program; stop it, or choose other ports with --port-base N`,
      );
    } finally {
      other.close();
    }
  });

  it("keeps a folder's ports, names and credentials", async () => {
    const assembly = fixtureAssembly(folder.path, await store());
    const first = await start(assembly);
    await first.stop();
    const second = await start(assembly, {});
    expect(second.endpoints).toEqual(first.endpoints);
    expect(JSON.parse(readFileSync(second.endpointsPath, "utf8"))).toEqual(second.endpoints);
    expect(Object.keys(second.endpoints.aws.credentials)).toEqual(["accessKeyId", "secretAccessKey"]);
    expect(statSync(second.endpointsPath).mode & 0o777).toBe(0o600);
  });
});

describe("a custom resource", () => {
  it("runs once, again with the old properties when they change, and hands its attributes on", async () => {
    const assembly = fixtureAssembly(folder.path, await store());
    await (await start(assembly)).stop();
    await (await start(assembly, {})).stop();
    expect(log().match(/"RequestType"/g)).toHaveLength(1);
    await (await start(withMark(assembly, "second"), {})).stop();
    const events = log()
      .split("\n")
      .filter((line) => line.includes("RequestType"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      RequestType: "Create",
      ResourceType: "Custom::Files",
      LogicalResourceId: "Files",
      ResourceProperties: { Count: "4", Mark: "first" },
      ResponseURL: matching(/^http:\/\/127\.0\.0\.1:/),
    });
    expect(events[0]).not.toHaveProperty("PhysicalResourceId");
    expect(events[1]).toMatchObject({
      RequestType: "Update",
      PhysicalResourceId: "files",
      OldResourceProperties: { Mark: "first" },
      ResourceProperties: { Mark: "second" },
    });
    const { resources } = JSON.parse(readFileSync(join(data(), "state.json"), "utf8")) as {
      resources: Record<string, { attributes: object }>;
    };
    expect(resources["Files"]?.attributes).toMatchObject({ Type: "Update", Former: "first" });
  });

  it("stops the start with the function's reason", async () => {
    const assembly = fixtureAssembly(folder.path, await store());
    await expect(start(withMark(assembly, "refuse"))).rejects.toThrow(
      "Files (Custom::Files) failed: the mark is refused — see logs/Writer.log in the data folder",
    );
  });

  it("is tried again by the next start after a failure", async () => {
    const assembly = fixtureAssembly(folder.path, await store());
    await expect(start(withMark(assembly, "refuse"))).rejects.toThrow();
    await expect(start(assembly)).resolves.toBeDefined();
  });
});

describe("killing a start", () => {
  const bounds = ["services", "resources", "functions"];
  it.each([...bounds, "at once"])("after %s leaves what the next one goes on with", async (bound) => {
    const trust = await store();
    const child = spawn(process.execPath, [join(import.meta.dirname, "start.ts"), folder.path, trust], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    child.stdout.setEncoding("utf8");
    let seen = "";
    if (bound === "at once") {
      while (!existsSync(join(data(), "state.json"))) await new Promise((resolve) => setTimeout(resolve, 5));
    } else for await (const part of child.stdout) if ((seen += String(part)).includes(bound)) break;
    child.kill("SIGKILL");
    await ended;
    const running = await start(fixtureAssembly(folder.path, trust), {});
    expect((await fetch(running.endpoints.repositoryUrl)).status).toBe(200);
    const names = Object.values(running.endpoints.resources);
    expect(names).not.toContain("");
  });
});
