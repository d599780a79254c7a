// What the readers of this folder share: going through the messages, and which headers are compared as headers of one's own.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const ownPlace = new Set(['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id', 'mime-version']);

export function hasPlaceOfItsOwn(name) {
  return ownPlace.has(name) || name.startsWith('content-');
}

export function isMessage(type) {
  return type === 'message/rfc822' || type === 'message/global';
}

export async function readFolder(read) {
  const folder = process.argv[2];
  const messages = {};
  for (const file of (await readdir(folder)).filter(name => name.endsWith('.eml'))) messages[file] = await read(await readFile(join(folder, file)));
  process.stdout.write(JSON.stringify(messages));
}
