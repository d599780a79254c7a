// Reads every .eml file of a folder with postal-mime and prints what it saw as one JSON object: file name -> message.
import PostalMime, { decodeWords } from 'postal-mime';
import { hasPlaceOfItsOwn, isMessage, readFolder } from './folder.mjs';

// A forwarded message stays a file of its own instead of becoming part of the text.
const options = { forceRfc822Attachments: true };

function mailboxes(field) {
  if (!field) return [];
  return (Array.isArray(field) ? field : [field]).flatMap(entry => {
    if (!entry.group) return [mailbox(entry)];
    return entry.group.length ? entry.group.map(one => mailbox(one, entry.name)) : [{ group: entry.name }];
  });
}

function mailbox({ name, address }, group = null) {
  return { group, name: name || null, address };
}

async function read(octets) {
  const message = await PostalMime.parse(octets, options);
  const has = name => message.headers.some(header => header.key === name);
  return {
    from: mailboxes(message.from),
    sender: mailboxes(message.sender),
    replyTo: mailboxes(message.replyTo),
    to: mailboxes(message.to),
    cc: mailboxes(message.cc),
    bcc: mailboxes(message.bcc),
    subject: has('subject') ? message.subject ?? '' : null,
    date: message.date ?? null,
    messageId: message.messageId ?? null,
    text: message.text ?? null,
    html: message.html ?? null,
    // The values of headers are as sent; its own function decodes them.
    headers: message.headers.filter(({ key }) => !hasPlaceOfItsOwn(key)).map(({ key, value }) => ({ name: key, value: decodeWords(value) })),
    // Forms of the text that it does not know come with the files, but without a disposition.
    alternatives: message.attachments.filter(file => !file.disposition).map(alternative),
    attachments: await Promise.all(message.attachments.filter(file => file.disposition).map(attachment)),
  };
}

function alternative(file) {
  return { contentType: file.mimeType, parameters: parameters(file), text: Buffer.from(file.content).toString() };
}

function parameters({ method }) {
  return method === undefined ? {} : { method };
}

async function attachment(file) {
  return {
    fileName: file.filename,
    contentType: file.mimeType,
    parameters: parameters(file),
    contentId: file.contentId?.replace(/^<|>$/g, '') ?? null,
    disposition: file.disposition,
    ...(isMessage(file.mimeType) ? { message: await read(file.content) } : { content: Buffer.from(file.content).toString('base64') }),
  };
}

await readFolder(read);
