// The history of a folder as the page gets it, whatever is in it.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { Counts } from '../../www/build/counts.js'
import { history } from '../../www/build/history.js'

const folders = []
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function folder() {
  const made = await mkdtemp(join(tmpdir(), 'trackstats-history-'))
  folders.push(made)
  return made
}

/** A repository with commits, each an author, a date, a subject, and what is in its file. */
async function repository(commits) {
  const cwd = await folder()
  const git = (args, env = {}, input = '') =>
    execFileSync('git', args, {
      cwd,
      input,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  git(['init', '--quiet'])
  git(['config', 'i18n.commitEncoding', 'UTF-8'])
  for (const [name, date, subject, text] of commits) {
    const env = {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: 'secret@example.com',
      GIT_COMMITTER_NAME: 'c',
      GIT_COMMITTER_EMAIL: 'c@example.com',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: '2026-11-20T12:00:00Z',
    }
    if (text !== undefined) {
      await writeFile(join(cwd, 'file'), text)
      git(['add', 'file'])
    }
    git(['commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-F', '-'], env, subject)
  }
  return cwd
}

const now = new Date('2026-11-25T12:00:00Z')

test('commits are counted by day, author and area', async () => {
  const of = await repository([
    ['Ada', '2026-11-20T10:00:00Z', 'core: one'],
    ['Ada', '2026-11-20T23:00:00-05:00', 'core: two'],
    ['Bob', '2026-11-21T10:00:00Z', 'fix(core)!: three'],
    ['Bob', '2026-11-21T11:00:00Z', 'A word: and more'],
  ])
  const { authors, areas, commits, leftOut } = await history(of, now)
  assert.deepEqual(authors, [
    { name: 'Ada', dates: ['2026-11-20'], counts: [2] },
    { name: 'Bob', dates: ['2026-11-21'], counts: [2] },
  ])
  assert.deepEqual(areas.map(({ name }) => name).sort(), ['core', 'fix', 'other'])
  assert.deepEqual([commits, leftOut], [4, 0])
})

test('addresses, control characters and times that cannot be are left out', async () => {
  const of = await repository([
    ['ada@example.com', '2026-11-20T10:00:00Z', 'tab\there: x'],
    ['\u202eevil\u0007 name', '2026-11-20T10:00:00Z', '<b>: bold'],
    ['x'.repeat(3000), '2026-11-20T10:00:00Z', `${'y'.repeat(20_000)}: z`],
    ['Ada', '2099-01-01T10:00:00Z', 'later: not yet'],
  ])
  const made = await history(of, now)
  assert.equal(made.leftOut, 1)
  assert.deepEqual(made.authors.map(({ name }) => name).sort(), [
    'ada',
    'evil  name',
    'x'.repeat(80),
  ])
  assert.ok(!JSON.stringify(made).includes('example.com'))
  assert.deepEqual(made.areas, [{ name: 'other', dates: ['2026-11-20'], counts: [3] }])
})

test('lines that were added and removed are counted', async () => {
  const of = await repository([
    ['Ada', '2026-11-20T10:00:00Z', 'one', 'a\nb\nc\n'],
    ['Ada', '2026-11-21T10:00:00Z', 'two', 'a\nx\n'],
    ['Ada', '2026-11-21T11:00:00Z', 'three', 'a\nx\ny\n'],
  ])
  const { lines } = await history(of, now)
  assert.deepEqual(lines, { dates: ['2026-11-20', '2026-11-21'], added: [3, 2], removed: [0, 2] })
})

test('a folder without a history says why', async () => {
  await assert.rejects(history(await folder(), now), /not a git repository/)
  await assert.rejects(history('/no/such/folder', now), /No such file/)
  const empty = await folder()
  execFileSync('git', ['init', '--quiet'], { cwd: empty })
  await assert.rejects(history(empty, now), /./)
})

test('of many names the most frequent are told apart', () => {
  const counts = new Counts(2)
  for (let name = 0; name < 5; name += 1) {
    for (let time = 0; time <= name; time += 1) counts.add('2026-11-20', `n${name}`)
  }
  const [first, second, others] = counts.columns('')
  assert.deepEqual([first.name, second.name, others.name], ['n4', 'n3', 'others'])
  assert.deepEqual(others.counts, [1 + 2 + 3])
  assert.deepEqual(counts.columns('2026-11-21')[0].dates, [])
})
