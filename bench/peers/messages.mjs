// The messages that are sent beside ours: of the same form and size as those of bench/Sendwright.Load/LoadTexts.cs, each with its own recipient,
// Message-ID, subject and text, none of it ASCII only.
const sentence = 'Ihre Bestellung ist unterwegs und kommt voraussichtlich übermorgen an; die Rechnung über 49,90 € liegt bei. ';
const largestText = 16 * 1024;
const textBesideFile = 2 * 1024;

function repeat(start, part, length) {
  let text = start;
  while (text.length < length) text += part(text);
  return text.slice(0, length);
}

// Returns a function that makes the message with a number, anew at each call.
export function messagesOfSize(size) {
  const texts = size <= largestText ? size : textBesideFile;
  const length = Math.floor(texts / 2);
  const text = repeat('', () => sentence + '\r\n', length);
  const html = repeat(
    '<!doctype html><html><body style="font-family: sans-serif">\r\n',
    (so) => `<p class="line">${sentence}<a href="https://shop.example.com/o?id=${so.length}">Zur Bestellung</a></p>\r\n`,
    length,
  );
  const fileSize = Math.floor((size - texts) / 4) * 3;
  const file = size > largestText ? Buffer.from(Uint8Array.from({ length: fileSize }, (_, index) => (index * 7 + (index >> 8)) & 255)) : null;
  return (number) => ({
    from: { name: 'Müller & Söhne', address: 'shop@example.com' },
    to: { name: `Jörg ${number}`, address: `joerg${number}@example.org` },
    messageId: `<${number}.${process.pid}@example.com>`,
    subject: `Ihre Bestellung für Jörg ${number}`,
    text: `Grüß Gott, Jörg ${number}!\r\n${text}`,
    html: `<p>Grüß Gott, Jörg ${number}!</p>\r\n${html}`,
    attachments: file === null ? [] : [{ filename: 'Rechnung.pdf', content: file }],
  });
}
