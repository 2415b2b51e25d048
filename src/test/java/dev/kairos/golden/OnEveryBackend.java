// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that is given the name of each backend: those of {@link GoldenEngine#backends}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag("every-backend")
@ParameterizedTest
@MethodSource("dev.kairos.golden.GoldenEngine#backends")
public @interface OnEveryBackend {}
