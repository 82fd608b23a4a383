// The bytes of the file of a store, as they lie on a disk, without the disk.

import type { Context } from '../context.js'
import { Filed } from './filed.js'
import { zoneIn } from '../snapshot.js'
import type { Loading } from './medium.js'

/** Where a file of a store begins, in one of two places. */
const [MAGIC, PLACES] = ['trckstat', [0, 512]]

function isFile(bytes: Uint8Array): boolean {
  return PLACES.some((place) => {
    const head = bytes.subarray(place, place + MAGIC.length)
    return head.length === MAGIC.length && head.every((byte, at) => byte === MAGIC.charCodeAt(at))
  })
}

/** The snapshot of what the file of a store holds, in a store that is made for it; other bytes as they are. */
export async function unfolded(
  bytes: Uint8Array,
  asked: Loading,
  contextIn: (zone: string) => Promise<Context>,
): Promise<Uint8Array> {
  if (!isFile(bytes)) return bytes
  const refused = (): never => {
    throw new Error('the bytes are only read')
  }
  const carrier = {
    place: 'the snapshot',
    read: async (): Promise<Uint8Array> => bytes,
    carryOut: refused,
    carryOutNow: refused,
    leave: (): void => undefined,
  }
  const filed = await Filed.find(carrier, asked)
  const { snapshot } = filed
  const zone = snapshot === undefined ? undefined : zoneIn(snapshot)
  const context = await contextIn(zone ?? 'UTC')
  try {
    if (snapshot !== undefined) context.engine.restore(context.zone.name, false, snapshot)
    await filed.begin(context)
    return context.engine.snapshot()
  } finally {
    context.close()
    filed.leave()
  }
}
