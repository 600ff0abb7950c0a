/**
 * Numbers from bytes and bits: varints (LEB128), and exponential Golomb codes, most significant bit first.
 *
 * The code of order k of a number v writes u = v + 2^k in its binary digits, after as many zeros as it has digits more
 * than k + 1. `sitegen/search/bits.py` writes them.
 */

/** @typedef {{bytes: Uint8Array, at: number}} Cursor */

/** @type {(cursor: Cursor) => number} */
export function readVarint(cursor) {
  let [value, weight] = [0, 1];
  for (;;) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined || weight > 2 ** 42) throw new RangeError("no number");
    value += (byte & 127) * weight;
    if (byte < 128) return value;
    weight *= 128;
  }
}

export class BitReader {
  /** @param {Uint8Array} bytes @param {number} [start] the byte to begin at */
  constructor(bytes, start = 0) {
    this.bytes = bytes;
    this.at = start * 8;
  }

  /** The next 32 bits; zeros follow the last byte. */
  window() {
    const { bytes, at } = this;
    const byte = at >>> 3;
    const shift = at & 7;
    const four = (bytes[byte] << 24) | (bytes[byte + 1] << 16) | (bytes[byte + 2] << 8) | bytes[byte + 3];
    return shift === 0 ? four : (four << shift) | (bytes[byte + 4] >>> (8 - shift));
  }

  /** @type {(count: number) => number} a number of 1 to 32 bits */
  bits(count) {
    const value = this.window() >>> (32 - count);
    this.at += count;
    return value;
  }

  /** @type {(order: number) => number} */
  golomb(order) {
    const window = this.window();
    const zeros = Math.clz32(window);
    const length = zeros + order + 1;
    if (length > 32) throw new RangeError("no number");
    if (zeros + length > 32) {
      this.at += zeros;
      return this.bits(length) - 2 ** order;
    }
    this.at += zeros + length;
    return ((window << zeros) >>> (32 - length)) - (1 << order);
  }

  /** @type {(count: number, order: number) => Uint32Array} */
  golombs(count, order) {
    const found = new Uint32Array(this.checked(count));
    for (let place = 0; place < count; place += 1) found[place] = this.golomb(order);
    return found;
  }

  /** @type {(count: number, order: number) => Uint32Array} ascending numbers, each coded as the gap from the last */
  ascending(count, order) {
    const found = new Uint32Array(this.checked(count));
    let last = -1;
    for (let place = 0; place < count; place += 1) found[place] = last += this.golomb(order) + 1;
    return found;
  }

  /** @type {(count: number) => number} a count of codes there is room for: each takes a bit at least */
  checked(count) {
    if (this.at + count > this.bytes.length * 8) throw new RangeError("too few numbers");
    return count;
  }
}
