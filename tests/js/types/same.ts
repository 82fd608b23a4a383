/** Whether two types are the same, and not only assignable to each other. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Compiles if the two types are the same. */
export function same<A, B>(..._: Same<A, B> extends true ? [] : [never]): void {}
