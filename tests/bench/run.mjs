// run.mjs - the figures of ./dev bench. wrk drives the real program; bare.c is the limit: the same statements, fixed bytes.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '../client.mjs';
import { freePort, start } from '../instance.mjs';

const work = process.env.WORK, seconds = process.env.BENCH_SECONDS ?? '2';
const sh = (cmd, args, options = {}) => execFileSync(cmd, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
const sql = (db, text) => sh('sqlite3', [db], { input: text });
const round = (x, n = 2) => Number(x.toFixed(n));
function say(name, value, unit, limit, ratio, how) { console.log(JSON.stringify({ name, value, unit, limit, ratio, how })); }

function wrk(url, clients, headers = []) {
  const out = sh('wrk', ['-t1', `-c${clients}`, `-d${seconds}s`, '--latency', ...headers.flatMap(h => ['-H', h]), url]);
  const ms = s => { const m = s?.match(/([\d.]+)(us|ms|s)/); return m ? +m[1] * { us: 0.001, ms: 1, s: 1000 }[m[2]] : NaN; };
  if (/Non-2xx/.test(out)) throw new Error(`${url}: answers other than 200`);
  return { count: +out.match(/(\d+) requests in/)[1], rps: +out.match(/Requests\/sec:\s+([\d.]+)/)[1], p50: ms(out.match(/50%\s+(\S+)/)?.[1]), p99: ms(out.match(/99%\s+(\S+)/)?.[1]) };
}

// CPU of processes so far, in microseconds; and of a run of wrk, by request.
const cpuOf = pids => pids.reduce((sum, pid) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' '); return sum + (+f[11] + +f[12]) * 10000; }, 0);
function measured(pids, url, headers) {
  const before = cpuOf(pids), four = wrk(url, 4, headers), cpu = (cpuOf(pids) - before) / four.count;
  return { four, many: wrk(url, 64, headers), cpu };
}

async function bare(args, use) {
  const port = await freePort(), child = spawn(join(work, 'bare'), [String(port), ...args.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise(r => child.stdout.once('data', r));
  try { return use(`http://127.0.0.1:${port}/`, [child.pid]); } finally { child.kill('SIGKILL'); }
}

// The children of the program: those that answer, in the order of their start, then the one that works.
const childrenOf = instance => sh('pgrep', ['-P', String(instance.child.pid)]).trim().split('\n').map(Number).sort((a, b) => a - b);
const webOf = instance => childrenOf(instance).slice(0, -1);

// What the program says of itself in its last log lines of one path.
function logged(instance, path) {
  const lines = instance.log().slice(-200000).split('\n').filter(l => l.includes(`path=${path} `) && l.includes('status=200'));
  const value = (l, k) => +(l.match(new RegExp(` ${k}=(\\d+)`)) ?? [0, NaN])[1];
  const median = k => { const all = lines.slice(-200).map(l => value(l, k)).sort((a, b) => a - b); return all[all.length >> 1]; };
  return { queries: median('queries'), vm: median('vm') };
}

const cookies = c => [`Cookie: ${[...c.jar].map(([k, v]) => `${k}=${v}`).join('; ')}`];
async function signedIn(instance, who) { const c = new Client(instance.base); await c.get(`/demo/${who}`); if (c.status !== 200) throw new Error(`${who}: ${c.status}`); return c; }
async function stop(instance) { process.kill(instance.child.pid, 'SIGTERM'); await instance.gone; }

// The statements of one page, with the values they had: a run of the program with spy.c inside tells them.
async function statementsOf(folder, who, path) {
  const at = join(work, `spy-${Date.now()}`);
  mkdirSync(at);
  const instance = await start({ folder, reset: false, extra: ['--workers', '1'], logTo: join(work, 'spy.log'), env: { LD_PRELOAD: join(work, 'spy.so'), SPY: join(at, 'sql') } });
  const c = await signedIn(instance, who), file = join(at, `sql.${webOf(instance)[0]}`);
  await c.get(path);
  const before = readFileSync(file, 'utf8').length;
  await c.get(path);
  if (c.status !== 200) throw new Error(`${c.status} on ${path}`);
  await stop(instance);
  writeFileSync(`${file}.page`, readFileSync(file, 'utf8').slice(before));
  return `${file}.page`;
}

async function page(instance, name, who, path, limit) {
  const client = await signedIn(instance, who);
  await client.get(path);
  if (client.status !== 200) throw new Error(`${name}: ${client.status} on ${path}`);
  const bytes = client.bytes.length, ours = measured(webOf(instance), instance.base + path, cookies(client)), said = logged(instance, path);
  const least = limit ? await bare([bytes, limit.db, limit.statements], (u, pids) => measured(pids, u)) : null;
  const how = `wrk -t1 on ${path}` + (least ? '; limit: bare epoll loop, the same statements with the same values, the same bytes' : '');
  say(`${name}_c4`, round(ours.four.rps), 'req/s', least && round(least.four.rps), least && round(ours.four.rps / least.four.rps), how);
  say(`${name}_c64`, round(ours.many.rps), 'req/s', least && round(least.many.rps), least && round(ours.many.rps / least.many.rps), how);
  say(`${name}_p50_ms`, round(ours.four.p50), 'ms', 5, round(ours.four.p50 / 5), '4 clients; expected at most 5');
  say(`${name}_p99_ms`, round(ours.four.p99), 'ms', least && round(least.four.p99), null, '4 clients');
  say(`${name}_cpu_us`, round(ours.cpu), 'us', least && round(least.cpu), least && round(ours.cpu / least.cpu), 'CPU of the workers by request, kernel and log line included, against the bare process; expected at most 2');
  say(`${name}_queries`, said.queries, 'statements', /worklist/.test(name) ? 5 : null, null, 'login, page and (one, only in the demo) the demo clock');
  say(`${name}_bytes`, bytes, 'bytes', 60000, round(bytes / 60000), 'HTML without assets');
  return { vm: said.vm, cpu: ours.cpu };
}

// 100 times as many files: the rows of the thousand, repeated under new numbers.
function multiply(from, to, times) {
  copyFileSync(from, to);
  const columns = (table, db) => sql(db, `SELECT name FROM pragma_table_info('${table}');`).trim().split('\n');
  const copy = (table, changes) => {
    const names = columns(table, to), wanted = names.map(n => changes[n] ?? n);
    return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${wanted.join(', ')} FROM ${table}, times;\n`;
  };
  const up = c => `${c} + times.k * 1000000`;
  const text = `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
CREATE TEMP TABLE times AS WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ${times - 1}) SELECT k FROM n;
` + copy('company', { id: up('id'), name: `name || ' ' || times.k` }) + copy('session', { id: up('id'), reference: `reference || '-' || times.k` })
    + copy('dossier', { id: up('id'), reference: `reference || '-' || times.k`, session_id: up('session_id'), company_id: up('company_id') })
    + copy('standing', { thing_id: up('thing_id'), parent_id: up('parent_id'), root_id: up('root_id') }).replace(';\n', " WHERE machine IN ('session', 'dossier');\n")
    + `UPDATE tally SET thing_count = thing_count * ${times} WHERE machine IN ('session', 'dossier'); COMMIT; PRAGMA journal_mode = WAL;`;
  sql(to, text);
}

function fsyncsPerSecond() {
  const fd = openSync(join(work, 'fsync'), 'w'), block = Buffer.alloc(4096, 1), until = process.hrtime.bigint() + 1500000000n;
  let n = 0;
  while (process.hrtime.bigint() < until) { writeSync(fd, block); fsyncSync(fd); n++; }
  closeSync(fd);
  return n / 1.5;
}

const PAST_IS_DONE = "UPDATE job SET status = 'done' WHERE status IN ('waiting', 'leased');";
// One instance with a thousand files, its past worked off, and a copy with a hundred times as many.
async function worlds() {
  const small = join(work, 'small'), large = join(work, 'large');
  mkdirSync(small); mkdirSync(large);
  await stop(await start({ dossiers: 1000, folder: small, reset: false, logTo: join(work, 'log') }));
  sql(join(small, 'quitus.db'), PAST_IS_DONE);
  multiply(join(small, 'quitus.db'), join(large, 'quitus.db'), 100);
  return { small, large };
}

async function onSqlite() {
  const { small, large } = await worlds(), limit = async (folder, who, path) => ({ db: join(folder, 'quitus.db'), statements: await statementsOf(folder, who, path) });
  const limits = [await limit(small, 'thomas', '/etat'), await limit(small, 'thomas', '/g'), await limit(small, 'camille', '/dossiers/2026-0417'), await limit(large, 'thomas', '/g'), await limit(large, 'thomas', '/g/sessions')];
  const began = Date.now();
  let instance = await start({ folder: small, reset: false, logTo: join(work, 'log') });
  const came = Date.now() - began;
  say('start_ms', came, 'ms', 200, round(came / 200), 'a made demo, from exec to the printed links');
  const hello = wrk(`${instance.base}/etat`, 64), bareHello = await bare([76, limits[0].db, limits[0].statements], u => wrk(u, 64));
  say('hello', round(hello.rps), 'req/s', round(bareHello.rps), round(hello.rps / bareHello.rps), '/etat, 64 clients; limit: one bare epoll loop, the same statements');
  const w1 = await page(instance, 'worklist_1k', 'thomas', '/g', limits[1]);
  await page(instance, 'dossier_page', 'camille', '/dossiers/2026-0417', limits[2]);
  const peak = pids => round(Math.max(...pids.map(pid => +readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1])) / 1024);
  say('worker_rss_mb', peak(webOf(instance)), 'MB', 40, round(peak(webOf(instance)) / 40), 'largest peak among the workers after the pages above');
  await stop(instance);

  instance = await start({ folder: large, reset: false, logTo: join(work, 'log') });
  const w100 = await page(instance, 'worklist_100k', 'thomas', '/g', limits[3]);
  await page(instance, 'session_list_100k', 'thomas', '/g/sessions', limits[4]);
  say('worklist_1k_vmsteps', w1.vm, 'steps', null, null, 'SQLite virtual machine steps per request');
  say('worklist_100k_vmsteps', w100.vm, 'steps', w1.vm, round(w100.vm / w1.vm), 'flat when the ratio is about 1');
  say('worklist_flat_cpu', round(w100.cpu), 'us', round(w1.cpu), round(w100.cpu / w1.cpu), '100k against 1k, CPU per request');
  await stop(instance);
}

// In one process, no pages: sessions validated, papers stored, mail queued; and what one convention costs.
function inOneProcess() {
  const made = JSON.parse(sh(process.env.QUITUS, ['bench', '--dir', join(work, 'made')])), fsyncs = fsyncsPerSecond(), rate = made.validated_per_1000_s / 1000;
  say('validate_to_documents', round(rate), 'sessions/s', round(fsyncs), round(rate / fsyncs, 3), 'validated, its papers stored, mail queued, fsynced; limit: fsyncs per second of 4 KiB');
  say('convention', made.convention_us, 'us CPU', made.typeset_us, round(made.convention_us / made.typeset_us), 'the job (values, filling, typesetting, storing) against typesetting the same text; expected at most 1.2');
}

async function onPostgres() {
  const folder = join(work, 'pg');
  mkdirSync(folder);
  const begin = () => start({ folder, dossiers: 300, reset: false, db: process.env.TEST_PG, logTo: join(work, 'log') });
  await stop(await begin());
  sh('psql', ['-q', process.env.TEST_PG, '-c', PAST_IS_DONE]);
  const instance = await begin();
  await page(instance, 'worklist_pg', 'thomas', '/g');
  await page(instance, 'dossier_page_pg', 'camille', '/dossiers/2026-0417');
  await stop(instance);
}

await onSqlite();
inOneProcess();
if (process.env.TEST_PG) await onPostgres();
process.exit(0);
