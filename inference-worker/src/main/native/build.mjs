// Brings the native side together: node build.mjs <target> <output directory>
//   <output>/npm      the prebuilt llama.cpp of the target, as package-lock.json pins it
//   <output>/headers  its headers, out of the same release's source bundle
//   <output>/build    CMake's directory, with the unit test of the C++ side
//   <output>/lib      what a worker needs at run time: the shim and the libraries, flat
// Each step runs again only when what it depends on has changed.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pinFile, run, unpackSource } from "./source.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [target, output] = process.argv.slice(2);
const known = readdirSync(here, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name);
if (!known.includes(target) || !output) {
  fail(`No native target "${target ?? ""}". Build with -Dnative.target=NAME, one of: ${known.join(", ")}.`);
}

const npm = join(output, "npm", target);
const headers = join(output, "headers");
const build = join(output, "build");
const lib = join(output, "lib");

try {
  once("npm", [join(here, target, "package.json"), join(here, target, "package-lock.json")], fetchLibraries);
  once("headers", [pinFile], fetchHeaders);
  compile();
} catch (error) {
  fail(error.message);
}

function fetchLibraries() {
  rmSync(npm, { recursive: true, force: true });
  rmSync(lib, { recursive: true, force: true });
  cpSync(join(here, target), npm, { recursive: true });
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], npm);
  const binaries = join(npm, "node_modules", "@node-llama-cpp", target, "bins", target);
  mkdirSync(lib, { recursive: true });
  for (const name of readdirSync(binaries).filter((n) => /\.(so|dylib)$/.test(n))) {
    cpSync(join(binaries, name), join(lib, name));
  }
}

function fetchHeaders() {
  const pin = JSON.parse(readFileSync(pinFile, "utf8"));
  unpackSource(pin.paths, headers);
}

function compile() {
  const source = join(here, "..", "cpp");
  try {
    run("cmake", ["-S", source, "-B", build, "-DCMAKE_BUILD_TYPE=Release", `-DLLAMA_LIBRARIES=${lib}`, `-DLLAMA_SOURCE=${headers}`], here);
  } catch (error) {
    rmSync(build, { recursive: true, force: true }); // what a failed configuration found must not stay
    throw error;
  }
  run("cmake", ["--build", build, "--parallel", "2"], here);
}

function once(step, inputs, work) {
  const stamp = join(output, `${step}.stamp`);
  const hash = createHash("sha256").update(target);
  inputs.forEach((file) => hash.update(readFileSync(file)));
  const wanted = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(stamp, { force: true });
  rmSync(build, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  work();
  writeFileSync(stamp, wanted);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
