/** What every call of this package throws or rejects with. */
export class TrackstatsError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TrackstatsError'
    this.code = code
  }
}
