// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import com.aparapi.Range;
import com.aparapi.opencl.OpenCL;
import dev.kairos.kernels.opencl.DeviceInfo;
import dev.kairos.kernels.opencl.OpenClException;
import dev.kairos.kernels.opencl.OpenClException.Kind;
import dev.kairos.kernels.opencl.WorkRange;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kernel as an annotated method declares it, and what must be right before it is called: Aparapi
 * checks none of it, and a wrong call ends the JVM.
 */
final class KernelCall {
  private final String kernel;
  private final Method method;
  private final Parameter[] parameters;

  /** What an argument is. */
  private record Parameter(String name, Class<?> type, boolean written) {
    boolean isArray() {
      return type.isArray();
    }
  }

  /**
   * What a device allows.
   *
   * @param groupItems items of a work group
   * @param groupX items of a work group along the first axis
   * @param groupY items of a work group along the second axis
   * @param largestBytes bytes of one array
   * @param memoryBytes bytes of all arrays of a call
   */
  record Limits(int groupItems, int groupX, int groupY, long largestBytes, long memoryBytes) {
    /** Those of a device, and how many items of a group fit along each of its axes. */
    static Limits of(DeviceInfo info, int[] axes) {
      return new Limits(
          info.groupItems(), axes[0], axes[1], info.largestBytes(), info.memoryBytes());
    }
  }

  /**
   * Reads a declaration.
   *
   * @throws IllegalArgumentException if it holds something that Aparapi would leave unset in
   *     silence
   */
  KernelCall(Method method) {
    OpenCL.@Nullable Kernel name = method.getAnnotation(OpenCL.Kernel.class);
    if (name == null) {
      throw new IllegalArgumentException(method + ": @Kernel is missing");
    }
    this.kernel = name.value();
    this.method = method;
    Class<?>[] types = method.getParameterTypes();
    if (types.length == 0 || types[0] != Range.class) {
      throw new IllegalArgumentException(method + ": the first parameter must be the Range");
    }
    this.parameters = new Parameter[types.length - 1];
    for (int i = 1; i < types.length; i++) {
      parameters[i - 1] = parameter(method, types[i], method.getParameterAnnotations()[i]);
    }
  }

  /** The kernels that an interface declares, by name. */
  static Map<String, KernelCall> declaredBy(Class<?> declarations) {
    Map<String, KernelCall> calls = new HashMap<>();
    for (Method method : declarations.getDeclaredMethods()) {
      KernelCall call = new KernelCall(method);
      calls.put(call.kernel, call);
    }
    return calls;
  }

  private static Parameter parameter(Method method, Class<?> type, Annotation[] annotations) {
    boolean array = type == float[].class || type == int[].class;
    boolean number = type == float.class || type == int.class;
    if (annotations.length == 1) {
      Annotation only = annotations[0];
      if (array && only instanceof OpenCL.GlobalReadOnly read) {
        return new Parameter(read.value(), type, false);
      }
      if (array && only instanceof OpenCL.GlobalReadWrite both) {
        return new Parameter(both.value(), type, true);
      }
      if (number && only instanceof OpenCL.Arg argument) {
        return new Parameter(argument.value(), type, false);
      }
    }
    throw new IllegalArgumentException(
        "%s: a parameter must be float[] or int[] with @GlobalReadOnly or @GlobalReadWrite, or float or int with @Arg: %s %s"
            .formatted(method, Arrays.toString(annotations), type.getSimpleName()));
  }

  /** The name in the text. */
  String kernel() {
    return kernel;
  }

  /** The declaration. */
  Method method() {
    return method;
  }

  /**
   * Checks a call.
   *
   * @param arguments all but the range
   * @throws IllegalArgumentException if the kernel cannot be called so
   * @throws OpenClException if the device has too little memory for it
   */
  void check(Limits limits, WorkRange range, @Nullable Object... arguments) {
    axis("x", range.x(), range.groupX(), limits.groupX());
    axis("y", range.y(), range.groupY(), limits.groupY());
    axis("z", range.z(), 1, 1);
    if ((long) range.groupX() * range.groupY() > limits.groupItems()) {
      throw wrong(
          "a work group of %d x %d items, and the device allows %d"
              .formatted(range.groupX(), range.groupY(), limits.groupItems()));
    }
    if (arguments.length != parameters.length) {
      throw wrong("%d arguments for %d parameters".formatted(arguments.length, parameters.length));
    }
    long bytes = 0;
    for (int i = 0; i < parameters.length; i++) {
      bytes += bytes(limits, parameters[i], arguments[i]);
    }
    fits(bytes, limits.memoryBytes());
  }

  private void axis(String axis, long items, int group, int limit) {
    if (group < 1 || group > limit) {
      throw wrong("group items along %s must be in [1, %d]: %d".formatted(axis, limit, group));
    }
    if (items < 1 || items > Integer.MAX_VALUE || items % group != 0) {
      throw wrong(
          "items along %s must be a positive multiple of %d below 2^31: %d"
              .formatted(axis, group, items));
    }
  }

  private long bytes(Limits limits, Parameter parameter, @Nullable Object argument) {
    if (argument == null) {
      throw wrong(parameter.name + " is null");
    }
    long bytes = 0;
    Class<?> wanted = parameter.type;
    if (parameter.isArray() && argument.getClass() == wanted) {
      int length = argument instanceof float[] floats ? floats.length : ((int[]) argument).length;
      if (length == 0) {
        throw wrong(parameter.name + " has no elements");
      }
      bytes = 4L * length;
      fits(bytes, limits.largestBytes());
    } else if (parameter.isArray()
        || (wanted == int.class && !(argument instanceof Integer))
        || (wanted == float.class && !(argument instanceof Float))) {
      throw wrong(
          "%s must be %s: %s"
              .formatted(
                  parameter.name, wanted.getSimpleName(), argument.getClass().getSimpleName()));
    }
    return bytes;
  }

  private void fits(long bytes, long limit) {
    if (bytes > limit) {
      throw new OpenClException(
          Kind.OUT_OF_MEMORY,
          "%s: %,d bytes are to be brought to the device, and it takes at most %,d"
              .formatted(kernel, bytes, limit),
          "make the batch smaller, or compute with --backend cpu",
          null);
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(kernel + ": " + what);
  }

  /**
   * Replaces an array that is only read and handed over twice by a copy: what a driver does with
   * two buffers in one place is not defined.
   *
   * @param arguments all but the range, changed
   */
  void separate(Object[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      for (int j = 0; j < arguments.length; j++) {
        if (i != j && arguments[i] == arguments[j] && !parameters[i].written) {
          if (arguments[i] instanceof float[] floats) {
            arguments[i] = floats.clone();
          } else if (arguments[i] instanceof int[] ints) {
            arguments[i] = ints.clone();
          }
        }
      }
    }
  }
}
