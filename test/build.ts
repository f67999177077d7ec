import { execFileSync } from 'node:child_process'

/** Before all tests: programs are tested as people run them, compiled. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
}
