import { describe, expect, it } from "vitest";
import {
  openCertificate,
  queryOf,
  searchOf,
  type View,
  viewOf,
  withOpenCertificate,
} from "../../../../web/admin/subscribers/list-view.ts";

const first: View = { sort: "name", descending: false, size: 50, position: { at: "first" }, number: 1 };

describe("viewOf", () => {
  it.each<View>([
    first,
    { ...first, sort: "status", descending: true, size: 100 },
    { sort: "name", descending: false, size: 50, position: { at: "after", cursor: "44Ok-_" }, number: 51 },
    { sort: "name", descending: false, size: 50, position: { at: "before", cursor: "44Ok-_" } },
    { sort: "notAfter", descending: false, size: 50, position: { at: "value", value: "2027/01" } },
    { sort: "name", descending: true, size: 100, position: { at: "last" } },
  ])("reads what searchOf writes: %j", (view) => {
    expect(viewOf(searchOf(view))).toEqual(view);
  });

  it("takes what it does not know for what a list begins with", () => {
    expect(viewOf("sort=colour&order=up&size=1000&row=x&page=middle")).toEqual(first);
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
