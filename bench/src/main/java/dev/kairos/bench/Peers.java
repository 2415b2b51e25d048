// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.Backends;
import dev.kairos.tensor.Engine;
import java.util.List;
import java.util.Optional;

/** The names of the contenders, and which of them can run here. */
final class Peers {
  /** Ours, on the best backend. */
  static final String KAIROS = "kairos";

  /** Ours, without the Vector API. */
  static final String SCALAR = "scalar";

  /** Ours in double precision, which the others are checked against. */
  static final String REFERENCE = "reference";

  /** Ours on an OpenCL device, where everything stays; with the Maven profile opencl. */
  static final String OPENCL = "opencl";

  /** Ours with products on an OpenCL device, moved there and back; with the same profile. */
  static final String APARAPI = "aparapi";

  /** The system property that chooses among several OpenCL devices. */
  static final String DEVICE = "kairos.bench.device";

  /** PyTorch's C++ library through DJL, its programs written as a PyTorch user would. */
  static final String LIBTORCH = "libtorch";

  /** The same with convolutions as one product with an unfolded input. */
  static final String LIBTORCH_UNFOLD = "libtorch-unfold";

  static final String EJML = "ejml";
  static final String OJALGO = "ojalgo";

  private Peers() {}

  static boolean isOurs(String peer) {
    return peer.equals(KAIROS) || peer.equals(SCALAR) || peer.equals(REFERENCE) || isOnDevice(peer);
  }

  private static boolean isOnDevice(String peer) {
    return peer.equals(OPENCL) || peer.equals(APARAPI);
  }

  static boolean isLibtorch(String peer) {
    return peer.equals(LIBTORCH) || peer.startsWith(LIBTORCH + "-");
  }

  /** An engine of ours, on the device that {@link #DEVICE} names where there are several. */
  static Engine engine(String peer, int threads) {
    BackendOptions options = new BackendOptions(threads, System.getProperty(DEVICE, ""));
    return Engine.open(peer.equals(KAIROS) ? "cpu" : peer, options);
  }

  /** Why a contender cannot take part here, if so. */
  static Optional<String> whyMissing(String peer) {
    if (isLibtorch(peer)) {
      return Libtorch.whyMissing();
    }
    if (isOnDevice(peer)) {
      return Backends.providers().stream()
          .filter(provider -> provider.name().equals(peer))
          .findFirst()
          .map(BackendProvider::availability)
          .map(found -> found.usable() ? Optional.<String>empty() : Optional.of(found.reason()))
          .orElse(Optional.of("not on the class path; build with the Maven profile opencl"));
    }
    boolean present =
        isOurs(peer)
            || peer.equals(EJML)
            || peer.equals(OJALGO)
            || MatmulPeer.find(peer).isPresent()
            || LpPeer.find(peer).isPresent();
    return present
        ? Optional.empty()
        : Optional.of("not on the class path; build with the Maven profile peers");
  }

  /** Refuses any name but ours and the given ones. */
  static void require(String peer, String... others) {
    if (!isOurs(peer) && !List.of(others).contains(peer)) {
      throw unknown(peer);
    }
  }

  static MissingPeerException unknown(String peer) {
    return new MissingPeerException(
        peer, whyMissing(peer).orElse("it has no answer to this question"));
  }
}
