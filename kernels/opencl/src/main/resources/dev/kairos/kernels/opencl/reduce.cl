// SPDX-License-Identifier: Apache-2.0
// Work item (output, part) joins the terms part, part + parts, part + 2 parts, ..; neighbouring
// items read neighbouring terms. Without parts the results are those of the outputs; else the
// parts of one output follow each other and a second call joins them.
kernel void reduce_NAME(global const float *in, global float *out, const int outputs,
                        const int terms, const int parts, const Walk kept, const Walk folded) {
  const int item = get_global_id(0);
  if (item < outputs * parts) {
    const int output = item / parts;
    const int from = place(&kept, 0, output);
    float a = IDENTITY;
    const int part = item - output * parts;
    if (folded.rank == 1) {
      const int step = folded.step[0][0];
      for (int j = part; j < terms; j += parts) {
        const float b = in[from + j * step];
        a = EXPRESSION;
      }
    } else {
      for (int j = part; j < terms; j += parts) {
        const float b = in[from + place(&folded, 0, j)];
        a = EXPRESSION;
      }
    }
    out[parts > 1 ? item : place(&kept, 1, output)] = a;
  }
}
