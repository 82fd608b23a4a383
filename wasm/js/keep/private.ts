import type { Carrier } from './filed.js'
import type { Asked } from './medium.js'
export function privateAt(_: string, asked: Asked): Promise<Carrier> {
  throw asked.fault('io', 'todo')
}
