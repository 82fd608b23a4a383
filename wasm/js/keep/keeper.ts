// Making a store durable: when changes are taken and committed, whatever the medium.

import type { Context, Kept } from '../context.js'
import type { TrackstatsError } from '../error.js'
import { type Fault, type Medium, Queue } from './medium.js'
import { shield, watch } from './watch.js'

/** Milliseconds from a change to its commit, so that it is durable after at most 100. */
const DELAY = 50

/** Milliseconds after which a commit that failed is tried again, at first and at most. */
const [FIRST_PAUSE, LAST_PAUSE] = [100, 5000]

/** The keepers of the stores that are open, for the end of the program. */
const open: Set<Keeper> = new Set()

/** Keeps one store. */
export class Keeper implements Kept {
  readonly #queue: Queue
  readonly #medium: Medium
  readonly #fault: Fault
  #timer: ReturnType<typeof setTimeout> | undefined
  #flight: Promise<void> | undefined
  #pause = FIRST_PAUSE
  #closing: Promise<void> | undefined
  /** What was told last, unless a commit succeeded since. */
  #told: string | undefined

  constructor(context: Context, medium: Medium, fault: Fault) {
    this.#queue = new Queue(context)
    this.#medium = medium
    this.#fault = fault
    watch(context, () => this.#wake(DELAY))
    medium.onOthers = () => this.hurry()
    medium.onFailure = (error) => this.#tell(error)
    if (open.size === 0) listen(true)
    open.add(this)
    this.#wake(DELAY)
  }

  get unsaved(): number {
    return this.#queue.unsaved
  }

  /** Tells what failed where nobody waits for it, once until something succeeds. */
  #tell(thrown: unknown): void {
    const error = thrown as TrackstatsError
    if (this.#told === error.message) return
    this.#told = error.message
    this.#queue.context.tell(error)
  }

  /** Resolves when everything recorded until now is durable; nothing, if it is when this returns. */
  flush(): Promise<void> | undefined {
    const queue = this.#queue
    queue.take()
    this.#check()
    return this.#flight === undefined && this.#commitNow() ? undefined : this.#follow(queue.taken)
  }

  /** Commits until so many changes are durable. */
  async #follow(wanted: number): Promise<void> {
    while (this.#queue.durable < wanted) await this.#commit()
  }

  /** Commits what there is, unless that is under way. */
  #commit(): Promise<void> {
    this.#flight ??= this.#work().finally(() => (this.#flight = undefined))
    return this.#flight
  }

  async #work(): Promise<void> {
    this.#rest()
    this.#check()
    try {
      this.#queue.take()
      await this.#medium.commit(this.#queue)
      this.#succeeded()
    } catch (thrown) {
      this.#retry()
      throw thrown
    } finally {
      this.#seal()
    }
  }

  /** Commits everything before it returns, where that takes no longer than to wait for it; false if it does. */
  #commitNow(): boolean {
    try {
      // A timer that waits finds nothing to commit, which costs less than to end it at every commit.
      if (this.#medium.commitNow?.(this.#queue) !== true) return false
      this.#succeeded()
      return true
    } catch (thrown) {
      this.#retry()
      throw thrown
    } finally {
      this.#seal()
    }
  }

  #succeeded(): void {
    this.#pause = FIRST_PAUSE
    this.#told = undefined
  }

  /** Commits again in a while. */
  #retry(): void {
    this.#rest()
    this.#wake(this.#pause)
    this.#pause = Math.min(2 * this.#pause, LAST_PAUSE)
  }

  /** Refuses every change from now on, if the medium can keep no more. */
  #seal(): void {
    const { refusal } = this.#medium
    if (refusal === undefined || this.#closing !== undefined) return
    this.#rest()
    shield(this.#queue.context, refusal)
  }

  #check(): void {
    const { refusal } = this.#medium
    if (refusal !== undefined) throw refusal
  }

  #wake(delay: number): void {
    if (this.#timer !== undefined || this.#closing !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.hurry()
    }, delay)
    // A program that has nothing else to do may end: what waits is committed then.
    ;(this.#timer as { unref?: () => void }).unref?.()
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Commits at once, or once what is under way is done. What fails is told and tried again. */
  hurry(): void {
    if (this.#closing !== undefined || this.#medium.refusal !== undefined) return
    if (this.#flight === undefined) this.#commit().catch((thrown: unknown) => this.#tell(thrown))
    else this.#flight.catch(() => undefined).then(() => this.hurry())
  }

  /** Reads what others committed until now. */
  async refresh(): Promise<void> {
    await this.#flight?.catch(() => undefined)
    this.#medium.look?.()
    await this.#commit()
  }

  /** A page was shown or hidden. */
  look(): void {
    this.#medium.look?.()
    this.hurry()
  }

  /** Commits everything without waiting, since the program ends. */
  finish(): void {
    const { context } = this.#queue
    try {
      context.endBatches()
      this.#medium.finish?.(this.#queue)
    } finally {
      // What comes later would be lost.
      if (!context.isClosed) shield(context, this.#fault('closed', 'the program is ending'))
      this.#medium.leave()
    }
  }

  /** Makes everything durable and gives the medium back, also when that fails; throws inside a batch. */
  close(): Promise<void> {
    if (this.#closing !== undefined) return this.#closing
    // Inside a batch this is refused, and the store stays open.
    if (this.#queue.context.depth > 0) this.#queue.take()
    this.#closing = this.#end()
    return this.#closing
  }

  async #end(): Promise<void> {
    try {
      shield(this.#queue.context, this.#fault('closed', 'the store is being closed'))
      await this.#flight?.catch(() => undefined)
      await this.flush()
      await this.#medium.end()
    } finally {
      this.#rest()
      open.delete(this)
      if (open.size === 0) listen(false)
      this.#medium.leave()
    }
  }
}

type Listener = () => void
interface Target {
  addEventListener?: (name: string, listener: Listener) => void
  removeEventListener?: (name: string, listener: Listener) => void
}
interface Process {
  on?: (name: string, listener: unknown) => void
  off?: (name: string, listener: unknown) => void
}

const look = (): void => {
  for (const keeper of open) keeper.look()
}
const finish = (): void => {
  let failure: { readonly thrown: unknown } | undefined
  for (const keeper of open) {
    try {
      keeper.finish()
    } catch (thrown) {
      failure = { thrown }
    }
  }
  // What was not written is not passed over in silence: the program ends with this error.
  if (failure !== undefined) throw failure.thrown
}

/** Marks what hears that a program ends, of whichever copy of the package. */
const LAST = Symbol.for('trackstats.last')
Object.assign(finish, { [LAST]: true })

/** Has what others do at the end of the program come first, so that it is committed too. */
const last = (name: string, listener: object): void => {
  if (name !== 'exit' || LAST in listener) return
  queueMicrotask(() => {
    if (open.size === 0) return
    const { process } = globalThis as { process?: Process }
    process?.off?.('exit', finish)
    process?.on?.('exit', finish)
  })
}

/** Begins or ends to hear that a page is hidden or left, and that a program ends. */
function listen(begins: boolean): void {
  const host = globalThis as Target & { document?: Target; process?: Process }
  const change = begins ? 'addEventListener' : 'removeEventListener'
  host.document?.[change]?.('visibilitychange', look)
  host[change]?.('pagehide', look)
  const turn = begins ? 'on' : 'off'
  host.process?.[turn]?.('exit', finish)
  host.process?.[turn]?.('newListener', last)
}
