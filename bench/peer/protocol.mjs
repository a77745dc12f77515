// Commands arrive as lines of JSON on standard input; each is answered by one
// line of JSON on standard output, so that the bench can time them.
import { createInterface } from 'node:readline'

/** Answers each command with what its handler returns. Ends with standard input. */
export async function serve(commands) {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const { do: name, ...args } = JSON.parse(line)
    console.log(JSON.stringify((await commands[name](args)) ?? {}))
  }
  process.exit(0)
}

/** The heads of documents, by id. */
export function heads(repo, ids) {
  return Object.fromEntries(ids.map((id) => [id, [...repo.handles[id].heads()].sort().join()]))
}

/** Resolves once the repo has the documents at these heads. */
export function level(repo, wanted) {
  const left = new Map(Object.entries(wanted))
  return new Promise((resolve) => {
    const look = () => {
      for (const [id, want] of left) {
        const handle = repo.handles[id]
        if (!handle?.isReady() || [...handle.heads()].sort().join() !== want) break
        left.delete(id)
      }
      if (left.size === 0) resolve({})
      else setTimeout(look, 2)
    }
    look()
  })
}
