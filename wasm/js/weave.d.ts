/** How the streams of a module lie one after the other. */
export interface Streams {
    /** The lengths of the streams. */
    readonly lengths: readonly number[];
    /** How much of the first stream comes before the bodies of functions. */
    readonly code: number;
    readonly functions: number;
    /** How long the module is. */
    readonly length: number;
}
/** The module. All in one loop over variables that nothing else sees, so that it is compiled soon. */
export declare function weave(from: Uint8Array, { lengths, code, functions, length }: Streams): Uint8Array<ArrayBuffer>;
