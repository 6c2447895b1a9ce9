import { describe, expect, it } from "vitest";
import {
  openCertificate,
  queryOf,
  searchOf,
  type View,
  viewOf,
  withOpenCertificate,
} from "../../../../web/admin/subscribers/list-view.ts";

const plain = { sort: "name", descending: false, size: 50, asked: {}, ignored: [], looked: 0 } as const;
const first: View = { ...plain, position: { at: "first" }, number: 1 };

describe("viewOf", () => {
  it.each<View>([
    first,
    { ...first, sort: "status", descending: true, size: 100 },
    { ...plain, position: { at: "after", cursor: "44Ok-_" }, number: 51 },
    { ...plain, position: { at: "before", cursor: "44Ok-_" } },
    { ...plain, sort: "notAfter", position: { at: "value", value: "2027/01" } },
    { ...plain, descending: true, size: 100, position: { at: "last" } },
    { ...first, asked: { family: "山田", endsTo: "2027/03/31", status: "issued,failed" } },
    { ...plain, asked: { device: "01" }, looked: 20_000, position: { at: "after", cursor: "44Ok-_" } },
  ])("reads what searchOf writes: %j", (view) => {
    expect(viewOf(searchOf(view))).toEqual(view);
  });

  it("takes what it does not know for what a list begins with", () => {
    expect(viewOf("sort=colour&order=up&size=1000&row=x&page=middle")).toEqual(first);
  });

  it("names the conditions that are of no kind, or say what cannot be, and leaves them out", () => {
    const { asked, ignored } = viewOf("family=%E5%B1%B1&colour=red&status=lost&endsFrom=2027/2/30&device=");
    expect(asked).toEqual({ family: "山" });
    expect(ignored).toEqual(["colour", "endsFrom", "status"]);
    expect(viewOf("issuedFrom=2027/2/2&issuedTo=2027/2/1").ignored).toEqual(["issuedTo"]);
  });
});

describe("searchOf", () => {
  it("is empty for a list that is opened first", () => {
    expect(searchOf(first)).toBe("");
  });
});

describe("queryOf", () => {
  it("names every position as the API does", () => {
    const page = { sort: "name", order: "asc", limit: 50 };
    const at = (position: View["position"]) => queryOf({ ...first, position });
    expect(at({ at: "first" })).toEqual(page);
    expect(at({ at: "last" })).toEqual({ ...page, back: "1" });
    expect(at({ at: "after", cursor: "c" })).toEqual({ ...page, cursor: "c" });
    expect(at({ at: "before", cursor: "c" })).toEqual({ ...page, cursor: "c", back: "1" });
    expect(at({ at: "value", value: "カ" })).toEqual({ ...page, from: "カ" });
  });
});

describe("withOpenCertificate", () => {
  it("leaves the view as it is", () => {
    const search = searchOf({ ...first, descending: true });
    const open = withOpenCertificate(search, "t0-c0");
    expect(openCertificate(open)).toBe("t0-c0");
    expect(viewOf(open)).toEqual(viewOf(search));
    expect(withOpenCertificate(open, undefined)).toBe(search);
  });
});
