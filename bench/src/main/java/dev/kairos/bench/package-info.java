// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks: one class per question, other libraries in the same run. A {@link
 * dev.kairos.bench.Duel} measures one {@link dev.kairos.bench.Contender}; {@code bench/run} lets
 * them take turns and writes the table. See {@code docs/benchmarks/README.md}.
 */
@org.jspecify.annotations.NullMarked
package dev.kairos.bench;
