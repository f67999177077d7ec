/** What a command has printed so far. */
export class Streams {
  stdout = ''
  stderr = ''

  /** One line to standard output. */
  print(line = ''): void {
    this.stdout += `${line}\n`
  }

  /** Text to standard output as it is. */
  write(text: string): void {
    this.stdout += text
  }

  /** One line to standard error. */
  warn(line: string): void {
    this.stderr += `${line}\n`
  }
}
