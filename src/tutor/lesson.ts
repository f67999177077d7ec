/** A guided lesson. */
export interface Lesson {
  id: string
}
