import { BlockList, isIP } from 'node:net'

/** IANA's special-purpose IPv4 blocks, and all that is multicast or reserved. */
const specialIPv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** What is not for us inside 2000::/3: protocol assignments with Teredo, 6to4, AS112 and documentation. */
const specialIPv6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const

// One list for each family: a BlockList would answer for an IPv4 address that is written inside an IPv6 one.
const refusedIPv4 = blockList('ipv4', specialIPv4)
const refusedIPv6 = blockList('ipv6', specialIPv6)
const globalIPv6 = blockList('ipv6', [['2000::', 3]])

function blockList(family: 'ipv4' | 'ipv6', blocks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of blocks) list.addSubnet(network, prefix, family)
  return list
}

/**
 * Whether an IP address belongs to the public internet. For IPv6 only global unicast does, which leaves out loopback,
 * link-local, unique local and multicast addresses, and every way of writing an IPv4 one (mapped, NAT64).
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !refusedIPv4.check(address, 'ipv4')
  if (family !== 6 || address.includes('%')) return false
  return globalIPv6.check(address, 'ipv6') && !refusedIPv6.check(address, 'ipv6')
}

const fileName = 'publiccode.yml'

/**
 * Where the text of a `publiccode.yml` may be, given the address that a person copied from her browser: the candidates, in the
 * order to try them. A repository's page gives the file at its root on the default branch, a file's page its raw text:
 *
 * - GitHub: `/owner/repository`, `/blob/BRANCH/PATH`, `/tree/BRANCH`, and any other page of the repository;
 * - GitLab, on any host: `/-/blob/BRANCH/PATH`, `/-/tree/BRANCH`, any other `/-/` page; a page of a host that we do not know is
 *   tried as a GitLab project first, because administrations mostly run that, then as it is;
 * - Bitbucket: `/owner/repository`, `/src/BRANCH/PATH`.
 *
 * Everything else (a `.yml` address, no address at all, one that `fetchText` will refuse) comes back as it is, alone.
 */
export function rawAddress(address: string): string[] {
  const page = URL.parse(address.trim())
  if (page?.protocol !== 'https:' || page.username || page.password || page.port) return [address.trim()]
  const steps = page.pathname.split('/').filter(step => step !== '')
  const host = page.hostname.replace(/^www\./, '')
  if (host === 'github.com') return github(steps) ?? [page.href]
  if (host === 'bitbucket.org') return bitbucket(steps) ?? [page.href]
  return gitlab(page, steps) ?? [page.href]
}

function github([owner, name, kind, ...rest]: string[]): string[] | undefined {
  if (!owner || !name) return undefined
  const root = `https://raw.githubusercontent.com/${owner}/${bare(name)}`
  if ((kind === 'blob' || kind === 'raw') && rest.length > 1) return [`${root}/${rest.join('/')}`]
  return kind === 'tree' && rest.length > 0 ? [`${root}/${rest.join('/')}/${fileName}`] : [`${root}/HEAD/${fileName}`]
}

function bitbucket([owner, name, kind, ...rest]: string[]): string[] | undefined {
  if (!owner || !name) return undefined
  const root = `https://bitbucket.org/${owner}/${bare(name)}/raw`
  if ((kind === 'src' || kind === 'raw') && rest.length > 1) return [`${root}/${rest.join('/')}`]
  return [`${root}/${(kind === 'src' && rest[0]) || 'HEAD'}/${fileName}`]
}

function gitlab(page: URL, steps: string[]): string[] | undefined {
  const dash = steps.indexOf('-')
  const project = dash < 0 ? steps : steps.slice(0, dash)
  const [kind, ...rest] = dash < 0 ? [] : steps.slice(dash + 1)
  const root = `${page.origin}/${[...project.slice(0, -1), bare(project.at(-1) ?? '')].join('/')}/-/raw`
  if (dash > 0 && (kind === 'blob' || kind === 'raw') && rest.length > 1) return [`${root}/${rest.join('/')}`]
  if (dash > 0) return [`${root}/${kind === 'tree' && rest.length > 0 ? rest.join('/') : 'HEAD'}/${fileName}`]
  if (/\.ya?ml$/i.test(page.pathname) || steps.length < 2) return undefined
  const file = `${root}/HEAD/${fileName}`
  return page.hostname.startsWith('gitlab.') ? [file] : [file, page.href]
}

const bare = (name: string): string => name.replace(/\.git$/, '')
