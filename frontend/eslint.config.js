import js from "@eslint/js";
import boundaries from "eslint-plugin-boundaries";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import ts from "typescript-eslint";

// Imports go one way: app > features > record > shared > api, i18n, native.
const ground = ["api", "i18n", "native"];
const layers = [
  { from: "app", allow: ["features", "record", "shared", "test", ...ground] },
  { from: "features", allow: ["record", "shared", "test", ...ground, ["features", { feature: "${from.feature}" }]] },
  { from: "record", allow: ["shared", "test", ...ground] },
  { from: "shared", allow: ["test", ...ground] },
  { from: "api", allow: ["i18n", "native", "test"] },
  { from: "i18n", allow: ["test"] },
  { from: "native", allow: ["test"] },
  // What tests share stands beside the layers: it brings providers, so that no test needs the app.
  { from: "test", allow: ["record", "shared", ...ground] },
];

export default defineConfig(
  globalIgnores(["dist", "src/api/schema.d.ts", "e2e/out"]),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  a11y.flatConfigs.strict,
  hooks.configs.flat["recommended-latest"],
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { boundaries },
    settings: {
      "import/resolver": { node: { extensions: [".ts", ".tsx", ".js", ".json", ".css"] } },
      "boundaries/include": ["src/**/*"],
      "boundaries/dependency-nodes": ["import", "export", "dynamic-import"],
      "boundaries/elements": [
        { type: "features", pattern: "src/features/*", capture: ["feature"] },
        ...["app", "record", "shared", "api", "i18n", "native", "test"].map((type) => ({
          type,
          pattern: `src/${type}`,
        })),
      ],
    },
    rules: {
      "boundaries/element-types": ["error", { default: "disallow", rules: layers }],
      "boundaries/no-unknown-files": "error",
      // The router's redirect is thrown and is no error.
      "@typescript-eslint/only-throw-error": [
        "error",
        { allow: [{ from: "package", name: "Redirect", package: "@tanstack/router-core" }] },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-restricted-properties": ["error", { object: "console", message: "Show it to the person, or drop it." }],
    },
  },
  { files: ["*.js", "vite.config.ts"], extends: [ts.configs.disableTypeChecked] },
);
