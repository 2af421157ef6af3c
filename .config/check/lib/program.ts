import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Runs a program of node_modules with the Node that runs us, and returns all it printed. */
export function run(script: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const path = fileURLToPath(new URL(`../../../node_modules/${script}`, import.meta.url))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', chunk => {
        output += chunk
      })
    }
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}
