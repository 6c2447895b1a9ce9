import { describe, expect, it } from "vitest";
import { dependencyOrder, resolver } from "../../lib/local/intrinsics.ts";
import { templateOf, type Value } from "../../lib/local/template.ts";

const references: Readonly<Record<string, string>> = { Bucket: "bucket-1", Queue: "http://queue" };
const attributes: Readonly<Record<string, string>> = { "Bucket.Arn": "arn:bucket", "Provisioned.Outputs.Version": "7" };
const known = {
  reference: (name: string) => references[name],
  attribute: (name: string, of: string) => attributes[`${name}.${of}`],
};
const resolve = (value: Value, rest: object = {}) =>
  resolver(
    templateOf({ Resources: {}, ...rest }),
    { "AWS::Region": "ap-northeast-1", Host: "localhost:1" },
    known,
  ).value(value, "Place");

describe("resolving a value", () => {
  it.each<[string, Value, Value | undefined]>([
    ["Ref of a resource", { Ref: "Bucket" }, "bucket-1"],
    ["Ref of a parameter", { Ref: "Host" }, "localhost:1"],
    ["Ref of NoValue", { Ref: "AWS::NoValue" }, undefined],
    ["GetAtt as list", { "Fn::GetAtt": ["Bucket", "Arn"] }, "arn:bucket"],
    ["GetAtt with a dotted attribute", { "Fn::GetAtt": ["Provisioned", "Outputs.Version"] }, "7"],
    ["GetAtt as text", { "Fn::GetAtt": "Bucket.Arn" }, "arn:bucket"],
    [
      "Sub",
      { "Fn::Sub": "${AWS::Region}/${Bucket}/${Bucket.Arn}/${!Literal}" },
      "ap-northeast-1/bucket-1/arn:bucket/${Literal}",
    ],
    ["Sub with own values", { "Fn::Sub": ["${a}-${Host}", { a: { Ref: "Bucket" } }] }, "bucket-1-localhost:1"],
    ["Join", { "Fn::Join": ["/", ["a", { Ref: "Bucket" }]] }, "a/bucket-1"],
    ["Select of Split", { "Fn::Select": [1, { "Fn::Split": [":", { "Fn::GetAtt": ["Bucket", "Arn"] }] }] }, "bucket"],
    ["members that are left out", { a: { Ref: "AWS::NoValue" }, b: [{ Ref: "AWS::NoValue" }, 1] }, { b: [1] }],
  ])("knows %s", (_, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it("decides conditions by their parts", () => {
    const Conditions = {
      local: { "Fn::Equals": [{ Ref: "Host" }, "localhost:1"] },
      far: { "Fn::Not": [{ Condition: "local" }] },
    };
    expect(resolve({ "Fn::If": ["local", "yes", "no"] }, { Conditions })).toBe("yes");
    expect(resolve({ "Fn::If": ["far", "yes", { Ref: "AWS::NoValue" }] }, { Conditions })).toBeUndefined();
  });

  it("names the place and the function that it does not know", () => {
    expect(() => resolve({ a: [{ "Fn::Base64": "x" }] })).toThrow(
      "Place.a[0]: the intrinsic function Fn::Base64 is not known on this machine",
    );
  });

  it("names the attribute that is not known", () => {
    expect(() => resolve({ "Fn::GetAtt": ["Bucket", "Website"] })).toThrow(
      "Fn::GetAtt Bucket.Website is not known on this machine",
    );
  });

  it("names the parameter that has no value", () => {
    expect(() => resolve({ Ref: "Sender" }, { Parameters: { Sender: { Type: "String" } } })).toThrow(
      "parameter Sender has neither a value on this machine nor a default",
    );
  });
});

describe("ordering resources", () => {
  const order = (resources: object) => dependencyOrder(templateOf({ Resources: resources }), (name) => name === "yes");

  it("puts what is named, in any way, before what names it", () => {
    const found = order({
      A: { Type: "T", Properties: { x: { "Fn::Sub": "${B.Arn}" } } },
      B: { Type: "T", DependsOn: "C", Properties: { y: { "Fn::Join": ["", [{ Ref: "D" }]] } } },
      C: { Type: "T" },
      D: { Type: "T", Properties: { z: { "Fn::GetAtt": ["C", "Arn"] } } },
    });
    expect(found).toEqual(["C", "D", "B", "A"]);
  });

  it("leaves out what stands under a false condition", () => {
    expect(order({ A: { Type: "T", Condition: "no" }, B: { Type: "T", Condition: "yes" } })).toEqual(["B"]);
  });

  it("refuses a circle with its members", () => {
    expect(() =>
      order({ A: { Type: "T", Properties: { x: { Ref: "B" } } }, B: { Type: "T", DependsOn: ["A"] } }),
    ).toThrow("A → B → A");
  });
});
