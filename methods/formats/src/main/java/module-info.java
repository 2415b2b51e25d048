// SPDX-License-Identifier: Apache-2.0
/** Features in HDF5 and MATLAB files; found by service. */
@org.jspecify.annotations.NullMarked
module dev.kairos.methods.formats {
  requires static org.jspecify;
  requires dev.kairos.methods;
  requires io.jhdf;

  provides dev.kairos.methods.data.FeatureFormat with
      dev.kairos.methods.formats.Hdf5Format,
      dev.kairos.methods.formats.MatlabFormat;
}
