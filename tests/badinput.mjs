// badinput.mjs - what nobody should send, to the real program: broken bodies, foreign forms, other people's files, acts out of
// order, a database that is locked or gone. Every answer is a page in French with a number that the log knows; nothing leaks.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Client, decode } from './client.mjs';
import { start } from './instance.mjs';

let passed = 0, failed = 0, skipped = 0;
const check = (ok, what) => { if (ok) passed++; else { failed++; console.log(`FAILED ${what}`); } };
const pause = ms => new Promise(r => setTimeout(r, ms));
const instance = await start({ dossiers: 30, extra: ['--workers', '2'] });
const { base, port } = instance, db = join(instance.folder, 'quitus.db');
const ask = q => execFileSync('sqlite3', ['-cmd', '.timeout 5000', db, q], { encoding: 'utf8' }).trim();
const routes = [...readFileSync('src/app/routes.def', 'utf8').matchAll(/^ROUTE\((GET|POST),\s*"([^"]+)",\s*([^,]+),\s*(\w+)\)/gm)]
  .map(([, method, path, roles]) => ({ method, path, roles }));
const groups = { EVERYBODY: ['STAFF', 'ADVISER', 'TRAINER', 'COMPANY', 'PARTICIPANT', 'AUDITOR'], MEMBERS: ['STAFF', 'TRAINER', 'COMPANY'] };
const rolesOf = r => r.roles.split('|').flatMap(w => groups[w.trim()] ?? [w.trim().replace('ROLE_', '')]);

// ---- whoever comes, and what he gets ----
const people = { camille: 'COMPANY', nadia: 'TRAINER', thomas: 'STAFF', lea: 'PARTICIPANT', controle: 'AUDITOR', conseil: 'ADVISER' };
const numbers = new Set();
class Visitor extends Client {
  // One answer, no redirect followed.
  async once(path, init = {}) {
    const cookie = [...this.jar].map(([k, v]) => `${k}=${v}`).join('; ');
    const answer = await fetch(new URL(path, this.base), { ...init, redirect: 'manual', headers: { cookie, ...init.headers } });
    for (const line of answer.headers.getSetCookie?.() ?? []) { const [pair] = line.split(';'), at = pair.indexOf('='); if (!/max-age=0/i.test(line)) this.jar.set(pair.slice(0, at), pair.slice(at + 1)); }
    return { status: answer.status, where: answer.headers.get('location') ?? '', text: await answer.text(), path };
  }
  async enter(who) { await this.once(`/demo/${who}`); await this.learn(); return this; }
  async learn() {
    for (const path of ['/moi', '/connexion']) {
      const found = (await this.once(path)).text.match(/name="csrf"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="csrf"/);
      if (found) { this.csrf = decode(found[1] ?? found[2]); return; }
    }
    throw new Error('no form has a csrf');
  }
  post(path, fields, csrf = this.csrf) {
    const pairs = [...(csrf === null ? [] : [['csrf', csrf]]), ...Object.entries(fields)];
    const body = pairs.map(([k, v]) => `${encodeURIComponent(k)}=${typeof v === 'string' ? encodeURIComponent(v.toWellFormed?.() ?? v) : v.raw}`).join('&');
    return this.once(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  }
}
// A page of error: French, with a number (a form shown again with what is wrong needs none), and no inside of the program.
function page(answer, what) {
  const number = answer.text.match(/\b[0-9A-Z]{4}-[0-9A-Z]{2}\b/)?.[0];
  if (number) numbers.add(number);
  const words = /<html lang="fr"/.test(answer.text) && (number || [409, 410, 422].includes(answer.status)) && !/SQL|sqlite|PostgreSQL|ASan|Sanitizer|\.c:\d/.test(answer.text);
  check(words, `${what}: ${answer.status} is no French page with a number: ${answer.text.slice(0, 120)}`);
}
const fine = (answer, what) => { check(answer.status < 500 && answer.status >= 200, `${what}: ${answer.status} ${answer.text.slice(0, 200)}`); if (answer.status >= 400) page(answer, what); };
async function logged() {
  for (let n = 0; n < 50 && [...numbers].some(x => !instance.log().includes(`number=${x}`)); n++) await pause(100);
  for (const x of numbers) check(instance.log().includes(`number=${x}`), `the log does not know ${x}`);
  numbers.clear();
}

// ---- whose things ----
const hero = ask(`SELECT value FROM setting WHERE name = 'demo.hero'`);
const one = q => ask(q).split('\n')[0];
const own = {
  dossier: one(`SELECT reference FROM dossier WHERE id = ${hero}`), dossierId: hero,
  session: one(`SELECT s.reference FROM session s JOIN dossier d ON d.session_id = s.id WHERE d.id = ${hero}`),
  sessionId: one(`SELECT session_id FROM dossier WHERE id = ${hero}`), company: one(`SELECT company_id FROM dossier WHERE id = ${hero}`),
};
const nadia = one(`SELECT trainer_id FROM session WHERE id = ${own.sessionId}`);
const audited = one(`SELECT dossier_id FROM audit ORDER BY id LIMIT 1`) || '0';
const otherId = one(`SELECT d.id FROM dossier d JOIN session s ON s.id = d.session_id WHERE d.company_id <> ${own.company} AND s.trainer_id <> ${nadia} AND d.id <> ${audited}
  ORDER BY EXISTS (SELECT 1 FROM invoice i WHERE i.dossier_id = d.id AND i.number > 0) DESC, EXISTS (SELECT 1 FROM document x WHERE x.dossier_id = d.id) DESC LIMIT 1`);
const otherSession = one(`SELECT session_id FROM dossier WHERE id = ${otherId}`);
const other = {
  dossier: one(`SELECT reference FROM dossier WHERE id = ${otherId}`), dossierId: otherId, sessionId: otherSession,
  session: one(`SELECT reference FROM session WHERE id = ${otherSession}`), company: one(`SELECT company_id FROM dossier WHERE id = ${otherId}`),
  name: one(`SELECT c.name FROM company c JOIN dossier d ON d.company_id = c.id WHERE d.id = ${otherId}`),
};
const slot = one(`SELECT id FROM slot WHERE dossier_id = ${otherId}`) || '999999';
const half = one(`SELECT id FROM half_day WHERE session_id = ${otherSession}`) || '1';
const invoice = one(`SELECT id FROM invoice WHERE dossier_id = ${otherId}`) || '999999';
const papers = ask(`SELECT id FROM document WHERE dossier_id = ${otherId} OR session_id = ${otherSession}`).split('\n').filter(Boolean);
const foreignCourse = one(`SELECT id FROM course WHERE trainer_id IS NOT NULL AND trainer_id <> ${nadia}`) || '999999';
const value = (path, name, thing) => ({
  reference: path.startsWith('/sessions') ? thing.session : thing.dossier, company: thing.company, slot, half, invoice, trainer: '2', account: one('SELECT max(id) FROM account'),
  course: foreignCourse, payment: '1', batch: '1', payout: '1', audit: '1', mail: '1', token: 'x'.repeat(43), who: 'camille', document: papers[0] ?? '999999',
  machine: 'dossier', thing: thing.dossierId, event: 'cancelled', page: 'rien',
})[name] ?? '1';
const fill = (path, thing) => path.replace(/:(\w+)/g, (_, name) => value(path, name, thing));

// ---- others' files ----
async function others() {
  for (const [who, role] of [['camille', 'COMPANY'], ['lea', 'PARTICIPANT'], ['controle', 'AUDITOR'], ['nadia', 'TRAINER']]) {
    const v = await new Visitor(base).enter(who);
    const deny = async (method, path) => {
      const what = `${who} ${method} ${path}`, answer = method === 'GET' ? await v.once(path) : await v.post(path, { reason: 'x', request_key: 'k' + Math.random() });
      check(answer.status === 404, `${what}: ${answer.status} ${answer.where}`);
      check(!answer.text.includes(other.name) && !answer.text.includes(other.dossier), `${what}: tells another's data`);
      if (answer.status >= 400) page(answer, what);
    };
    for (const r of routes) {
      const mine = rolesOf(r).includes(role);
      if (rolesOf(r).includes('ANYBODY') || (mine && !/:/.test(r.path)) || (mine && /:(course)/.test(r.path) && foreignCourse === '999999')) continue;
      await deny(r.method, fill(r.path, other));
    }
    for (const paper of papers.slice(0, 8)) await deny('GET', `/documents/${paper}`);
    for (const [machine, id, event] of [['dossier', other.dossierId, 'agreement_signed'], ['dossier', other.dossierId, 'request_sent'], ['session', other.sessionId, 'validate'],
      ['session', other.sessionId, 'declare_end'], ['slot', slot, 'trainee_signs'], ['invoice', invoice, 'pay'], ['payout', '1', 'trainer_invoice_ok'], ['trainer', '2', 'suspend'], ['audit', '1', 'demanded'], ['rien', '1', 'rien']])
      for (const method of ['GET', 'POST']) await deny(method, `/acte/${machine}/${id}/${event}`);
  }
  const nobody = new Visitor(base);
  await nobody.learn();
  for (const r of routes.filter(x => !rolesOf(x).includes('ANYBODY'))) {
    const path = fill(r.path, other), answer = r.method === 'GET' ? await nobody.once(path) : await nobody.post(path, {});
    check(r.method === 'GET' ? answer.status === 303 && answer.where.includes('/connexion') : [403, 404].includes(answer.status), `nobody ${r.method} ${path}: ${answer.status} ${answer.where}`);
    check(!answer.text.includes(other.name), `nobody ${path}: tells another's data`);
  }
  await logged();
}

// ---- every form, badly filled ----
const blns = join(process.env.QUITUS_SHARED ?? '../shared', 'judges/data/security/blns/blns.json');
let naughty = [];
if (existsSync(blns)) { const all = JSON.parse(readFileSync(blns, 'utf8')); for (let i = 0; i < 60; i++) naughty.push(all[Math.floor(i * all.length / 60)]); }
else { skipped++; console.log(`SKIPPED naughty strings: ${blns} is absent`); }
const leave = new Set(['/deconnexion', '/moi/deconnecter-partout', '/demo/avancer', '/g/equipe/:account/desactiver']);
const generic = ['reason', 'request_key', 'email', 'nom', 'prenom', 'jour', 'montant', 'choix', 'statut', 'siret', 'iban'];
const who = r => Object.keys(people).find(p => rolesOf(r).includes(people[p])) ?? 'nobody';
async function forms() {
  let turn = 0;
  for (const r of routes.filter(x => x.method === 'POST' && !leave.has(x.path))) {
    const v = new Visitor(base);
    if (who(r) === 'nobody') await v.learn(); else await v.enter(who(r));
    const path = fill(r.path, who(r) === 'thomas' ? other : own);
    const shown = routes.some(x => x.method === 'GET' && x.path === r.path) ? (await v.once(path)).text : '';
    const names = [...new Set([...[...shown.matchAll(/<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"/g)].map(m => decode(m[1])), ...(shown ? [] : generic)])].filter(n => n !== 'csrf');
    const send = async (what, fields) => fine(await v.post(path, fields), `${what} ${path}`);
    const all = x => Object.fromEntries(names.map(n => [n, x]));
    check((await v.post(path, {}, null)).status === 403, `no csrf ${path}`);
    const foreign = await v.post(path, {}, 'A'.repeat(43));
    check(foreign.status === 403, `foreign csrf ${path}: ${foreign.status}`);
    page(foreign, `foreign csrf ${path}`);
    await send('empty', all(''));
    await send('nothing', {});
    await send('100 kB', all('x'.repeat(1e5)));
    await send('no UTF-8', all({ raw: '%FF%FE%C0%AF%ED%A0%80' }));
    await send('NUL', all({ raw: 'a%00b' }));
    await send('half an escape', all({ raw: '%' }));
    for (let i = 0; i < Math.min(12, naughty.length); i++) await send(`naughty "${naughty[turn % naughty.length].slice(0, 30)}"`, all(naughty[turn++ % naughty.length]));
  }
  await logged();
}

// ---- broken bodies ----
const raw = text => new Promise(done => {
  let got = ''; const s = connect(port, '127.0.0.1', () => { s.write(text); });
  s.setTimeout(3000, () => s.end()); s.on('data', d => { got += d; }); s.on('error', () => done(got)); s.on('close', () => done(got));
});
const big = (path, cookie, mib) => new Promise(done => {
  const r = httpRequest({ port, path, method: 'POST', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'content-length': mib * 1048576 } }, a => {
    let text = ''; a.on('data', d => { text += d; }); a.on('end', () => done({ status: a.statusCode, text, path })); a.on('error', () => done({ status: a.statusCode, text, path })); });
  r.on('error', e => done({ status: 0, text: String(e), path }));
  const block = Buffer.alloc(1048576, 'x'); let n = 0;
  const more = () => { if (r.destroyed || r.res) return; if (n++ < mib) r.write(block, more); else r.end(); };
  more();
});
async function bodies() {
  const v = await new Visitor(base).enter('thomas'), cookie = [...v.jar].map(([k, x]) => `${k}=${x}`).join('; ');
  const heavy = await big('/g/reglages', cookie, 30);
  check(heavy.status === 413, `30 MB: ${heavy.status}`);
  page(heavy, '30 MB');
  check(/25\sMo|trop lourd/.test(heavy.text), '30 MB: the page says how much');
  for (const type of ['text/plain', 'application/json', 'application/xml', 'nonsense', 'multipart/form-data', 'multipart/mixed; boundary=x']) {
    const answer = await v.once('/g/reglages', { method: 'POST', body: 'csrf=x', headers: { 'content-type': type } });
    check([400, 415].includes(answer.status), `${type}: ${answer.status}`);
    page(answer, type);
  }
  const part = `--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${v.csrf}\r\n`;
  for (const body of ['', '--b', part, part + '--b\r\nContent-Disposition: form-data; name="fichier"; filename="x.pdf"\r\n\r\n%PDF-1.4 cut', '--b\r\n\r\n\r\n--b--', part.replace('name="csrf"', 'name=') + '--b--'])
    fine(await v.once('/g/reglages', { method: 'POST', body, headers: { 'content-type': 'multipart/form-data; boundary=b' } }), `multipart cut after ${body.length}`);
  for (const head of ['POST /g/reglages HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ncsrf=', 'POST /g/reglages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ncs', 'GET / HTTP/1.1\r\nHo', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n', '\0\0\0\0\r\n\r\n'])
    await raw(head);
  check((await v.once('/g')).status === 200, 'after broken bodies the program goes on');
  for (const path of ['/%00', '/%ff', '/dossiers/%2e%2e%2f', '/dossiers/' + 'x'.repeat(3000), '/dossiers/' + encodeURIComponent('é'.repeat(100)), `/recherche?q=${encodeURIComponent("' OR 1=1 --")}`, '/g?apres=%00', '/g?apres=-1&page=99999999999999999999', '/g/sessions?apres=zz', '/g/factures?avant=-9', '/documents/-1', '/documents/9999999999999999999999', '/static/../../etc/passwd', '/acte/dossier/0/x'])
    fine(await v.once(path), path.slice(0, 60));
  await logged();
}

// ---- out of order, and twice ----
async function order() {
  const v = await new Visitor(base).enter('thomas'), lines = () => ask('SELECT count(*) FROM journal');
  const before = lines();
  for (const [machine, id, events] of [['dossier', hero, ['opened', 'archive', 'invoiced', 'delivered', 'agreement_signed', 'paid', 'documents_generated', 'completed', 'rien']], ['session', own.sessionId, ['create_session', 'validate', 'close', 'declare_end', 'open', 'start']],
    ['payout', one('SELECT id FROM payout') || '1', ['executed', 'due', 'order']], ['invoice', invoice, ['issue', 'pay', 'send']], ['trainer', '1', ['invited']]])
    for (const event of events) {
      const answer = await v.post(`/acte/${machine}/${id}/${event}`, { reason: 'x' });
      check([404, 409, 422].includes(answer.status), `out of order ${machine}/${event}: ${answer.status} ${answer.where}`);
      page(answer, `out of order ${event}`);
    }
  check(lines() === before, 'an act out of order left a line');
  const path = `/acte/dossier/${other.dossierId}/`, can = one(`SELECT d.id FROM dossier d JOIN standing t ON t.machine = 'dossier' AND t.thing_id = d.id WHERE t.state IN ('dossier_to_sign', 'dossier_preparing', 'dossier_request_to_send', 'dossier_request_sent') AND d.id <> ${hero}`);
  if (can) {
    const again = { reason: 'Pas de budget', request_key: 'replay-1' }, at = path.replace(other.dossierId, can) + 'cancelled';
    const first = await v.post(at, again), now = lines(), second = await v.post(at, again);
    check(first.status === 303, `cancelled: ${first.status} ${first.text.slice(0, 200)}`);
    check(second.status === 303 || second.status === 409 || second.status === 404, `replayed: ${second.status}`);
    check(lines() === now, 'a replayed form left a second line');
  } else check(false, 'no dossier to replay an act on');
  await logged();
}

// ---- a store that cannot ----
async function store() {
  const v = await new Visitor(base).enter('thomas');
  const save = () => v.post(`/dossiers/${own.dossier}/suivi`, { compte: '', account: '', request_key: 'store-' + Math.random() });
  const usual = (await save()).status;
  const refused = (answer, what) => {
    check(answer.status === 503, `${what}: ${answer.status} ${answer.where}`);
    page(answer, what);
    check(/enregistré/.test(answer.text) && /Recommencez|recommencez/.test(answer.text), `${what}: does not say what was kept and what to do`);
  };
  const resumes = async what => {
    let answer;
    for (let n = 0; n < 40; n++) { answer = await save(); if (answer.status === usual) break; await pause(250); }
    check(answer.status === usual, `${what}: work does not resume: ${answer.status}`);
    check((await v.once('/g')).status === 200, `${what}: the worklist is back`);
  };
  const locker = spawn('sqlite3', [db], { stdio: ['pipe', 'pipe', 'inherit'] });
  const held = new Promise(done => locker.stdout.once('data', done));
  locker.stdin.write(".timeout 20000\nBEGIN EXCLUSIVE;\nSELECT 'held';\n");
  await held;
  refused(await v.post('/demo/avancer', { pas: '1' }), 'locked');
  check((await v.once('/g')).status === 200, 'locked: pages can be read');
  locker.stdin.end('ROLLBACK;\n.quit\n');
  await new Promise(done => locker.on('exit', done));
  await resumes('unlocked');

  const ends = ['', '-wal', '-shm'].filter(end => existsSync(db + end));
  for (const end of ends) renameSync(db + end, db + end + '.away');
  refused(await v.post('/demo/avancer', { pas: '1' }), 'moved away');
  const reading = await v.once('/g');
  check(reading.status === 503, `moved away, reading: ${reading.status} ${reading.where}`);
  page(reading, 'moved away, reading');
  check(!existsSync(db), 'moved away: no empty database was made in its place');
  for (const end of ends) renameSync(db + end + '.away', db + end);
  await resumes('moved back');
  await logged();
}

// ---- an instance whose files may not be written, or whose folder is gone; root may write everything, so it runs as nobody ----
async function poor() {
  const place = mkdtempSync(join(tmpdir(), 'quitus-db-')), folder = mkdtempSync(join(tmpdir(), 'quitus-')), file = join(place, 'q.db');
  const as = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
  if (as.uid) for (const f of [place, folder]) chownSync(f, as.uid, as.gid);
  const own = await start({ dossiers: 1, db: file, folder, as, reset: false, extra: ['--workers', '2'] });
  try {
    const v = await new Visitor(own.base).enter('nadia'), advance = () => v.post('/demo/avancer', { pas: '1' });
    const upload = () => { const body = new FormData(); body.append('csrf', v.csrf); body.append('kind', 'vigilance'); body.append('fichier', new Blob(['%PDF-1.4 paper']), 'p.pdf'); return v.once('/f/profil/piece', { method: 'POST', body }); };
    const usual = (await upload()).status;
    check(usual < 500, `upload: ${usual}`);
    renameSync(folder, folder + '.away');
    const gone = await upload();
    check(gone.status === 503, `no folder for uploads: ${gone.status}`);
    check(/<html lang="fr"/.test(gone.text) && /enregistré/.test(gone.text), 'no folder for uploads: the page says what was kept');
    renameSync(folder + '.away', folder);
    check((await upload()).status === usual, 'the folder is back');

    const modes = mode => ['', '-wal', '-shm'].filter(end => existsSync(file + end)).forEach(end => chmodSync(file + end, mode));
    const fresh = async () => { try { execFileSync('pkill', ['-KILL', '-P', String(own.child.pid)]); } catch { /* none left */ } await pause(1500); };
    const settled = async path => { let a; for (let n = 0; n < 20; n++) { try { a = await path(); break; } catch { await pause(250); } } return a; };
    modes(0o400); await fresh();
    const refused = await settled(advance);
    check(refused?.status === 503, `read-only: ${refused?.status}`);
    check(/<html lang="fr"/.test(refused?.text) && /enregistré/.test(refused?.text) && /[Rr]ecommencez/.test(refused?.text), 'read-only: the page says what was kept and what to do');
    modes(0o600);
    let again;
    for (let n = 0; n < 40; n++) { again = await settled(advance); if (again?.status === 303) break; await pause(250); }
    check(again?.status === 303, `writable again: work does not resume: ${again?.status}`);
  } finally { await own.stop(); rmSync(place, { recursive: true, force: true }); rmSync(folder, { recursive: true, force: true }); }
}

for (const [name, part] of Object.entries({ others, bodies, order, forms, store, poor })) {
  if (process.argv[2] && process.argv[2] !== name) continue;
  try { await part(); } catch (e) { failed++; console.log(`FAILED ${name}: ${e.stack}`); }
}
check(!/AddressSanitizer|runtime error:|unanswered/.test(instance.log()), `the log: ${instance.log().match(/.*(AddressSanitizer|runtime error:|unanswered).*/)?.[0]}`);
await instance.stop();
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);
