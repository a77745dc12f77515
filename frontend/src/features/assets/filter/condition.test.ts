import { expect, test } from "vitest";
import { formatCondition, operators, parseCondition, parseConditions, takesValue } from "./condition";

test.each(operators)("a condition with %s is read back as it was written", (operator) => {
  const condition = { field: "custom.Panel no", operator, value: takesValue(operator) ? "MCC=3" : "" };
  expect(parseCondition(formatCondition(condition))).toEqual(condition);
});

test("the signs are those of the list", () => {
  expect(operators.map((operator) => formatCondition({ field: "zone", operator, value: " Z1 " }))).toEqual([
    "zone=Z1",
    "zone!=Z1",
    "zone~Z1",
    "zone=",
    "zone!=",
  ]);
});

test("what is no condition is left out", () => {
  expect(parseConditions(["zone", "=x", "zone~", "zone=Z1"])).toEqual([{ field: "zone", operator: "is", value: "Z1" }]);
});
