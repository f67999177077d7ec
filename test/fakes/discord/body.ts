import type { IncomingMessage } from 'node:http'
import type { SentFile } from './check.ts'

export interface Body {
  json: Record<string, unknown>
  files: SentFile[]
}

/** The JSON and the files of a request, from JSON or from a multipart form. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/')) return { json: bytes.length > 0 ? JSON.parse(String(bytes)) : {}, files: [] }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const json = JSON.parse(String(form.get('payload_json')))
  const files: SentFile[] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') continue
    if (!/^files\[\d+\]$/.test(name)) throw new Error(`a file is in the part ${name}`)
    files.push({ name: value.name, size: value.size })
  }
  return { json, files }
}
