import { type Streams } from './weave.js';
/** A wasm module as text. */
export interface Encoded extends Streams {
    /** The streams, of which some share an alphabet. */
    readonly texts: readonly {
        readonly text: string;
        /** The bytes that are one character, in hexadecimal. */
        readonly single: string;
    }[];
}
/** The module that the texts stand for. */
export declare function decode(encoded: Encoded): Uint8Array<ArrayBuffer>;
