// Prints the charge that the page of a request shows: node e2e/charge.mjs REQUEST
import { browser, GATEWAY, link } from './gateway.mjs';

const page = await (await browser()).newPage({ locale: 'en-GB' });
await page.goto(`${GATEWAY}/console/requests/${process.argv[2]}?range=1h#link=${await link()}`);
const ledger = page.getByRole('dialog', { name: 'Request' });
await ledger.getByRole('heading', { name: 'Ledger' }).waitFor();
process.stdout.write(`${(await ledger.getByRole('row').allInnerTexts()).join('\n')}\n`);
await (await browser()).close();
