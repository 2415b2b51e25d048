// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks, one class per question. Build with {@code mvn -pl bench -am package} and run
 * {@code java -cp bench/target/classes:..} through {@link org.openjdk.jmh.Main}; see each class for
 * its question.
 */
@org.jspecify.annotations.NullMarked
package dev.kairos.bench;
