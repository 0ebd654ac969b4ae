// run.mjs - the figures of ./dev bench. wrk drives the real program; bare.c is the limit: the same statements, fixed bytes.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '../client.mjs';
import { freePort, start } from '../instance.mjs';

const work = process.env.WORK, seconds = process.env.BENCH_SECONDS ?? '3';
const sh = (cmd, args, options = {}) => execFileSync(cmd, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
const sql = (db, text) => sh('sqlite3', [db], { input: text });
const round = (x, n = 2) => Number(x.toFixed(n));
function say(name, value, unit, limit, ratio, how) { console.log(JSON.stringify({ name, value, unit, limit, ratio, how })); }

function wrk(url, clients, headers = []) {
  const out = sh('wrk', ['-t1', `-c${clients}`, `-d${seconds}s`, '--latency', ...headers.flatMap(h => ['-H', h]), url]);
  const ms = s => { const m = s?.match(/([\d.]+)(us|ms|s)/); return m ? +m[1] * { us: 0.001, ms: 1, s: 1000 }[m[2]] : NaN; };
  return { rps: +out.match(/Requests\/sec:\s+([\d.]+)/)[1], p50: ms(out.match(/50%\s+(\S+)/)?.[1]), p99: ms(out.match(/99%\s+(\S+)/)?.[1]), bad: /Non-2xx/.test(out) };
}

async function bare(args, use) {
  const port = await freePort(), child = spawn(join(work, 'bare'), [String(port), ...args.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise(r => child.stdout.once('data', r));
  const cpu = () => { const f = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' '); return (+f[13] + +f[14]) * 10000; };
  try { return await use(`http://127.0.0.1:${port}/`, cpu); } finally { child.kill('SIGKILL'); }
}

// The last log lines of one path: what the program says of itself.
function logged(instance, path) {
  const lines = instance.log().split('\n').filter(l => l.includes(`path=${path} `) && l.includes('status=200'));
  const value = (l, k) => +(l.match(new RegExp(` ${k}=(\\d+)`)) ?? [0, NaN])[1];
  const median = k => { const all = lines.slice(-200).map(l => value(l, k)).sort((a, b) => a - b); return all[all.length >> 1]; };
  return { queries: median('queries'), vm: median('vm'), cpu: median('cpu_us'), bytes: median('bytes') };
}

const cookies = c => [`Cookie: ${[...c.jar].map(([k, v]) => `${k}=${v}`).join('; ')}`];
async function signedIn(instance, who) { const c = new Client(instance.base); await c.get(`/demo/${who}`); if (c.status !== 200) throw new Error(`${who}: ${c.status}`); return c; }

// The statements behind the worklist and the file, as the program prepares them, for the bare loop.
function statements(name, text) { const f = join(work, name + '.sql'); writeFileSync(f, text); return f; }
const worklistSql = `SELECT machine, state, thing_count FROM tally;
SELECT d.reference, c.name, s.title, t.state, t.late_on, d.price_cents FROM standing t JOIN dossier d ON d.id = t.thing_id JOIN session s ON s.id = d.session_id JOIN company c ON c.id = d.company_id WHERE t.machine = 'dossier' AND t.is_for_staff = 1 ORDER BY t.late_on, t.thing_id LIMIT 25;
SELECT t.thing_id, t.starts_on, s.title FROM standing t JOIN session s ON s.id = t.thing_id WHERE t.machine = 'session' AND t.state = 'session_validated' ORDER BY t.starts_on LIMIT 4;
SELECT l.id, a.role FROM login l LEFT JOIN account a ON a.id = l.account_id ORDER BY l.id DESC LIMIT 1;
`;

async function page(instance, db, name, who, path, statementsText) {
  const client = await signedIn(instance, who), url = instance.base + path;
  await client.get(path);
  if (client.status !== 200) throw new Error(`${name}: ${client.status} on ${path}`);
  const bytes = client.bytes.length, ours4 = wrk(url, 4, cookies(client)), ours64 = wrk(url, 64, cookies(client)), said = logged(instance, path);
  if (ours4.bad) throw new Error(`${name}: answers other than 200`);
  const limit = db ? await bare([bytes, db, statements(name, statementsText)], async (u, cpu) => {
    const began = cpu(), w = wrk(u, 4), spent = cpu() - began, w64 = wrk(u, 64);
    return { four: w, many: w64, cpu: spent / (w.rps * +seconds) };
  }) : null;
  const how = `wrk -t1 on ${path}` + (limit ? '; limit: bare epoll loop, the same statements, the same bytes' : '');
  say(`${name}_c4`, round(ours4.rps), 'req/s', limit && round(limit.four.rps), limit && round(ours4.rps / limit.four.rps), how);
  say(`${name}_c64`, round(ours64.rps), 'req/s', limit && round(limit.many.rps), limit && round(ours64.rps / limit.many.rps), how);
  say(`${name}_p50_ms`, round(ours4.p50), 'ms', limit && round(limit.four.p50), limit && round(ours4.p50 / limit.four.p50), '4 clients; expected at most 5');
  say(`${name}_p99_ms`, round(ours4.p99), 'ms', limit && round(limit.four.p99), null, '4 clients');
  say(`${name}_cpu_us`, said.cpu, 'us', limit && round(limit.cpu), limit && round(said.cpu / limit.cpu), 'CPU per request inside the handler against the bare process; expected at most 2');
  say(`${name}_queries`, said.queries, 'queries', 4, null, 'statements per request, login and demo clock included');
  say(`${name}_bytes`, bytes, 'bytes', 60000, round(bytes / 60000), 'HTML without assets');
  return said;
}

// 100 times as many files: the rows of the thousand, repeated under new numbers.
function multiply(from, to, times) {
  copyFileSync(from, to);
  const columns = (table, db) => sql(db, `SELECT name FROM pragma_table_info('${table}');`).trim().split('\n');
  const copy = (table, changes) => {
    const names = columns(table, to), wanted = names.map(n => changes[n] ?? n);
    return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${wanted.join(', ')} FROM ${table}, times;\n`;
  };
  const step = 1000000, up = c => `${c} + times.k * ${step}`;
  const many = copy;
  const text = `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
CREATE TEMP TABLE times AS WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ${times - 1}) SELECT k FROM n;
` + many('company', { id: up('id'), name: `name || ' ' || times.k` }) + many('session', { id: up('id'), reference: `reference || '-' || times.k` })
    + many('dossier', { id: up('id'), reference: `reference || '-' || times.k`, session_id: up('session_id'), company_id: up('company_id') })
    + many('standing', { thing_id: up('thing_id'), parent_id: up('parent_id'), root_id: up('root_id') }).replace(';\n', " WHERE machine IN ('session', 'dossier');\n")
    + `UPDATE tally SET thing_count = thing_count * ${times} WHERE machine IN ('session', 'dossier'); COMMIT; PRAGMA journal_mode = WAL; ANALYZE;`;
  sql(to, text);
}

function fsyncsPerSecond() {
  const fd = openSync(join(work, 'fsync'), 'w'), block = Buffer.alloc(4096, 1), until = process.hrtime.bigint() + 1500000000n;
  let n = 0;
  while (process.hrtime.bigint() < until) { writeSync(fd, block); fsyncSync(fd); n++; }
  closeSync(fd);
  return n / 1.5;
}

async function main() {
  // hello
  const folder = join(work, 'one'); mkdirSync(folder);
  let instance = await start({ dossiers: 1000, folder, reset: false });
  const db = join(folder, 'quitus.db');
  process.kill(instance.child.pid, 'SIGTERM'); await instance.gone;
  sql(db, "UPDATE job SET status = 'done' WHERE status IN ('waiting', 'leased'); ANALYZE;");
  const large = join(work, 'large'); mkdirSync(large);
  multiply(db, join(large, 'quitus.db'), 100);

  const began = Date.now();
  instance = await start({ folder, reset: false });
  say('start_ms', Date.now() - began, 'ms', 200, round((Date.now() - began) / 200), 'a made demo, from exec to the printed links');
  const hello = wrk(`${instance.base}/etat`, 64);
  const bareHello = await bare([64], async u => wrk(u, 64));
  say('hello', round(hello.rps), 'req/s', round(bareHello.rps), round(hello.rps / bareHello.rps), '/etat, 64 clients; expected at least 0.7 of bare');
  const small = await page(instance, db, 'worklist_1k', 'thomas', '/g', worklistSql);
  await page(instance, db, 'dossier_page', 'camille', '/dossiers/2026-0417', `SELECT d.*, s.title FROM dossier d JOIN session s ON s.id = d.session_id WHERE d.reference = '2026-0417';
SELECT * FROM company WHERE id = 1; SELECT * FROM journal WHERE machine = 'dossier' AND thing_id = 1; SELECT * FROM document WHERE dossier_id = 1;
SELECT * FROM participant WHERE dossier_id = 1; SELECT * FROM answer WHERE dossier_id = 1; SELECT * FROM tick WHERE machine = 'dossier' AND thing_id = 1; SELECT * FROM standing WHERE machine = 'dossier' AND thing_id = 1;
`);
  const rss = sh('sh', ['-c', `for p in $(pgrep -P ${instance.child.pid}); do grep VmHWM /proc/$p/status | tr -dc '0-9\\n'; done`]).trim().split('\n').map(Number);
  say('worker_rss_mb', round(Math.max(...rss) / 1024), 'MB', 40, round(Math.max(...rss) / 1024 / 40), 'largest peak among the workers after the pages above');
  process.kill(instance.child.pid, 'SIGTERM'); await instance.gone;

  instance = await start({ folder: large, reset: false });
  const big = await page(instance, join(large, 'quitus.db'), 'worklist_100k', 'thomas', '/g', worklistSql);
  await page(instance, join(large, 'quitus.db'), 'session_list_100k', 'thomas', '/g/sessions', `SELECT id, reference, title, starts_on, city FROM session ORDER BY starts_on, id LIMIT 50;
SELECT l.id, a.role FROM login l LEFT JOIN account a ON a.id = l.account_id ORDER BY l.id DESC LIMIT 1;
`);
  say('worklist_1k_vmsteps', small.vm, 'steps', null, null, 'SQLite virtual machine steps per request');
  say('worklist_100k_vmsteps', big.vm, 'steps', small.vm, round(big.vm / small.vm), 'flat when the ratio is about 1');
  say('worklist_flat_cpu', big.cpu, 'us', small.cpu, round(big.cpu / small.cpu), '100k against 1k, CPU per request');
  process.kill(instance.child.pid, 'SIGTERM'); await instance.gone;

  // validate_to_documents: in one process, no pages: sessions validated, papers stored, mail queued.
  const made = JSON.parse(sh(process.env.QUITUS, ['bench', '--dir', join(work, 'made')]));
  const fsyncs = fsyncsPerSecond();
  say('validate_to_documents', round(made.validated_per_1000_s / 1000), 'sessions/s', round(fsyncs), round(made.validated_per_1000_s / 1000 / fsyncs, 3), 'validated, four papers stored, mail queued, fsynced; limit: fsyncs per second of 4 KiB');
  say('convention', made.convention_us, 'us CPU', made.typeset_us, round(made.convention_us / made.typeset_us), 'the job (values, filling, typesetting, storing) against typesetting the same text; expected at most 1.2');

  if (process.env.TEST_PG) {
    const pg = join(work, 'pg'); mkdirSync(pg);
    instance = await start({ folder: pg, dossiers: 300, db: process.env.TEST_PG });
    await page(instance, null, 'worklist_pg', 'thomas', '/g');
    await page(instance, null, 'dossier_page_pg', 'camille', '/dossiers/2026-0417');
    process.kill(instance.child.pid, 'SIGTERM'); await instance.gone;
  }
}
main().then(() => process.exit(0), e => { console.error(e); process.exit(1); });
