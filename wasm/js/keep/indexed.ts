import type { Asked, Medium } from './medium.js'
export const Indexed: { find(name: string, asked: Asked): Promise<Medium> } = {
  find: async (_, asked) => {
    throw asked.fault('io', 'todo')
  },
}
