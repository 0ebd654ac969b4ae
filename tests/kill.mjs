// kill.mjs - the server is killed (-9) at random moments while 200 files are made, and started again each time. At the end
// nothing acknowledged is lost, no number is doubled or skipped, no mail is doubled in the folder.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from './client.mjs';
import { freePort, start } from './instance.mjs';

const files = +(process.env.FILES ?? 200), pause = ms => new Promise(r => setTimeout(r, ms));
let seed = +(process.env.SEED ?? 20261123);
const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
let passed = 0, failed = 0;
const check = (ok, what) => { if (ok) passed++; else { failed++; console.log(`FAILED ${what}`); } };

const port = await freePort();
let instance = await start({ dossiers: 1, port }), kills = 0, over = false, up = Promise.resolve();
const folder = instance.folder;
async function killer() {
  while (!over) {
    await pause(300 + random() * 2500);
    if (over) break;
    let ready; up = new Promise(r => { ready = r; });
    instance.kill('SIGKILL'); kills++;
    await instance.gone;
    for (let n = 0; ; n++) try { instance = await start({ port, folder, reset: false }); break; } catch (e) { if (n > 5) { console.log(e.message); process.exit(1); } await pause(200); }
    ready();
  }
}

// Sends until somebody answers: what was cut is sent again with the same request_key.
async function surely(act) {
  for (let n = 0; n < 60; n++) {
    try { await act(); return; } catch (e) { if (!/fetch failed|terminated|ECONN|socket|other side/i.test(String(e.cause ?? e) + e)) throw e; }
    await pause(100); await up;
  }
  throw new Error('the server never answered');
}
const press = async (c, label) => { const { url, init } = c.prepare(label); await surely(() => c.request(url, init)); };

const acknowledged = [];
async function one(c, n) {
  await surely(() => c.get('/sessions/nouvelle'));
  for (const [k, v] of JSON.parse(readFileSync('tests/kill-session.json', 'utf8'))) c.fill(k, v);
  await press(c, 'Continuer');
  if (c.status >= 400) throw new Error(`session: ${c.status} ${c.text.slice(0, 400)}`);
  const reference = c.url.match(/S-2026-\d+/)[0];
  for (const [k, v] of JSON.parse(readFileSync('tests/kill-company.json', 'utf8').replaceAll('{n}', String(n).padStart(3, '0')))) c.fill(k, v);
  await press(c, 'Enregistrer');
  if (c.status >= 400) throw new Error(`company: ${c.status} ${c.text.slice(0, 400)}`);
  for (const act of ['fill_for_client', 'validate']) {
    await surely(() => c.get(`/sessions/${reference}`));
    const label = act === 'validate' ? 'Valider la session' : 'Tout est rempli';
    if (c.text.includes(label)) await press(c, label);
    if (c.status >= 400) throw new Error(`${act}: ${c.status} ${c.text.slice(0, 300)}`);
  }
  acknowledged.push(reference);
}

const killing = killer(), c = new Client(instance.base);
await surely(() => c.get('/demo/thomas'));
try { for (let n = 0; n < files; n++) await one(c, n); } catch (e) { failed++; console.log(`FAILED ${e.message}`); }
over = true; await killing; await up;
const db = join(folder, 'quitus.db'), ask = q => execFileSync('sqlite3', ['-cmd', '.timeout 5000', db, q], { encoding: 'utf8' }).trim();
for (let n = 0; n < 600 && +ask(`SELECT count(*) FROM job WHERE status IN ('waiting','leased') AND due_at <= (SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'demo.clock')`) + +ask(`SELECT count(*) FROM mail WHERE status IN ('queued','sending')`); n++) await pause(500);
process.kill(instance.child.pid, 'SIGTERM'); await instance.gone;

check(kills > 5, `only ${kills} kills`);
check(ask('PRAGMA integrity_check') === 'ok', 'integrity of the database');
const known = new Map(ask(`SELECT s.reference, t.state FROM session s JOIN standing t ON t.machine = 'session' AND t.thing_id = s.id`).split('\n').map(l => l.split('|')));
check(acknowledged.length === files, `${acknowledged.length} of ${files} files acknowledged`);
check(acknowledged.every(r => known.get(r) === 'session_validated'), `an acknowledged session is lost: ${acknowledged.filter(r => known.get(r) !== 'session_validated').slice(0, 5)}`);
for (const [table, like] of [['session', 'S-2026-'], ['dossier', '2026-']]) {
  const numbers = ask(`SELECT reference FROM ${table}`).split('\n').map(r => +r.slice(like.length)).sort((a, b) => a - b);
  check(new Set(numbers).size === numbers.length, `${table}: a number is doubled`);
  const made = numbers.slice(numbers.length - files);
  check(made.every((v, i) => i === 0 || v === made[i - 1] + 1), `${table}: a number is skipped`);
}
check(ask(`SELECT count(*) FROM dossier d WHERE NOT EXISTS (SELECT 1 FROM standing t WHERE t.machine = 'dossier' AND t.thing_id = d.id)`) === '0', 'a dossier without a life');
check(ask(`SELECT count(*) FROM (SELECT kind, dossier_id, participant_id, version FROM document WHERE is_received = 0 AND dossier_id IS NOT NULL GROUP BY 1,2,3,4 HAVING count(*) > 1)`) === '0', 'a paper is doubled');
check(+ask(`SELECT count(*) FROM document d JOIN dossier o ON o.id = d.dossier_id JOIN session s ON s.id = o.session_id WHERE d.kind = 'convention'`) >= files, 'a convention is missing');
const letters = readdirSync(join(folder, 'mails')).filter(f => f.endsWith('.eml')).map(f => readFileSync(join(folder, 'mails', f), 'utf8'));
const ids = letters.map(l => l.match(/^Message-ID: (.*)$/mi)[1]);
check(new Set(ids).size === ids.length, 'a mail is doubled in the folder');
check(ids.length === +ask(`SELECT count(*) FROM mail WHERE status = 'sent'`), 'the folder and the outbox differ');
check(ask(`SELECT count(*) FROM mail WHERE status <> 'sent'`) === '0', 'a mail was not sent');
check(letters.filter(l => /^Subject: .*convention/mi.test(l.replace(/\r\n[ \t]+/g, ' '))).length >= files * 0.9, 'mails of the conventions are missing');
rmSync(folder, { recursive: true, force: true });
console.log(`${kills} kills, ${files} files`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
