import type { AwsError } from "../protocol.ts";
import { attributeOf, type AttributeValue, type Item } from "./attribute.ts";

/** A document path: an attribute's name, then names and list positions. */
export type Path = readonly [string, ...(string | number)[]];

type Branch = { readonly children: Map<string | number, Branch>; leaf: boolean };

/** Several paths as a tree; no path is a prefix of another. */
export type PathTree = { readonly root: Branch; readonly paths: readonly Path[] };

const shown = (path: Path): string =>
  `[${path.map((step) => (typeof step === "number" ? `[${step}]` : step)).join(", ")}]`;

/** The value at a path, if the item has it. */
export function valueAt(item: Item, [name, ...steps]: Path): AttributeValue | undefined {
  let value = attributeOf(item, name);
  for (const step of steps) {
    if (value === undefined) return undefined;
    if (typeof step === "number") value = "L" in value ? value.L[step] : undefined;
    else value = "M" in value ? attributeOf(value.M, step) : undefined;
  }
  return value;
}

function clash(path: Path, earlier: readonly Path[]): string | undefined {
  for (const other of earlier) {
    const differs = path.findIndex((step, index) => index >= other.length || step !== other[index]);
    const both = `path one: ${shown(other)}, path two: ${shown(path)}`;
    if (differs === -1 || differs >= other.length) {
      return `Two document paths overlap with each other; must remove or rewrite one of these paths; ${both}`;
    }
    if (typeof path[differs] !== typeof other[differs]) {
      return `Two document paths conflict with each other; must remove or rewrite one of these paths; ${both}`;
    }
  }
  return undefined;
}

/** Joins paths; refuses overlapping paths, and paths of which one needs a map and the other a list. */
export function joinPaths(paths: readonly Path[], refuse: (message: string) => AwsError): PathTree {
  const root: Branch = { children: new Map(), leaf: false };
  for (const [index, path] of paths.entries()) {
    const message = clash(path, paths.slice(0, index));
    if (message !== undefined) throw refuse(message);
    let branch = root;
    for (const step of path) {
      const next = branch.children.get(step) ?? { children: new Map<string | number, Branch>(), leaf: false };
      branch.children.set(step, next);
      branch = next;
    }
    branch.leaf = true;
  }
  return { root, paths };
}

function pickValue(value: AttributeValue, branch: Branch): AttributeValue | undefined {
  if (branch.leaf) return value;
  if ("M" in value) {
    const picked = pickItem(value.M, branch);
    return Object.keys(picked).length === 0 ? undefined : { M: picked };
  }
  if (!("L" in value)) return undefined;
  const entries = value.L.flatMap((entry, index) => {
    const child = branch.children.get(index);
    const picked = child === undefined ? undefined : pickValue(entry, child);
    return picked === undefined ? [] : [picked];
  });
  return entries.length === 0 ? undefined : { L: entries };
}

function pickItem(item: Item, branch: Branch): Item {
  const picked: [string, AttributeValue][] = [];
  for (const [step, child] of branch.children) {
    const value = typeof step === "string" ? attributeOf(item, step) : undefined;
    const inside = value === undefined ? undefined : pickValue(value, child);
    if (typeof step === "string" && inside !== undefined) picked.push([step, inside]);
  }
  return Object.fromEntries(picked);
}

/** The part of an item that the paths name. */
export function pick(item: Item, tree: PathTree): Item {
  return pickItem(item, tree.root);
}
