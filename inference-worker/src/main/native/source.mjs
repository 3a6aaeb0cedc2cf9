// llama.cpp's source at the release that headers.json pins, out of node-llama-cpp's package.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** Names the release. */
export const pinFile = join(here, "headers.json");

/** Leaves these paths of the source, and nothing else, in a directory. */
export function unpackSource(paths, directory) {
  const pin = JSON.parse(readFileSync(pinFile, "utf8"));
  const scratch = `${directory}.scratch`;
  rmSync(scratch, { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  mkdirSync(directory, { recursive: true });
  run("npm", ["pack", pin.package, "--ignore-scripts", "--silent"], scratch);
  const digest = createHash("sha512").update(readFileSync(join(scratch, pin.file))).digest("hex");
  if (digest !== pin.sha512) {
    throw new Error(`${pin.file} has SHA-512 ${digest}, but ${pin.sha512} is pinned. Do not use it.`);
  }
  run("tar", ["-xzf", pin.file, pin.bundle], scratch);
  run("git", ["init", "--quiet", "--bare", "source.git"], scratch);
  run("git", ["-C", "source.git", "fetch", "--quiet", join("..", pin.bundle), "HEAD"], scratch);
  run("git", ["-C", "source.git", "archive", "-o", join("..", "source.tar"), "FETCH_HEAD", ...paths], scratch);
  run("tar", ["-xf", join(scratch, "source.tar")], directory);
  rmSync(scratch, { recursive: true, force: true });
}

/** Runs a program; what it prints is shown. */
export function run(command, args, cwd) {
  try {
    execFileSync(command, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  } catch (error) {
    throw new Error(error.code === "ENOENT" ? `${command} is needed and was not found.` : `${command} ${args.join(" ")} failed: ${error.message}`);
  }
}
