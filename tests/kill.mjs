// kill.mjs - the whole program is killed (-9, parent and workers) at random moments while 200 files are made, and started
// again each time. In the end nothing acknowledged is lost, no number is doubled or skipped, no paper and no mail is doubled.
// Then the same over SMTP: a mail of unknown fate is shown, and never sent twice by itself.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client.mjs';
import { freePort, start } from './instance.mjs';

const files = +(process.env.FILES ?? 200), smtpFiles = +(process.env.SMTP_FILES ?? 20);
const pause = ms => new Promise(r => setTimeout(r, ms));
let seed = +(process.env.SEED ?? 20261123);
const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
let passed = 0, failed = 0;
const check = (ok, what) => { if (ok) passed++; else { failed++; console.log(`FAILED ${what}`); } };

const SESSION = { place_kind: 'room', address: '12 rue de Marseille', postcode: '69007', city: 'Lyon', price: '700', fee: '450', date_1: '14/01/2027', am_1: '1', pm_1: '1' };
const company = n => ({
  siret: siret(n), name: `Salon ${n}`, address: '14 rue des Teinturiers', postcode: '69007', city: 'Lyon', contact_first_name: 'Claire', contact_last_name: `Roux ${n}`,
  email: `slow-${n}@salon.example`, idcc: '2596', funder_code: 'OPCO_EP', payment_choice: 'direct', p1_first_name: 'Paul', p1_last_name: `Petit ${n}`, p1_email: `paul-${n}@salon.example`,
});
// A SIREN and a SIRET that pass Luhn's test, other ones for each n.
function luhn(digits) {
  for (let last = 0; ; last++)
    if ([...digits + last].reverse().reduce((s, d, i) => s + (i % 2 ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][d] : +d), 0) % 10 === 0) return digits + last;
}
function siret(n) { return luhn(luhn(`7${String(n).padStart(7, '0')}`) + '0001'); }

// An instance that dies again and again, each time when `moment` says so.
class Mortal {
  constructor(extra, moment) { Object.assign(this, { extra, moment, kills: 0, over: false, up: Promise.resolve() }); }
  async begin() {
    this.port = await freePort();
    this.instance = await start({ dossiers: 1, port: this.port, extra: this.extra });
    this.folder = this.instance.folder;
    this.db = join(this.folder, 'quitus.db');
    this.killing = this.killer();
    return this;
  }
  async killer() {
    while (!this.over) {
      await this.moment();
      if (this.over) return;
      let ready;
      this.up = new Promise(r => { ready = r; });
      this.instance.kill('SIGKILL');
      this.kills++;
      await this.instance.gone;
      this.instance = await start({ port: this.port, folder: this.folder, reset: false, extra: this.extra });
      ready();
    }
  }
  ask(q) { return execFileSync('sqlite3', ['-cmd', '.timeout 5000', this.db, q], { encoding: 'utf8' }).trim(); }
  async settled(what, most = 300) {
    for (let n = 0; n < most; n++) { if (+this.ask(what) === 0) return; await pause(200); }
  }
  // What is left to do is done under fire for a while; then in peace, an hour later: what died workers held is free again.
  async end(c) {
    await pause(2000);
    await this.settled(`SELECT count(*) FROM mail WHERE status = 'queued'`, 50);
    this.over = true;
    await this.killing;
    await surely(this, () => c.get('/demo'));
    c.fill('jour', '23/11/2026'); c.fill('heure', '11:00');
    const { url, init } = c.prepare('Avancer');
    await surely(this, () => c.request(url, init));
    await this.settled(`SELECT count(*) FROM job WHERE status IN ('waiting', 'leased') AND due_at <= (SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'demo.clock')`);
    await this.settled(`SELECT count(*) FROM mail WHERE status IN ('queued', 'sending')`);
  }
  async stop() {
    process.kill(this.instance.child.pid, 'SIGTERM');
    await this.instance.gone;
  }
}

// Sends until somebody answers: what was cut is sent again with the same request_key.
async function surely(mortal, act) {
  for (let n = 0; n < 200; n++) {
    try { await act(); return; } catch (e) { if (!/fetch failed|terminated|ECONN|socket|other side/i.test(String(e.cause ?? e) + e)) throw e; }
    await pause(50);
    await mortal.up;
  }
  throw new Error('the server never answered');
}

async function press(mortal, c, label) {
  const { url, init } = c.prepare(label);
  await surely(mortal, () => c.request(url, init));
  if (c.status >= 400) throw new Error(`${label}: ${c.status} on ${c.url}: ${c.text.slice(300, 900)}`);
}

// One file: the session, its company, the two acts. Returns the reference of a session whose validation was acknowledged.
async function one(mortal, c, n) {
  await surely(mortal, () => c.get('/sessions/nouvelle'));
  const { fields } = c.find('Créer la session').form;
  for (const name of ['course', 'trainer']) c.fill(name, fields.find(f => f.name === name).options.find(o => o.value).value);
  for (const [k, v] of Object.entries(SESSION)) c.fill(k, v);
  await press(mortal, c, 'Créer la session');
  const reference = c.url.match(/S-2026-\d+/)[0];
  await surely(mortal, () => c.get(`/sessions/${reference}/entreprise`));
  for (const [k, v] of Object.entries(company(n))) c.fill(k, v);
  await press(mortal, c, "Ajouter l'entreprise");
  for (const label of ['Tout est rempli', 'Valider la session']) {
    await surely(mortal, () => c.get(`/sessions/${reference}`));
    const page = c.link(label);
    await surely(mortal, () => c.get(page));
    await press(mortal, c, label);
  }
  return reference;
}

async function make(mortal, count) {
  const c = new Client(mortal.instance.base), acknowledged = [];
  await surely(mortal, () => c.get('/demo/thomas'));
  try { for (let n = 0; n < count; n++) acknowledged.push(await one(mortal, c, n)); } catch (e) { check(false, `${acknowledged.length} files, then: ${e.stack}`); }
  await mortal.end(c);
  return { c, acknowledged };
}

function checkStore(mortal, acknowledged, count) {
  const ask = q => mortal.ask(q);
  check(ask('PRAGMA integrity_check') === 'ok', 'integrity of the database');
  check(ask('PRAGMA foreign_key_check') === '', 'a reference to nothing');
  const known = new Map(ask(`SELECT s.reference, t.state FROM session s JOIN standing t ON t.machine = 'session' AND t.thing_id = s.id`).split('\n').map(l => l.split('|')));
  const lost = acknowledged.filter(r => known.get(r) !== 'session_validated');
  check(acknowledged.length === count && new Set(acknowledged).size === count, `${acknowledged.length} of ${count} files acknowledged`);
  check(lost.length === 0, `an acknowledged session is lost: ${lost.slice(0, 5).map(r => `${r} ${known.get(r)}`)}`);
  for (const [table, like] of [['session', 'S-2026-'], ['dossier', '2026-']]) {
    const numbers = ask(`SELECT reference FROM ${table} ORDER BY id DESC LIMIT ${count}`).split('\n').map(r => +r.slice(like.length)).reverse();
    check(numbers.every((v, i) => i === 0 || v === numbers[i - 1] + 1), `${table}: a number is doubled or skipped: ${numbers}`);
    check(+ask(`SELECT count(*) - count(DISTINCT reference) FROM ${table}`) === 0, `${table}: a number is doubled`);
  }
  check(ask(`SELECT count(*) FROM session WHERE id NOT IN (SELECT session_id FROM dossier)`) === '0', 'a session was made twice');
  check(ask(`SELECT count(*) FROM dossier d WHERE NOT EXISTS (SELECT 1 FROM standing t WHERE t.machine = 'dossier' AND t.thing_id = d.id)`) === '0', 'a dossier without a life');
  check(ask(`SELECT count(*) FROM job WHERE status = 'failed'`) === '0', 'a job failed: ' + ask(`SELECT kind, what, error FROM job WHERE status = 'failed' LIMIT 3`));
  check(ask(`SELECT count(*) FROM (SELECT kind, dossier_id, participant_id, version FROM document WHERE is_received = 0 AND dossier_id IS NOT NULL GROUP BY 1, 2, 3, 4 HAVING count(*) > 1)`) === '0', 'a paper is doubled');
  const made = `dossier_id IN (SELECT id FROM dossier ORDER BY id DESC LIMIT ${count})`;
  for (const kind of ['convention', 'devis', 'programme'])
    check(+ask(`SELECT count(*) FROM document WHERE kind = '${kind}' AND ${made}`) === count, `${kind}: ${ask(`SELECT count(*) FROM document WHERE kind = '${kind}' AND ${made}`)} of ${count}`);
  check(ask(`SELECT count(*) FROM (SELECT machine, thing_id, event FROM journal WHERE event IN ('validate', 'fill_for_client') GROUP BY 1, 2, 3 HAVING count(*) > 1)`) === '0', 'an act is doubled');
}

const header = (letter, name) => letter.replace(/\r?\n[ \t]+/g, ' ').match(new RegExp(`^${name}: (.*?)\\r?$`, 'mi'))?.[1];
const lettersOf = folder => readdirSync(folder).filter(f => f.endsWith('.eml')).map(f => readFileSync(join(folder, f), 'utf8'));

async function throughFolder() {
  const mortal = await new Mortal([], () => pause(50 + random() * 1100)).begin(), { acknowledged } = await make(mortal, files);
  await mortal.stop();
  check(mortal.kills > files / 20, `only ${mortal.kills} kills`);
  checkStore(mortal, acknowledged, files);
  const letters = lettersOf(join(mortal.folder, 'mails')), ids = letters.map(l => header(l, 'Message-ID'));
  check(new Set(ids).size === ids.length, 'a mail is doubled in the folder');
  check(ids.length === +mortal.ask(`SELECT count(*) FROM mail WHERE status = 'sent'`), 'the folder and the outbox differ');
  check(mortal.ask(`SELECT count(*) FROM mail WHERE status <> 'sent'`) === '0', 'a mail was not sent');
  const to = new Map();
  for (const l of letters) { const at = header(l, 'To').match(/slow-\d+@/)?.[0]; if (at) to.set(at, (to.get(at) ?? 0) + 1); }
  check(to.size === files && [...to.values()].every(n => n === 1), `${to.size} of ${files} companies have their one mail`);
  rmSync(mortal.folder, { recursive: true, force: true });
  console.log(`mails to a folder: ${mortal.kills} kills, ${files} files, ${ids.length} mails`);
}

async function throughSmtp() {
  const box = mkdtempSync(join(tmpdir(), 'quitus-smtp-')), server = spawn('/usr/bin/python3', ['tests/smtp/server.py', box], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise(r => server.stdout.once('data', d => r(String(d).trim())));
  // Half of the kills fall while the server holds a letter that it has not yet acknowledged.
  const count = () => readdirSync(box).filter(f => f.includes('slow-')).length;
  const moment = async () => {
    await pause(100 + random() * 500);
    const before = count();
    if (random() < 0.5) for (let n = 0; n < 100 && count() === before; n++) await pause(5);
  };
  const mortal = await new Mortal(['--mail', `smtp://127.0.0.1:${port}`], moment).begin(), { c, acknowledged } = await make(mortal, smtpFiles);
  await c.get('/demo/thomas');
  await c.get('/g/mails');
  const shown = c.text;
  await mortal.stop();
  checkStore(mortal, acknowledged, smtpFiles);
  const received = lettersOf(box).map(l => header(l, 'Message-ID')), of = status => mortal.ask(`SELECT message_ref FROM mail WHERE status = '${status}'`).split('\n').filter(Boolean);
  const sent = of('sent'), unknown = of('unknown');
  check(new Set(received).size === received.length, 'a mail went out twice');
  check(sent.every(id => received.includes(id)), 'a mail called sent never arrived');
  check(received.every(id => sent.includes(id) || unknown.includes(id)), 'a mail that arrived is neither sent nor unknown');
  check(+mortal.ask('SELECT count(*) FROM mail') === sent.length + unknown.length, 'a mail waits');
  check(unknown.length > 0, 'no kill fell into a talk with the mail server: the test shows nothing');
  const hidden = mortal.ask(`SELECT subject FROM mail WHERE status = 'unknown'`).split('\n').filter(s => s && !shown.includes(s.replace(/[\u00a0\u202f]/g, ' ').replace(/’/g, "'")));
  check(hidden.length === 0, `a mail of unknown fate is not shown to staff: ${hidden[0]}`);
  server.stdin.end();
  rmSync(mortal.folder, { recursive: true, force: true });
  rmSync(box, { recursive: true, force: true });
  console.log(`mails by SMTP: ${mortal.kills} kills, ${smtpFiles} files, ${received.length} received, ${unknown.length} of unknown fate`);
}

const began = Date.now();
await throughFolder();
await throughSmtp();
console.log(`${Math.round((Date.now() - began) / 1000)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
