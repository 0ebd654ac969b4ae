// instance.mjs - starts the real program on a free loopback port with a demo of its own, and stops it.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const freePort = () => new Promise(done => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
export const program = process.env.QUITUS ?? 'build-test/quitus';

export async function start({ dossiers = 1, db, folder = mkdtempSync(join(tmpdir(), 'quitus-')), port, reset = true, extra = [], env = {}, as = {}, logTo } = {}) {
  port ??= await freePort();
  const args = ['demo', '--dir', folder, '--listen', `127.0.0.1:${port}`, '--dossiers', String(dossiers), ...(db ? ['--db', db] : []), ...(reset ? ['--reset'] : []), ...extra];
  const logFile = logTo ? openSync(logTo, 'w') : 'pipe'; // a file costs this process nothing
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', logFile], env: { ...process.env, ...env }, detached: true, ...as });
  let out = '', log = '';
  if (logTo) closeSync(logFile);
  child.stderr?.on('data', d => { log += d; if (log.length > 4e6) log = log.slice(-2e6); });
  await new Promise((ready, failed) => {
    child.stdout.on('data', d => { out += d; if (/127\.0\.0\.1:\d+\/demo\//.test(out) && /Ctrl-C|prête/.test(out)) ready(); });
    child.on('exit', code => failed(new Error(`quitus stopped (${code})\n${out}\n${log}`)));
    setTimeout(() => failed(new Error(`quitus did not come up\n${out}\n${log}`)), 60000).unref();
  });
  const base = `http://127.0.0.1:${port}`;
  const kill = signal => { try { process.kill(-child.pid, signal); } catch { /* gone */ } };
  const gone = new Promise(done => child.on('exit', done));
  return {
    base, folder, port, child, kill, gone, log: () => logTo ? readFileSync(logTo, 'utf8') : log, out: () => out,
    // Oldest first: their names don't tell.
    mails: () => { try { return readdirSync(join(folder, 'mails')).filter(f => f.endsWith('.eml')).map(f => join(folder, 'mails', f)).sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs).map(f => readFileSync(f, 'utf8')); } catch { return []; } },
    async stop() { try { process.kill(child.pid, 'SIGTERM'); } catch { /* gone */ } await Promise.race([gone, new Promise(r => setTimeout(r, 8000))]); kill('SIGKILL'); rmSync(folder, { recursive: true, force: true }); },
  };
}
