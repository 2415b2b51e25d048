"""Writes the files of this folder; run in it, with SciPy 1."""
import numpy as np
from scipy.io import savemat

a = np.arange(24, dtype="<f4").reshape(4, 6) / 8
for packed in (False, True):
    savemat(
        "packed.mat" if packed else "plain.mat",
        {"feats": a, "fps": 25.0, "name": "video", "info": {"a": 1}, "cells": np.array([1, "x"], dtype=object)},
        do_compression=packed,
    )
types = {}
for code in ("f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
    types[code] = np.array([[0, 1, 2]], dtype=code)
types["flags"] = np.array([[True, False]])
types["deep"] = a.reshape(2, 2, 6)
types["complex"] = np.array([[1 + 2j]])
types["empty"] = np.zeros((0, 6))
savemat("types.mat", types)
savemat("v4.mat", {"feats": a.astype("f8")}, format="4")
