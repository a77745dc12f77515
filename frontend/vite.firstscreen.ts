import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

/** limit is what the first screen may weigh over the wire, in bytes of gzip: page, styles, the one font and the screen Today. */
const limit = 500_000;

/** entries are the modules that the first screen needs: the app, and the feature that it loads at once. */
const entries = ["index.html", "src/features/today/index.ts"];

/** font is the part of Inter that Latin text needs; browsers load the other parts only for their letters. */
const font = /inter-latin-wght-normal/;

/** firstScreen fails the build when the first screen has grown too heavy, and says what weighs most. */
export function firstScreen(): Plugin {
  return {
    name: "first-screen",
    apply: "build",
    generateBundle(_, bundle) {
      const weights = weigh(bundle);
      const total = weights.reduce((sum, [, bytes]) => sum + bytes, 0);
      this.info(`the first screen weighs ${kilo(total)} KB gzip of ${kilo(limit)}`);
      if (total <= limit) return;
      const most = weights.sort(([, a], [, b]) => b - a).slice(0, 5);
      this.error(`the first screen is too heavy: ${most.map(([name, bytes]) => `${name} ${kilo(bytes)} KB`).join(", ")}`);
    },
  };
}

function weigh(bundle: Rollup.OutputBundle): [string, number][] {
  const files = new Set<string>();
  const take = (name: string) => {
    const chunk = bundle[name];
    if (!chunk || files.has(name)) return;
    files.add(name);
    if (chunk.type !== "chunk") return;
    chunk.imports.forEach(take);
    chunk.viteMetadata?.importedCss.forEach(take);
  };
  for (const [name, chunk] of Object.entries(bundle)) {
    const module = chunk.type === "chunk" ? (chunk.facadeModuleId ?? "") : "";
    if (font.test(name) || entries.some((entry) => module.endsWith(entry))) take(name);
  }
  return [...files].map((name) => [name, sizeOf(name, bundle[name])]);
}

function sizeOf(name: string, output: Rollup.OutputAsset | Rollup.OutputChunk | undefined): number {
  if (!output) return 0;
  const content = output.type === "chunk" ? output.code : output.source;
  // Fonts are compressed already.
  return name.endsWith(".woff2") ? content.length : gzipSync(content).length;
}

function kilo(bytes: number): number {
  return Math.round(bytes / 1000);
}
