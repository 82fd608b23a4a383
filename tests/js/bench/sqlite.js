// SQLite as WebAssembly, by its two interfaces, and natively where better-sqlite3 could be installed.

import sqlite3InitModule from '@sqlite.org/sqlite-wasm'

import { Sql } from './sql.js'

const loaded = sqlite3InitModule()

/** The objects that most applications use. */
export class Oo1 extends Sql {
  static title = 'sqlite-wasm oo1'

  static async open() {
    const { oo1 } = await loaded
    const database = new oo1.DB(':memory:')
    return new Oo1({
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
      prepare: (sql) => {
        const statement = database.prepare(sql)
        return {
          run: (given) => statement.bind(given).stepReset(),
          pair(given) {
            statement.bind(given).step()
            const pair = [statement.get(0), statement.get(1)]
            statement.reset()
            return pair
          },
          each(given, take) {
            statement.bind(given)
            while (statement.step()) take(statement.get(0), statement.get(1))
            statement.reset()
          },
          end: () => statement.finalize(),
        }
      },
    })
  }
}

/** The functions of C, which an application that wants speed may call itself. */
export class Capi extends Sql {
  static title = 'sqlite-wasm C API'

  static async open() {
    const { capi, oo1 } = await loaded
    const database = new oo1.DB(':memory:')
    return new Capi({
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
      prepare: (sql) => {
        const holder = database.prepare(sql)
        const statement = holder.pointer
        const bind = (given) => {
          for (let at = 0; at < given.length; at++) {
            capi.sqlite3_bind_double(statement, at + 1, given[at])
          }
        }
        const number = (at) => capi.sqlite3_column_double(statement, at)
        return {
          run(given) {
            bind(given)
            capi.sqlite3_step(statement)
            capi.sqlite3_reset(statement)
          },
          pair(given) {
            bind(given)
            capi.sqlite3_step(statement)
            const pair = [number(0), number(1)]
            capi.sqlite3_reset(statement)
            return pair
          },
          each(given, take) {
            bind(given)
            while (capi.sqlite3_step(statement) === capi.SQLITE_ROW) take(number(0), number(1))
            capi.sqlite3_reset(statement)
          },
          end: () => holder.finalize(),
        }
      },
    })
  }
}

/** The class for the native build; undefined where it could not be installed. */
export async function better() {
  let Database
  try {
    Database = (await import('better-sqlite3')).default
    new Database(':memory:').close()
  } catch {
    return undefined
  }
  return class Better extends Sql {
    static title = 'better-sqlite3'

    static async open() {
      const database = new Database(':memory:')
      return new Better({
        exec: (sql) => database.exec(sql),
        close: () => database.close(),
        prepare: (sql) => {
          const statement = database.prepare(sql)
          if (statement.reader) statement.raw()
          return {
            run: (given) => statement.run(given),
            pair: (given) => statement.get(given),
            each(given, take) {
              for (const [first, second] of statement.all(given)) take(first, second)
            },
            end() {},
          }
        },
      })
    }
  }
}
