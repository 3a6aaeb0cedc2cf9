// Prints the token of a link that signs the owner in once: node e2e/link.mjs
import { link } from './gateway.mjs';

process.stdout.write(`${await link()}\n`);
