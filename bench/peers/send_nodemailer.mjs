// Sends composed messages with Nodemailer and prints one JSON line.
//
//   node send_nodemailer.mjs PORT CONNECTIONS MESSAGES WARM_UP SIZE kept|new none|starttls|implicit
//
// kept is its pool, as its documentation advises for many messages; new is a connection for each message. What it trusts comes from NODE_EXTRA_CA_CERTS.
import nodemailer from 'nodemailer';
import { messagesOfSize } from './messages.mjs';

const [port, connections, messages, warmUp, size] = process.argv.slice(2, 7).map(Number);
const [way, security] = process.argv.slice(7);
if (![port, connections, messages, size].every((number) => number > 0) || !(warmUp >= 0) || !['kept', 'new'].includes(way) || !['none', 'starttls', 'implicit'].includes(security)) {
  console.error('usage: send_nodemailer.mjs PORT CONNECTIONS MESSAGES WARM_UP SIZE kept|new none|starttls|implicit');
  process.exit(2);
}

// Its pool hands a message to a connection that is free: callers beyond the connections see to it that one is always waiting.
const callers = way === 'kept' ? connections * 2 : connections;
const message = messagesOfSize(size);
const transport = nodemailer.createTransport({
  host: 'localhost',
  port,
  secure: security === 'implicit',
  requireTLS: security === 'starttls',
  ignoreTLS: security === 'none',
  ...(way === 'kept' ? { pool: true, maxConnections: connections, maxMessages: Infinity } : {}),
});

async function send(first, count) {
  let next = first;
  let accepted = 0;
  async function call() {
    while (next < first + count) {
      const sent = await transport.sendMail(message(next++));
      accepted += sent.accepted.length;
    }
  }
  await Promise.all(Array.from({ length: callers }, call));
  return accepted;
}

let receipts = await send(0, warmUp);
const start = process.hrtime.bigint();
receipts += await send(warmUp, messages);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(JSON.stringify({ messages, seconds, perSecond: messages / seconds, receipts }));
transport.close();
