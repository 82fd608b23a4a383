// Programs in namespaces of processes of their own, as containers have them.

import { execFileSync } from 'node:child_process'

/** What is written before a program to have it run in one. */
export const CONTAINER = ['unshare', '--pid', '--fork', '--mount-proc']

/** Why there are none here; false if there are. */
export const noContainers = (() => {
  try {
    execFileSync(CONTAINER[0], [...CONTAINER.slice(1), 'true'], { stdio: 'ignore' })
    return false
  } catch {
    return 'namespaces of processes need unshare and the rights for it'
  }
})()
