import { localFunction, type LocalFunction } from "./functions.ts";
import { dependencyOrder, namesIn, resolver, type Constants } from "./intrinsics.ts";
import { custom } from "./resources/custom.ts";
import { functionSettings, type FunctionContext } from "./resources/function.ts";
import { isCustom, provisioned, emulated, ignored } from "./resources/kinds.ts";
import { withoutHandlers } from "./resources/notifications.ts";
import type { Clients, Provisioned, ResourceRequest } from "./resources/provider.ts";
import { type GrantRole, statementsOf, tagsOf } from "./roles.ts";
import { currentQueue } from "./resources/queues.ts";
import type { StateFile } from "./state.ts";
import { digestOf, type Assembly, type Properties, type Template } from "./template.ts";

/** A resource whose properties are resolved. */
export type StackResource = Provisioned & {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
};

/** The applied template. */
export type Stack = {
  readonly resources: ReadonlyMap<string, StackResource>;
  readonly functions: readonly LocalFunction[];
  /** Logical ids of the functions that API calls reach, or a queue with a concurrency above one. */
  readonly awaited: ReadonlySet<string>;
  readonly ofType: (type: string) => readonly StackResource[];
  /** By name or ARN. Throws when there is none. */
  readonly functionOf: (name: string) => LocalFunction;
};

export type StackContext = {
  readonly clients: Clients;
  readonly stateFile: StateFile;
  readonly functions: FunctionContext;
  /** Values of the template's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly grantRole: GrantRole;
  /** Folder of the functions' logs. */
  readonly logs: string;
  readonly report: (line: string) => void;
  /** Receives the number of created and changed resources. */
  readonly progress: (line: string) => void;
};

function constantsOf({ stack, template }: Assembly, { functions, parameters }: StackContext): Constants {
  const defaults = Object.entries(template.Parameters).flatMap(([name, { Default }]): [string, string][] =>
    Default === undefined ? [] : [[name, String(Default)]],
  );
  return {
    ...Object.fromEntries(defaults),
    ...parameters,
    "AWS::Region": functions.region,
    "AWS::AccountId": functions.account,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": stack,
    "AWS::StackId": `arn:aws:cloudformation:${functions.region}:${functions.account}:stack/${stack}/local`,
  };
}

/** Functions that API calls invoke, or a queue with a concurrency above one. */
function parallelFunctions(template: Template): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const scaling = Properties["ScalingConfig"];
    const several =
      typeof scaling === "object" &&
      scaling !== null &&
      "MaximumConcurrency" in scaling &&
      Number(scaling["MaximumConcurrency"]) > 1;
    if (Type === "AWS::ApiGateway::Method" || (Type === "AWS::Lambda::EventSourceMapping" && several))
      for (const name of namesIn(Properties)) found.add(name);
  }
  return found;
}

/** Names and attributes of a resource that this process emulates. */
function emulate({ logicalId, type, properties }: ResourceRequest, context: FunctionContext): Provisioned {
  const name = properties["DomainName"] ?? properties["StageName"] ?? properties["EmailIdentity"] ?? logicalId;
  const named = type.startsWith("AWS::ApiGateway::") || type === "AWS::SES::EmailIdentity";
  const physicalId = named && typeof name === "string" ? name : logicalId;
  const arn = `arn:aws:${type.split("::")[1]?.toLowerCase()}:${context.region}:${context.account}:${logicalId}`;
  return {
    physicalId,
    attributes: {
      Arn: arn,
      Id: physicalId,
      RootResourceId: `${logicalId}/`,
      DomainName: physicalId,
      RegionalDomainName: physicalId,
      DistributionDomainName: physicalId,
    },
  };
}

/**
 * Creates the resources that the data folder does not have, in the order of their dependencies and otherwise
 * simultaneously, and runs the custom resources whose properties changed. Records each resource as soon as it exists, so
 * that the next start continues a killed one. Throws, with its name, for a resource that is not supported.
 */
export async function applyTemplate(assembly: Assembly, context: StackContext): Promise<Stack> {
  const { stack } = assembly;
  const template = withoutHandlers(assembly.template);
  const { stateFile } = context;
  const resources = new Map<string, StackResource>();
  const functions = new Map<string, LocalFunction>();
  const parallel = parallelFunctions(template);
  let changes = 0;
  const constants = constantsOf(assembly, context);

  const resolve = resolver(template, constants, {
    reference: (logicalId) => resources.get(logicalId)?.physicalId,
    attribute: (logicalId, name) => {
      const resource = resources.get(logicalId);
      return resource && resource.type in ignored ? resource.physicalId : resource?.attributes[name];
    },
  });
  const functionOf = (name: string): LocalFunction => {
    const found = functions.get(name) ?? functions.get(name.split(":").at(-1) ?? "");
    if (!found) throw new Error(`The stack has no function ${name}`);
    return found;
  };

  const recorded = async (request: ResourceRequest, make: () => Promise<Provisioned>): Promise<Provisioned> => {
    const digest = digestOf(request.properties);
    if (request.before?.digest === digest && request.before.type === request.type) return request.before;
    const result = await make();
    stateFile.change(({ resources: kept }) => {
      kept[request.logicalId] = {
        type: request.type,
        physicalId: result.physicalId,
        attributes: { ...result.attributes },
        digest,
        properties: request.properties,
      };
    });
    changes++;
    return result;
  };

  const apply = async (request: ResourceRequest): Promise<Provisioned> => {
    const { logicalId, type } = request;
    const provider = provisioned[type];
    if (provider) {
      const result = await recorded(request, () => provider(context.clients, request));
      return type === "AWS::SQS::Queue" ? currentQueue(context.clients.sqs, result) : result;
    }
    if (isCustom(type)) return recorded(request, () => custom(request, constants["AWS::StackId"] ?? "", functionOf));
    if (type === "AWS::Lambda::Function") {
      const applied = [...resources.values()];
      const statements = statementsOf(request.properties["Role"], applied);
      const credentials = await context.grantRole(logicalId, statements, tagsOf(applied));
      const environment = { ...context.functions.environment, ...credentials };
      const settings = functionSettings(request, { ...context.functions, environment }, parallel.has(logicalId));
      functions.set(settings.name, localFunction(settings, context.logs, context.report));
      return { physicalId: settings.name, attributes: { Arn: settings.arn } };
    }
    return emulate(request, context.functions);
  };

  const order = dependencyOrder(template, resolve.condition);
  for (const logicalId of order) {
    const type = template.Resources[logicalId]?.Type ?? "";
    if (!provisioned[type] && !emulated.has(type) && !(type in ignored) && !isCustom(type)) {
      throw new Error(`${logicalId}: resources of type ${type} are not known on this machine`);
    }
  }

  const begun = new Map<string, Promise<void>>();
  for (const logicalId of order) {
    const { Type: type = "", Properties: source = {}, DependsOn = [] } = template.Resources[logicalId] ?? {};
    const needed = [...namesIn(source), ...[DependsOn].flat()].flatMap((name) => begun.get(name) ?? []);
    const work = async (): Promise<void> => {
      await Promise.all(needed);
      if (type in ignored) {
        const name = `${stack}-${logicalId}`;
        resources.set(logicalId, { logicalId, type, properties: {}, physicalId: name, attributes: {} });
        return;
      }
      const properties = resolve.properties(source, logicalId);
      const before = stateFile.state.resources[logicalId];
      const result = await apply({
        logicalId,
        type,
        name: `${stack}-${logicalId}-${stateFile.state.suffix}`,
        properties,
        before,
      });
      resources.set(logicalId, { ...result, logicalId, type, properties });
    };
    begun.set(logicalId, work());
  }
  const outcomes = await Promise.allSettled(begun.values());
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) {
    await Promise.all([...functions.values()].map((one) => one.stop(0)));
    throw failed.reason;
  }
  if (changes > 0) context.progress(`${changes} ${changes === 1 ? "resource" : "resources"}`);
  return {
    resources,
    functions: [...functions.values()],
    awaited: parallel,
    ofType: (type) => [...resources.values()].filter((resource) => resource.type === type),
    functionOf,
  };
}
