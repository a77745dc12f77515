// automerge-repo's websocket server as its documentation has it: documents in a
// folder, handed to who asks for them. Usage: node server.mjs FOLDER
import { Repo } from '@automerge/automerge-repo'
import { WebSocketServerAdapter } from '@automerge/automerge-repo-network-websocket'
import { NodeFSStorageAdapter } from '@automerge/automerge-repo-storage-nodefs'
import { setTimeout } from 'node:timers/promises'
import { WebSocketServer } from 'ws'
import { level, serve } from './protocol.mjs'

const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
await new Promise((resolve) => sockets.once('listening', resolve))
const repo = new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  storage: new NodeFSStorageAdapter(process.argv[2]),
  sharePolicy: async () => false,
})

await serve({
  port: () => ({ port: sockets.address().port }),
  level: ({ heads }) => level(repo, heads),
  // A laptop that comes back before the server has seen it go is taken for gone.
  alone: async () => {
    while (repo.peers.length > 0 || sockets.clients.size > 0) await setTimeout(2)
  },
})
