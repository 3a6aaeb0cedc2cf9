// Prints what the console says to who comes with a link: node e2e/door.mjs TOKEN
import { browser, GATEWAY } from './gateway.mjs';

const page = await (await browser()).newPage({ locale: 'en-GB' });
await page.goto(`${GATEWAY}/console/#link=${process.argv[2]}`);
await page.getByRole('heading', { level: 1 }).waitFor();
process.stdout.write(`${(await page.getByRole('main').allInnerTexts()).join('\n')}\n`);
await (await browser()).close();
