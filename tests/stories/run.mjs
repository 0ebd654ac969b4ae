// run.mjs - runs tests/stories/*.story against the real program (frozen demo clock, a real database, real mails as .eml).
// One act or one look a line:
//   as WHO                      opens WHO's link of the demo (nadia, camille, thomas, sophie, ...), a browser each
//   stranger WHO                somebody without a demo link: comes by a mailed one
//   go PATH                     opens an address; {NAME} is what was remembered
//   fill FIELD = VALUE          types into the form that is pressed next (several lines); fill FIELD = @NAME.pdf  a file
//   every PREFIX = VALUE        the same into every field whose name begins so
//   press "BUTTON"              sends the form that holds it        follow "LINK"
//   act "BUTTON"                presses it, by way of the act's own page when the page only links there
//   twice "BUTTON"              a double click: the same form sent twice at once, both answered well
//   prepare "BUTTON" as KEY     keeps what pressing would send; `send KEY` sends it later (two people at once)
//   see "TEXT"   not "TEXT"     what the page says; await "TEXT" looks again until it says so     status 404
//   times "TEXT" 1   how often the page says it
//   remember NAME = /REGEX/     on the page (first group)
//   clock 2026-12-14 10:00      moves the demo clock forward, jobs fire on the way
//   mail to ADDRESS "SUBJECT"   a mail of that subject was written; `no mail to ...`; `mails to ADDRESS "SUBJECT" 2`
//   open mail to ADDRESS "SUBJECT"   follows its first personal link
//   letter to ADDRESS "SUBJECT" says "TEXT"   what is written in that mail
//   document "LINK" contains "TEXT"  a PDF behind a link of the page
//   tell PART NAME=VALUE ...   the lines of parts/PART.part, with {NAME} replaced
//   totp SECRET 2026-11-23 09:00   types the code of the application of that time (Paris, winter) into the field `totp`
//   code to ADDRESS "SUBJECT"   types the six digits of that mail's subject into the field `code`
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client, plain, textOf } from '../client.mjs';
import { start } from '../instance.mjs';

// --browser=390: the same story by clicks in Chromium (browser.mjs), with axe on every page.
const width = +(process.argv.find(a => a.startsWith('--browser='))?.slice(10) ?? 0), pictures = process.argv.find(a => a.startsWith('--pictures='))?.slice(11);
const browser = width ? await import('../browser.mjs') : null, faults = new Set();

const pause = ms => new Promise(r => setTimeout(r, ms));
const word = s => { const m = s.match(/^\s*"((?:[^"\\]|\\.)*)"\s*(.*)$/); if (!m) throw new Error(`not understood: ${s}`); return [m[1].replace(/\\"/g, '"'), m[2]]; };

function unfold(eml) {
  const [head, ...rest] = eml.replace(/\r\n/g, '\n').split('\n\n');
  const headers = head.replace(/\n[ \t]+/g, ' ');
  const word = s => s.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, k, t) => k.toLowerCase() === 'b'
    ? Buffer.from(t, 'base64').toString() : Buffer.from(t.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/gi, (_x, h) => String.fromCharCode(parseInt(h, 16))), 'latin1').toString());
  const header = name => plain(word((headers.match(new RegExp(`^${name}: (.*)$`, 'mi')) ?? ['', ''])[1]));
  const body = rest.join('\n\n').replace(/=\n/g, '').replace(/=([0-9A-F]{2})/gi, (_x, h) => String.fromCharCode(parseInt(h, 16)));
  return { to: header('To').toLowerCase(), subject: header('Subject'), body: Buffer.from(body, 'latin1').toString('utf8') };
}

// The six digits an application of codes shows at that time (RFC 6238).
function totp(secret, at) {
  const bits = [...secret].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2))), count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const mac = createHmac('sha1', key).update(count).digest(), from = mac[19] & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1e6).padStart(6, '0');
}

// A received paper of that name: a small PDF, or bytes that are no paper at all.
function paper(name) {
  const file = join(mkdtempSync(join(tmpdir(), 'story-')), name);
  writeFileSync(file, name.endsWith('.pdf') ? `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n% ${name}\ntrailer<</Root 1 0 R>>\n%%EOF\n` : 'not a paper');
  return file;
}

class Story {
  constructor(instance) { this.instance = instance; this.people = new Map(); this.me = null; this.kept = {}; this.ready = new Map(); this.strangers = new Set(); this.codes = new Set(); }
  // What a failure shows of the page: its middle, without the frame.
  shown() { return textOf(this.me.html.match(/<main[\s\S]*<\/main>/)?.[0] ?? this.me.html).slice(0, 2500); }
  expand(s) { return s.replace(/\{(\w+)\}/g, (all, k) => this.kept[k] ?? all); }
  letters(address, subject) { return this.instance.mails().map(unfold).filter(m => m.to.includes(address.toLowerCase()) && m.subject.includes(plain(subject))); }
  // Jobs run beside the server: what they bring is awaited a while.
  async until(look, what) {
    for (let i = 0; i < 150; i++) { if (await look()) return; await pause(200); }
    throw new Error(what());
  }
  async letter(rest) {
    const [, address, tail] = rest.match(/^(?:to\s+)?(\S+)\s*(.*)$/), [subject] = word(tail);
    await this.until(() => this.letters(address, subject).length, () => `no mail to ${address} "${subject}"; there are: ${this.instance.mails().map(unfold).filter(m => m.to.includes(address)).map(m => m.subject).join(' | ')}`);
    return this.letters(address, subject).at(-1);
  }
  async document(rest) {
    const [label, tail] = word(rest), [wanted] = word(tail.replace(/^contains/, ''));
    let text = '';
    await this.until(async () => {
      try {
        const file = join(mkdtempSync(join(tmpdir(), 'story-')), 'a.pdf'), here = this.me.url;
        await this.me.get(here); await this.me.follow(label);
        writeFileSync(file, this.me.bytes); await this.me.get(here);
        text = plain(execFileSync('pdftotext', ['-layout', file, '-'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
        return text.includes(plain(wanted));
      } catch { return false; }
    }, () => `document "${label}" does not contain "${wanted}": ${text.slice(0, 800)}`);
  }
  person() { return browser ? new browser.BrowserClient(this.instance.base, width, faults, pictures) : new Client(this.instance.base); }
  verbs = {
    as: async who => { this.me = this.people.get(who) ?? this.person(); if (!this.strangers.has(who)) await this.me.get(`/demo/${who}`); this.people.set(who, this.me); },
    stranger: async who => { this.strangers.add(who); this.me = this.person(); await this.me.get('/'); this.people.set(who, this.me); },
    go: async path => { await this.me.get(path); },
    fill: async rest => { const m = rest.match(/^(\S+)\s*=\s?(.*)$/); this.me.fill(m[1], m[2].startsWith('@') ? { file: paper(m[2].slice(1)) } : m[2]); },
    every: async rest => { const m = rest.match(/^(\S+)\s*=\s?(.*)$/), names = [...new Set([...this.me.html.matchAll(/\bname="([^"]+)"/g)].map(x => x[1]))].filter(n => n.startsWith(m[1])); if (!names.length) throw new Error(`no field begins with ${m[1]}`); for (const n of names) this.me.fill(n, m[2]); },
    press: async rest => { await this.me.press(word(rest)[0]); },
    act: async rest => { const [label] = word(rest); try { this.me.find(label); } catch { await this.me.follow(label); } await this.me.press(label); },
    follow: async rest => { await this.me.follow(word(rest)[0]); },
    twice: async rest => { const { url, init } = this.me.prepare(word(rest)[0]); const other = new Client(this.instance.base); other.jar = new Map(this.me.jar); other.url = this.me.url; await Promise.all([this.me.request(url, init), other.request(url, init)]); for (const c of [this.me, other]) if (c.status >= 400) throw new Error(`one of the two clicks got ${c.status} on ${c.url}: ${c.text.slice(0, 800)}`); },
    prepare: async rest => { const [label, tail] = word(rest); this.ready.set(tail.replace(/^as\s+/, ''), [this.me, this.me.prepare(label)]); },
    send: async key => { const [who, { url, init }] = this.ready.get(key); await who.request(url, init); this.me = who; },
    see: async rest => { const [t] = word(rest); if (!this.me.text.includes(plain(t))) throw new Error(`"${t}" is not on ${this.me.url} (${this.me.status}): ${this.shown()}`); },
    times: async rest => { const [t, n] = word(rest), got = this.me.text.split(plain(t)).length - 1; if (got !== +n) throw new Error(`"${t}" is ${got} times on ${this.me.url} instead of ${n}: ${this.me.text.slice(0, 2500)}`); },
    await: async rest => { const [t] = word(rest); const here = this.me.url; await this.until(async () => { if (this.me.text.includes(plain(t))) return true; await this.me.get(here); return this.me.text.includes(plain(t)); }, () => `"${t}" never came on ${here}: ${this.shown()}`); },
    not: async rest => { const [t] = word(rest); if (this.me.text.includes(plain(t))) throw new Error(`"${t}" is on ${this.me.url}`); },
    status: async n => { if (this.me.status !== +n) throw new Error(`status ${this.me.status} instead of ${n} on ${this.me.url}: ${this.shown()}`); },
    remember: async rest => { const m = rest.match(/^(\w+)\s*=\s*\/(.*)\/$/), found = `${this.me.url} ${this.me.text} ${this.me.html}`.match(new RegExp(m[2])); if (!found) throw new Error(`/${m[2]}/ is not on ${this.me.url}: ${this.shown()}`); this.kept[m[1]] = found[1]; },
    clock: async rest => { const [day, hour = '09:00'] = rest.split(/\s+/), c = new Client(this.instance.base); await c.get('/demo'); c.fill('jour', day.split('-').reverse().join('/')); c.fill('heure', hour); await c.press('Avancer'); if (c.status >= 400) throw new Error(`clock: ${c.status} ${c.text.slice(0, 300)}`); },
    mail: async rest => { await this.letter(rest); },
    letter: async rest => { const [, address, tail] = rest.match(/^to (\S+)\s*(.*)$/), [subject, more] = word(tail), [wanted] = word(more.replace(/^says/, '')), m = await this.letter(`to ${address} "${subject}"`); if (!plain(m.body).includes(plain(wanted))) throw new Error(`the mail "${m.subject}" does not say "${wanted}": ${plain(m.body).slice(0, 1500)}`); },
    no: async rest => { const [, address, tail] = rest.match(/^mail to (\S+)\s*(.*)$/), [subject] = word(tail); await pause(1500); if (this.letters(address, subject).length) throw new Error(`a mail to ${address} "${subject}" was written`); },
    mails: async rest => { const [, address, tail] = rest.match(/^to (\S+)\s*(.*)$/), [subject, n] = word(tail); await this.letter(`to ${address} "${subject}"`); await pause(800); const got = this.letters(address, subject).length; if (got !== +n) throw new Error(`${got} mails to ${address} "${subject}" instead of ${n}`); },
    open: async rest => { const m = await this.letter(rest.replace(/^mail\s+/, '')); const link = m.body.match(/https?:\/\/[^\s"<>)]+\/l\/[\w-]+/); if (!link) throw new Error(`no link in "${m.subject}"`); await this.me.get(new URL(link[0]).pathname); },
    // A code serves once: one that was used before is not the one that is awaited.
    code: async rest => { const [, address, tail] = rest.match(/^(?:to\s+)?(\S+)\s*(.*)$/), [subject] = word(tail), fresh = () => this.letters(address, subject).map(m => m.subject.match(/(\d{3}\s?\d{3})/)[1].replace(/\s/g, '')).filter(c => !this.codes.has(c)); await this.until(() => fresh().length, () => `no new code to ${address}`); const code = fresh().at(-1); this.codes.add(code); this.me.fill('code', code); },
    totp: async rest => { const [secret, day, hour] = rest.split(/\s+/); this.me.fill('totp', totp(secret, new Date(`${day}T${hour}:00+01:00`))); },
    document: async rest => { await this.document(rest); },
  };
}

// A story's lines, with those of its parts, each with the place it came from.
function linesOf(file, values = {}) {
  return readFileSync(file, 'utf8').split('\n').flatMap((raw, i) => {
    const line = raw.replace(/\{(\w+)\}/g, (all, k) => values[k] ?? all).trim(), part = line.match(/^tell (\S+)\s*(.*)$/);
    if (!part) return [{ line, place: `${basename(file)}:${i + 1}` }];
    const given = Object.fromEntries([...part[2].matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)].map(m => [m[1], m[2] ?? m[3]]));
    return linesOf(join(new URL('.', import.meta.url).pathname, 'parts', part[1] + '.part'), given);
  });
}

// A database of its own for each story on PostgreSQL.
function freshDatabase(db, file) {
  const name = `story_${process.pid}_${basename(file).replace(/\W/g, '_')}`;
  execFileSync('psql', ['-q', db, '-c', `CREATE DATABASE ${name}`]);
  const url = new URL(db); url.pathname = `/${name}`;
  return url.href;
}

async function tell(file, server) {
  const db = server && freshDatabase(server, file);
  const lines = linesOf(file), instance = await start({ db }), story = new Story(instance);
  let at = 0;
  try {
    for (; at < lines.length; at++) {
      const line = story.expand(lines[at].line);
      if (!line || line.startsWith('#')) continue;
      const [, verb, rest] = line.match(/^(\w+)\s*(.*)$/), act = story.verbs[verb];
      if (!act) throw new Error(`unknown word "${verb}"`);
      await act(rest);
      if (story.me?.status >= 500) throw new Error(`status ${story.me.status} on ${story.me.url}`);
    }
    const bad = instance.log().match(/AddressSanitizer[^\n]*|runtime error[^\n]*|status=500[^\n]*/);
    if (bad) throw new Error(`the server's log says: ${bad[0]}`);
    return true;
  } catch (e) {
    console.log(`FAILED ${basename(file)} at ${lines[at]?.place}: ${lines[at]?.line}\n  ${e.message}`);
    if (process.env.VERBOSE) console.log(instance.log().slice(-3000));
    return false;
  } finally { await instance.stop(); }
}

const here = new URL('.', import.meta.url).pathname, wanted = process.argv.slice(2).filter(a => !a.startsWith('--'));
const db = process.argv.find(a => a.startsWith('--db='))?.slice(5);
let files = readdirSync(here).filter(f => f.endsWith('.story')).sort();
if (wanted.length) files = files.filter(f => wanted.some(w => f.includes(w)));
let passed = 0, failed = 0, next = 0;
await Promise.all([0, 1].map(async () => {
  while (next < files.length) {
    const f = files[next++];
    if (await tell(join(here, f), db)) { passed++; console.log(`ok ${f}`); } else failed++;
  }
}));
await browser?.close();
for (const f of faults) console.log(`FAILED ${f}`);
if (width && !faults.size) passed++;
failed += faults.size;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
