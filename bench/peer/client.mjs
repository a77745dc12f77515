// A laptop with automerge-repo, its documents in a folder.
// Usage: node client.mjs FOLDER PORT
import { Repo } from '@automerge/automerge-repo'
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket'
import { NodeFSStorageAdapter } from '@automerge/automerge-repo-storage-nodefs'
import { heads, level, serve } from './protocol.mjs'

const [folder, port] = process.argv.slice(2)
const repo = new Repo({ storage: new NodeFSStorageAdapter(folder) })
let adapter
let ids = []

await serve({
  create: ({ documents, fields }) => {
    for (let n = 0; n < documents; n++) {
      const made = Object.fromEntries(Array.from({ length: fields }, (_, f) => [`field-${f}`, `value ${f} of document ${n}`]))
      ids.push(repo.create(made).documentId)
    }
    return { ids, heads: heads(repo, ids) }
  },
  find: async (args) => {
    ids = args.ids
    for (let n = 0; n < ids.length; n += 50) { // who asks for more at once is told that some do not exist
      await Promise.all(ids.slice(n, n + 50).map((id) => repo.find(id)))
    }
  },
  edit: async ({ each, from, message }) => {
    for (let n = 0; n < each; n++) {
      for (const id of ids) {
        repo.handles[id].change((d) => { d[`field-${(from + n) % 4}`] = `value ${from + n}` }, { message })
      }
    }
    await repo.flush()
    return { heads: heads(repo, ids) }
  },
  connect: async () => {
    const met = new Promise((resolve) => repo.networkSubsystem.once('peer', resolve))
    adapter = new WebSocketClientAdapter(`ws://127.0.0.1:${port}`)
    repo.networkSubsystem.addNetworkAdapter(adapter)
    await met
  },
  disconnect: () => {
    adapter.retryInterval = 0
    repo.networkSubsystem.removeNetworkAdapter(adapter) // closes it too
  },
  level: ({ heads }) => level(repo, heads),
  flush: () => repo.flush(),
})
