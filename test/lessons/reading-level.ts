import { fleschKincaid } from 'flesch-kincaid'
import { syllable } from 'syllable'

/** Words of the subject: they are explained where they are needed, and count as words of one syllable. */
const GLOSSARY =
  /\b(Kubernetes|Services?|Ingress(?:es)?|ClusterIP|NodePort|LoadBalancer|ExternalName|StatefulSet|NetworkPolicy|Deployments?|controllers?|endpoints?|EndpointSlices?|namespaces?|selectors?|containers?|containerPort|targetPort|nodePort|externalTrafficPolicy|session affinity|certificates?|Secrets?|Prefix|Exact|headless|hostname|subdomain|template|replicas|IPs?|DNS|TLS|API|URL|CNAME|curl|kubectl|RESTARTS|ADDRESS)\b/gi

/** A text as somebody would read it aloud: without commands, templates, names and numbers. */
export function prose(text: string): string {
  return text
    .replace(/\{\{[^{}]*\}\}/g, 'this')
    .replace(/\/(kubectl|curl|nslookup|ping|nc|cluster|lesson)\b[^.!?]*(?=$|[.!?])/g, 'this')
    .replace(/https?:\/\/\S+/g, 'this')
    .replace(/\S*[.:/=_]\S*[a-z0-9]\S*/gi, 'this')
    .replace(/\b[\d:]+\b/g, 'ten')
    .replace(GLOSSARY, 'thing')
}

/** Sentences of a text; a colon or semicolon ends a thought, too. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/[.!?…]+(?:\s|$)|[:;]\s/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[a-z]/i.test(sentence))

export const wordsOf = (text: string): string[] => text.match(/[A-Za-z][A-Za-z'-]*/g) ?? []

/** School grade (Flesch-Kincaid) at which a text can be read. */
export function gradeOf(text: string): number {
  const plain = prose(text)
  const words = wordsOf(plain)
  return fleschKincaid({
    sentence: Math.max(1, sentencesOf(plain).length),
    word: words.length,
    syllable: words.reduce((sum, word) => sum + syllable(word), 0),
  })
}
