import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openDisk } from '#src/storage/disk.ts'
import { freshDatabase } from '#test/support/database.ts'

/** A file that was written to, and a disk that takes its time: `arrives` lets what is on its way arrive. */
async function slowDisk() {
  const file = await freshDatabase()
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.exec('CREATE TABLE notes (text TEXT)')
  onTestFinished(() => void database.close())
  const onWay: PromiseWithResolvers<void>[] = []
  const lost: Error[] = []
  const disk = openDisk(file, {
    synchronize: () => {
      onWay.push(Promise.withResolvers())
      return onWay.at(-1)?.promise ?? Promise.reject(new Error('nothing is on its way'))
    },
    onLost: error => void lost.push(error),
  })
  const told: string[] = []
  const commit = async (name: string): Promise<void> => {
    disk.wrote()
    await disk.kept()
    told.push(name)
  }
  return { disk, commit, told, onWay, lost }
}
/** Lets everything go on that waits for nothing outside. */
const breath = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

test('nobody hears of a commit before the disk has it; those at once share a way there, those who come meanwhile the next', async () => {
  const { commit, told, onWay } = await slowDisk()
  void commit('Anna')
  void commit('Bruno')
  await breath()
  void commit('Carla')
  await breath()
  void commit('Dora')
  await breath()
  expect(told).toEqual([])
  expect(onWay).toHaveLength(1)
  onWay[0]?.resolve()
  await breath()
  expect(told).toEqual(['Anna', 'Bruno'])
  await breath()
  onWay[1]?.resolve()
  await breath()
  expect(told).toEqual(['Anna', 'Bruno', 'Carla', 'Dora'])
  expect(onWay).toHaveLength(2)
})

test('who has only read hears at once, unless what she read is still on its way', async () => {
  const { disk, commit, told, onWay } = await slowDisk()
  await disk.kept()
  void commit('Anna')
  void disk.kept().then(() => told.push('a reader'))
  await breath()
  expect(told).toEqual([])
  onWay[0]?.resolve()
  await breath()
  expect(told).toEqual(['Anna', 'a reader'])
})

test('of what the disk did not keep nobody ever hears that it was', async () => {
  const { commit, told, onWay, lost } = await slowDisk()
  void commit('Anna')
  await breath()
  onWay[0]?.reject(new Error('EIO'))
  await breath()
  void commit('Bruno')
  await breath()
  expect(told).toEqual([])
  expect(onWay).toHaveLength(1)
  expect(lost.map(({ message }) => message)).toEqual(['the disk did not keep what it was given'])
})
