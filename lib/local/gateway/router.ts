import type { PlannedRoute } from "./plan.ts";

/** A route and the decoded values of its path parameters. */
export type Match = { readonly route: PlannedRoute; readonly parameters: Readonly<Record<string, string>> };

type Node = {
  literals: Map<string, Node>;
  parameter?: { name: string; node: Node };
  rest?: { name: string; node: Node };
  methods: Map<string, PlannedRoute>;
};

const newNode = (): Node => ({ literals: new Map(), methods: new Map() });

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Finds the route of a request as API Gateway does: literals before `{name}` before `{name+}`, the method itself before ANY.
 * Undefined if there is no route.
 */
export function router(routes: readonly PlannedRoute[]): (method: string, path: string) => Match | undefined {
  const root = newNode();
  for (const route of routes) {
    let node = root;
    for (const segment of route.path.split("/").filter(Boolean)) {
      const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
      if (name === undefined) {
        const next = node.literals.get(segment) ?? newNode();
        node.literals.set(segment, next);
        node = next;
      } else {
        const kind = greedy ? "rest" : "parameter";
        node[kind] ??= { name, node: newNode() };
        node = node[kind].node;
      }
    }
    node.methods.set(route.method, route);
  }

  const find = (
    node: Node,
    segments: readonly string[],
    parameters: Record<string, string>,
    method: string,
  ): Match | undefined => {
    const [segment, ...others] = segments;
    if (segment === undefined) {
      const route = node.methods.get(method) ?? node.methods.get("ANY");
      return route && { route, parameters };
    }
    const literal = node.literals.get(segment);
    const byLiteral = literal && find(literal, others, parameters, method);
    if (byLiteral) return byLiteral;
    const { parameter, rest } = node;
    const byParameter =
      parameter && find(parameter.node, others, { ...parameters, [parameter.name]: decoded(segment) }, method);
    if (byParameter) return byParameter;
    return rest && find(rest.node, [], { ...parameters, [rest.name]: segments.map(decoded).join("/") }, method);
  };

  return (method, path) => {
    const segments = path.split("/").slice(1);
    // A trailing slash is ignored.
    if (segments.at(-1) === "") segments.pop();
    return find(root, segments, {}, method);
  };
}
