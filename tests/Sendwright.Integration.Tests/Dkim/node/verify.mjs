// Verifies every signature of every .eml file of a folder with mailauth and prints: file name -> [{ key: "s._domainkey.d", isValid, detail }].
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';

const [folder, records] = process.argv.slice(2);
const published = new Map((await readFile(records, 'utf8')).trim().split('\n').map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));

async function resolver(name, type) {
  if (type !== 'TXT' || !published.has(name)) throw Object.assign(new Error(`no ${type} record for ${name}`), { code: 'ENOTFOUND' });
  return [[published.get(name)]];
}

const messages = {};
for (const file of (await readdir(folder)).filter(name => name.endsWith('.eml')).sort()) {
  const { results } = await dkimVerify(await readFile(join(folder, file)), { resolver, strict: true });
  messages[file] = results.filter(result => result.signingDomain).map(result => ({
    key: `${result.selector}._domainkey.${result.signingDomain}`,
    isValid: result.status.result === 'pass',
    detail: result.info,
  }));
}
console.log(JSON.stringify(messages));
