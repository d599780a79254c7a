// Composes messages with Nodemailer's MailComposer and prints one JSON line.
//   node compose_nodemailer.mjs small|attachment COUNT
import MailComposer from 'nodemailer/lib/mail-composer/index.js';

const [what, countText] = process.argv.slice(2);
const count = Number(countText);
if (!['small', 'attachment'].includes(what) || !Number.isInteger(count) || count < 1) {
  console.error('usage: compose_nodemailer.mjs small|attachment COUNT');
  process.exit(2);
}

const sentence = 'Grüße aus Österreich, die Bestellung ist unterwegs und kommt bald an.\n';
const text = sentence.repeat(14); // about 1 KB
const html = `<html><body>${'<p>Die Bestellung ist <b>unterwegs</b> &amp; kommt für Sie bald an.</p>\n'.repeat(14)}</body></html>\n`; // about 1 KB
const file = Buffer.from(Uint8Array.from({ length: 100 * 1024 }, (_, index) => (index * 7 + (index >> 8)) & 255));

// Each message is its own, as in an application: recipient, id, subject and a line of the text.
function message(number) {
  const own = {
    from: 'Büro <shop@example.com>',
    to: `Empfänger ${number} <recipient${number}@example.org>`,
    messageId: `<${number}.peer@example.com>`,
    subject: `Ihre Bestellung ${number} ist unterwegs, schöne Grüße`,
    text: `Guten Tag, Empfänger ${number}!\n${text}`,
  };
  return what === 'small' ? { ...own, html } : { ...own, attachments: [{ filename: 'file.bin', contentType: 'application/octet-stream', content: file }] };
}

async function compose(from, to) {
  let octets = 0;
  for (let number = from; number < to; number++) octets += (await new MailComposer(message(number)).compile().build()).length;
  return octets;
}

await compose(0, Math.ceil(count / 5)); // warm: compiled, its tables made
const start = process.hrtime.bigint();
const startCpu = process.cpuUsage();
const octets = await compose(0, count);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const { user, system } = process.cpuUsage(startCpu);
console.log(
  JSON.stringify({
    peer: 'nodemailer',
    what,
    messages: count,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    perSecond: count / seconds,
    octetsEach: Math.round(octets / count),
  }),
);
