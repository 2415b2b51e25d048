// SPDX-License-Identifier: Apache-2.0
// Updates of parameters, in place, and dropout.

kernel void adam(global float *parameter, global const float *gradient, global float *m,
                 global float *v, const float b1, const float b2, const float r1, const float r2,
                 const float l2, const float keep, const float rate, const float root2,
                 const float epsilon, const int count) {
  const int i = get_global_id(0);
  if (i < count) {
    const float slope = gradient[i] + l2 * parameter[i];
    const float first = b1 * m[i] + r1 * slope;
    const float second = b2 * v[i] + r2 * (slope * slope);
    m[i] = first;
    v[i] = second;
    parameter[i] = keep * parameter[i] - rate * first / (sqrt(second) / root2 + epsilon);
  }
}

kernel void sgd(global float *parameter, global const float *gradient, global float *velocity,
                const float rate, const float momentum, const float l2, const int nesterov,
                const int count) {
  const int i = get_global_id(0);
  if (i < count) {
    const float slope = gradient[i] + l2 * parameter[i];
    const float v = momentum * velocity[i] + slope;
    velocity[i] = v;
    parameter[i] -= rate * (nesterov ? slope + momentum * v : v);
  }
}

// Philox 4x32-10 (Salmon, Moraes, Dror, Shaw, SC 2011): block number `block` of a key.
inline uint4 philox(const uint block, const uint2 stream, const uint2 seed) {
  uint4 c = (uint4)(block, 0, stream.x, stream.y);
  uint2 k = seed;
  for (int round = 0; round < 10; round++) {
    const uint high0 = mul_hi(0xD2511F53u, c.x);
    const uint low0 = 0xD2511F53u * c.x;
    const uint high1 = mul_hi(0xCD9E8D57u, c.z);
    const uint low1 = 0xCD9E8D57u * c.z;
    c = (uint4)(high1 ^ c.y ^ k.x, low1, high0 ^ c.w ^ k.y, low0);
    k += (uint2)(0x9E3779B9u, 0xBB67AE85u);
  }
  return c;
}

// What is left of a number for which a word was drawn.
inline float dropped(const float x, const uint word, const uint threshold, const float scale) {
  return (word >> 8) < threshold ? 0.0f : x * scale;
}

// One work item for the four elements of a block of random words.
kernel void dropout(global const float *in, global float *out, const uint threshold,
                    const float scale, const uint2 stream, const uint2 seed, const int count,
                    const Walk w) {
  const int block = get_global_id(0);
  if (block * 4 < count) {
    const uint4 words = philox((uint) block, stream, seed);
    const uint word[4] = {words.x, words.y, words.z, words.w};
    for (int i = 0; i < 4 && block * 4 + i < count; i++) {
      const int element = block * 4 + i;
      out[place(&w, 1, element)] =
          dropped(in[place(&w, 0, element)], word[i], threshold, scale);
    }
  }
}

kernel void dropout_flat(global const float *in, global float *out, const uint threshold,
                         const float scale, const uint2 stream, const uint2 seed,
                         const int count, const int from, const int to) {
  const int block = get_global_id(0);
  const int i = block * 4;
  if (i < count) {
    const uint4 words = philox((uint) block, stream, seed);
    out[to + i] = dropped(in[from + i], words.x, threshold, scale);
    if (i + 1 < count) {
      out[to + i + 1] = dropped(in[from + i + 1], words.y, threshold, scale);
    }
    if (i + 2 < count) {
      out[to + i + 2] = dropped(in[from + i + 2], words.z, threshold, scale);
    }
    if (i + 3 < count) {
      out[to + i + 3] = dropped(in[from + i + 3], words.w, threshold, scale);
    }
  }
}
