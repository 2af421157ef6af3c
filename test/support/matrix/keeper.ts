// A process that keeps thirty records in an IndexedDB, each in a transaction of its own, and says of each that it is kept. What
// it is told to have failed it leaves, as the SDK does, and goes on.
import { openIndexedDb, writeAhead } from '#src/platforms/matrix/sdk/stores.ts'

const [folder = '', bytes = ''] = process.argv.slice(2)
openIndexedDb(folder)
const opening = Reflect.get(globalThis, 'indexedDB').open('keys', 1)
const opened = new Promise<void>((resolve, reject) => {
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys')
  opening.onsuccess = () => resolve()
  opening.onerror = () => reject(opening.error)
})
await opened
writeAhead(folder)

const keep = (n: number): Promise<void> =>
  new Promise(resolve => {
    const transaction = opening.result.transaction('keys', 'readwrite')
    const asked = transaction.objectStore('keys').put('x'.repeat(Number(bytes)), n)
    asked.onerror = (event: { preventDefault(): void }) => event.preventDefault()
    transaction.onabort = () => resolve()
    transaction.oncomplete = () => {
      if (!asked.error) process.stdout.write(`${n}\n`)
      resolve()
    }
  })
for (let n = 0; n < 30; n += 1) await keep(n)
