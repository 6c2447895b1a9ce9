import { localFunction, type LocalFunction } from "./functions.ts";
import { dependencyOrder, namesIn, resolver, type Constants } from "./intrinsics.ts";
import { custom } from "./resources/custom.ts";
import { functionSettings, type FunctionPlace } from "./resources/function.ts";
import { isCustom, made, played, withoutMeaning } from "./resources/kinds.ts";
import { withoutHandlers } from "./resources/notifications.ts";
import type { Clients, Made, Order } from "./resources/provider.ts";
import { currentQueue } from "./resources/queues.ts";
import type { Ledger } from "./state.ts";
import { digestOf, type Assembly, type Properties, type Template } from "./template.ts";

/** A resource whose properties are resolved. */
export type StackResource = Made & {
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

export type StackPlace = {
  readonly clients: Clients;
  readonly ledger: Ledger;
  readonly functions: FunctionPlace;
  /** Values of the template's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Folder of the functions' logs. */
  readonly logs: string;
  readonly report: (line: string) => void;
  /** Told how much was made or changed. */
  readonly progress: (line: string) => void;
};

function constantsOf({ stack, template }: Assembly, { functions, parameters }: StackPlace): Constants {
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

/** Functions that API calls reach, or a queue with a concurrency above one. */
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

/** What this process plays has names of its own making. */
function playedAs({ logicalId, type, properties }: Order, place: FunctionPlace): Made {
  const name = properties["DomainName"] ?? properties["StageName"] ?? logicalId;
  const physicalId = type.startsWith("AWS::ApiGateway::") && typeof name === "string" ? name : logicalId;
  const arn = `arn:aws:${type.split("::")[1]?.toLowerCase()}:${place.region}:${place.account}:${logicalId}`;
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
 * Makes of the template what the data folder lacks, in dependency order, independent resources at the same time, and
 * runs the custom resources whose properties changed. Each made resource is recorded at once, so that a killed start is
 * gone on with by the next. Throws, with its name, for whatever it does not know.
 */
export async function applyTemplate(assembly: Assembly, place: StackPlace): Promise<Stack> {
  const { stack } = assembly;
  const template = withoutHandlers(assembly.template);
  const { ledger } = place;
  const resources = new Map<string, StackResource>();
  const functions = new Map<string, LocalFunction>();
  const parallel = parallelFunctions(template);
  let changes = 0;
  const constants = constantsOf(assembly, place);

  const resolve = resolver(template, constants, {
    reference: (logicalId) => resources.get(logicalId)?.physicalId,
    attribute: (logicalId, name) => {
      const resource = resources.get(logicalId);
      return resource && resource.type in withoutMeaning ? resource.physicalId : resource?.attributes[name];
    },
  });
  const functionOf = (name: string): LocalFunction => {
    const found = functions.get(name) ?? functions.get(name.split(":").at(-1) ?? "");
    if (!found) throw new Error(`The stack has no function ${name}`);
    return found;
  };

  const recorded = async (order: Order, make: () => Promise<Made>): Promise<Made> => {
    const digest = digestOf(order.properties);
    if (order.before?.digest === digest && order.before.type === order.type) return order.before;
    const result = await make();
    ledger.change(({ resources: kept }) => {
      kept[order.logicalId] = {
        type: order.type,
        physicalId: result.physicalId,
        attributes: { ...result.attributes },
        digest,
        properties: order.properties,
      };
    });
    changes++;
    return result;
  };

  const apply = async (order: Order): Promise<Made> => {
    const { logicalId, type } = order;
    const provider = made[type];
    if (provider) {
      const result = await recorded(order, () => provider(place.clients, order));
      return type === "AWS::SQS::Queue" ? currentQueue(place.clients.sqs, result) : result;
    }
    if (isCustom(type)) return recorded(order, () => custom(order, constants["AWS::StackId"] ?? "", functionOf));
    if (type === "AWS::Lambda::Function") {
      const settings = functionSettings(order, place.functions, parallel.has(logicalId));
      functions.set(settings.name, localFunction(settings, place.logs, place.report));
      return { physicalId: settings.name, attributes: { Arn: settings.arn } };
    }
    return playedAs(order, place.functions);
  };

  const order = dependencyOrder(template, resolve.condition);
  for (const logicalId of order) {
    const type = template.Resources[logicalId]?.Type ?? "";
    if (!made[type] && !played.has(type) && !(type in withoutMeaning) && !isCustom(type)) {
      throw new Error(`${logicalId}: resources of type ${type} are not known on this machine`);
    }
  }

  const begun = new Map<string, Promise<void>>();
  for (const logicalId of order) {
    const { Type: type = "", Properties: source = {}, DependsOn = [] } = template.Resources[logicalId] ?? {};
    const needed = [...namesIn(source), ...[DependsOn].flat()].flatMap((name) => begun.get(name) ?? []);
    const work = async (): Promise<void> => {
      await Promise.all(needed);
      if (type in withoutMeaning) {
        const name = `${stack}-${logicalId}`;
        resources.set(logicalId, { logicalId, type, properties: {}, physicalId: name, attributes: {} });
        return;
      }
      const properties = resolve.properties(source, logicalId);
      const before = ledger.state.resources[logicalId];
      const result = await apply({
        logicalId,
        type,
        name: `${stack}-${logicalId}-${ledger.state.suffix}`,
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
  if (changes > 0) place.progress(`${changes} ${changes === 1 ? "resource" : "resources"}`);
  return {
    resources,
    functions: [...functions.values()],
    awaited: parallel,
    ofType: (type) => [...resources.values()].filter((resource) => resource.type === type),
    functionOf,
  };
}
