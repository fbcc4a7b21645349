/** Which refusal of a further file is told as one file too many. */
import { expect, test } from "vitest";
import { Refused } from "../../api";
import type { FieldFault } from "../../shared";
import { isOneTooMany } from "./sending";

const refused = (fields?: FieldFault[]) =>
  new Refused({ code: "invalid_value", message: "No.", ...(fields ? { fields } : {}) });

test("only what the server calls too many files is said to be one file too many", () => {
  const fault = { field: "with", error: "There are too many files in this feed already." };
  expect(isOneTooMany(refused([{ ...fault, code: "too_many_files" }]))).toBe(true);
  expect(isOneTooMany(refused([{ field: "mapping", error: "It is too large." }]))).toBe(false);
  expect(isOneTooMany(refused())).toBe(false);
  expect(isOneTooMany(new Error("offline"))).toBe(false);
});
