"""Writes the files of this folder; run in it, with h5py 3 and NumPy 2."""
import h5py
import numpy as np

a = np.arange(24, dtype="<f4").reshape(4, 6) / 8
with h5py.File("types.h5", "w") as f:
    for code in ("<f2", "<f4", "<f8", ">f4", ">f8", "i1", "<i2", "<i4", "<i8", "u1", "<u2", "<u4", "<u8"):
        f[code.replace("<", "little_").replace(">", "big_")] = np.array([[0, 1, 2]], dtype=code)
    f["flags"] = np.array([True, False])
    f["name"] = "video"
    f["fps"] = 25.0
with h5py.File("packed.h5", "w") as f:
    f.create_dataset("gzip", data=a, chunks=(3, 4), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("lzf", data=a, chunks=(2, 6), compression="lzf")
with h5py.File("groups.h5", "w", libver="latest") as f:
    f["video_1/c3d_features"] = a
    f["video_2/c3d_features"] = a[:2]
    f["empty"] = np.zeros((0, 6), "<f4")
    f["deep"] = a.reshape(2, 2, 6)
with h5py.File("one.h5", "w") as f:
    f["rgb/feats"] = a
    f["rgb/fps"] = 25
with h5py.File("v73.mat", "w", userblock_size=512) as f:
    d = f.create_dataset("feats", data=np.asfortranarray(a.astype("<f8")).T)  # MATLAB's own order
    d.attrs["MATLAB_class"] = np.bytes_("double")
head = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon Nov 30 2026 HDF5 schema 1.00 ."
with open("v73.mat", "r+b") as f:
    f.write(head.ljust(116) + b"\0" * 8 + b"\x00\x02IM")
