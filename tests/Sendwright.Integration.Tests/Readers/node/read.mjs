// Reads every .eml file of a folder with mailparser and prints what it saw as one JSON object: file name -> message.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import libmime from 'libmime';
import { simpleParser } from 'mailparser';

const folder = process.argv[2];

// HTML and links stay as they were sent: what is compared is the reading, not mailparser's preparation for a web page.
const options = { keepCidLinks: true, skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };

function mailboxes(field) {
  if (!field) return [];
  const entries = (Array.isArray(field) ? field : [field]).flatMap(header => header.value);
  return entries.flatMap(entry => entry.group ?? [entry]).map(({ name, address }) => ({ name: name || null, address }));
}

// mailparser leaves the values of headers it does not know encoded; its own library decodes them.
function own(headers) {
  const values = [];
  for (const [name, value] of headers) {
    if (!name.startsWith('x-')) continue;
    for (const one of Array.isArray(value) ? value : [value]) values.push({ name, value: libmime.decodeWords(String(one)) });
  }
  return values;
}

const messages = {};
for (const file of (await readdir(folder)).filter(name => name.endsWith('.eml'))) {
  const message = await simpleParser(await readFile(join(folder, file)), options);
  messages[file] = {
    from: mailboxes(message.from),
    sender: mailboxes(message.headers.get('sender')),
    replyTo: mailboxes(message.replyTo),
    to: mailboxes(message.to),
    cc: mailboxes(message.cc),
    bcc: mailboxes(message.bcc),
    subject: message.headers.has('subject') ? message.subject ?? '' : null,
    date: message.date?.toISOString() ?? null,
    messageId: message.messageId ?? null,
    text: message.text ?? null,
    html: message.html === false ? null : message.html ?? null,
    headers: own(message.headers),
    attachments: message.attachments.map(attachment => ({
      fileName: attachment.filename ?? null,
      contentType: attachment.contentType,
      contentId: attachment.cid ?? null,
      isInline: attachment.contentDisposition === 'inline',
      content: attachment.content.toString('base64'),
    })),
  };
}
console.log(JSON.stringify(messages));
