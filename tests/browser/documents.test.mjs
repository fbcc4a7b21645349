/** Files both ways: a picture with its preview, a text to download, a refused type with its reason, and after a restart. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';

import { Desk } from './desk.mjs';
import { inConversation } from './journeys.mjs';

/** A real PNG of one colour, drawn here so that no binary lies in the repository. */
export function picture(width = 320, height = 200, [r, g, b] = [31, 78, 216]) {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const crc = (bytes) => {
    let c = 0xffffffff;
    for (const byte of bytes) c = table[(c ^ byte) & 0xff] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  };
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(12 + data.length);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), 8 + data.length);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: width }, () => [r, g, b]).flat())]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const attaches = async (who, file) => {
  const [chooser] = await Promise.all([
    who.page.waitForEvent('filechooser'),
    who.page.getByRole('button', { name: 'Attach a file' }).click(),
  ]);
  await chooser.setFiles(file);
};

test('files travel both ways, with previews, and are there after a restart', async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);

  await attaches(visitor, { name: 'room plan.png', mimeType: 'image/png', buffer: picture() });
  await agent.log.getByRole('img', { name: /room plan\.png/ }).waitFor();
  await visitor.log.getByRole('img', { name: /room plan\.png/ }).waitFor();

  await attaches(agent, { name: 'conditions.txt', mimeType: 'text/plain', buffer: Buffer.from('Thirty days to return.\n') });
  await visitor.sees('conditions.txt');
  const [download] = await Promise.all([
    visitor.page.waitForEvent('download'),
    visitor.log.getByRole('link', { name: /conditions\.txt/ }).or(visitor.log.getByRole('button', { name: /conditions\.txt/ })).last().click(),
  ]);
  assert.equal(await readFile(await download.path(), 'utf8'), 'Thirty days to return.\n');
  assert.equal(download.suggestedFilename(), 'conditions.txt');

  await attaches(visitor, { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<!doctype html><script>alert(1)</script>') });
  await visitor.page.getByText(/type of file is not accepted/).waitFor();
  assert.equal(await agent.log.getByText('page.html').count(), 0);

  await desk.restart();
  await agent.page.reload();
  await agent.log.getByRole('img', { name: /room plan\.png/ }).waitFor();
  const documents = agent.page.getByRole('heading', { name: /Documents exchanged/ }).or(agent.page.getByText(/Documents exchanged/)).first();
  await documents.waitFor();
  await agent.page.getByText('conditions.txt').last().waitFor();
});
