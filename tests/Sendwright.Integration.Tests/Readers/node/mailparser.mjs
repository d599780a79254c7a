// Reads every .eml file of a folder with mailparser and prints what it saw as one JSON object: file name -> message.
import libmime from 'libmime';
import { simpleParser } from 'mailparser';
import { hasPlaceOfItsOwn, isMessage, readFolder } from './folder.mjs';

// HTML and links stay as they were sent: what is compared is the reading, not mailparser's preparation for a web page.
const options = { keepCidLinks: true, skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };

function mailboxes(field) {
  if (!field) return [];
  const entries = (Array.isArray(field) ? field : [field]).flatMap(header => header.value);
  return entries.flatMap(entry => {
    if (!entry.group) return [mailbox(entry)];
    return entry.group.length ? entry.group.map(one => mailbox(one, entry.name)) : [{ group: entry.name }];
  });
}

function mailbox({ name, address }, group = null) {
  return { group, name: name || null, address };
}

// mailparser leaves the values of headers it does not know encoded; its own library decodes them.
function own({ key, line }) {
  const value = line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '').trim();
  // Raw octets of RFC 6532 come as so many characters.
  return { name: key, value: libmime.decodeWords(Buffer.from(value, 'latin1').toString()) };
}

async function read(octets) {
  const message = await simpleParser(octets, options);
  return {
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
    headers: message.headerLines.filter(({ key }) => !hasPlaceOfItsOwn(key)).map(own),
    alternatives: message.attachments.filter(isAlternative).map(alternative),
    attachments: await Promise.all(message.attachments.filter(file => !isAlternative(file)).map(attachment)),
  };
}

// Forms of the text that it does not know come with the files. Of those its headers say whether they are any: the disposition is guessed where there is none.
function isAlternative(file) {
  return !file.headers.has('content-disposition');
}

function alternative(file) {
  return { contentType: file.contentType, parameters: file.headers.get('content-type').params, text: file.content.toString() };
}

async function attachment(file) {
  const type = file.headers.get('content-type');
  return {
    fileName: file.filename ?? null,
    contentType: file.contentType,
    parameters: type?.params ?? {},
    contentId: file.cid ?? null,
    disposition: file.contentDisposition ?? null,
    ...(isMessage(file.contentType) ? { message: await read(file.content) } : { content: file.content.toString('base64') }),
  };
}

await readFolder(read);
