// Builds llama-server of the worker's llama.cpp release: node build.mjs <directory of the libraries> <output directory>
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { renameSync, rmSync } from "node:fs";
import { run, unpackSource } from "../../../../../inference-worker/src/main/native/source.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [libraries, output] = process.argv.slice(2);
const source = join(output, "source");
const build = join(output, "build");

try {
  unpackSource(["CMakeLists.txt", "include", "ggml/include", "common", "src/llama-ext.h", "tools/server", "tools/mtmd", "vendor"], source);
  run("cmake", ["-S", here, "-B", build, "-DCMAKE_BUILD_TYPE=Release", `-DLLAMA_LIBRARIES=${libraries}`, `-DLLAMA_SOURCE=${source}`], here);
  run("cmake", ["--build", build, "--parallel", "2", "--target", "llama-server"], here);
  renameSync(join(build, "llama-server"), join(output, "llama-server"));
  rmSync(source, { recursive: true, force: true });
  rmSync(build, { recursive: true, force: true });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
