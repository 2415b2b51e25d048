"""Writes the pickles of this folder; run in it, with CPython 3 and NumPy 2, then 1 (argument "old")."""
import pickle, sys
from collections import OrderedDict
import numpy as np

a = np.arange(6, dtype="<f4").reshape(2, 3) / 4
objects = np.empty(2, dtype=object)
objects[:] = [[1, 2.5], "x"]
value = {
    "none": None,
    "yes": True,
    "n": -5,
    "big": 2**70,
    "x": 1.5,
    "text": "Größe\n\\ 🏃",
    "bytes": b"\x00\xffA",
    "array of bytes": bytearray(b"\x01\x80"),
    "list": [1, [2], []],
    "tuple": (1, (2, 3, 4, 5), ()),
    "set": {7},
    "ordered": OrderedDict([("b", 1), ("a", 2)]),
    3: "three",
    "f4": a,
    "fortran": np.asfortranarray(a),
    "big endian": a.astype(">f8"),
    "half": a.astype("<f2"),
    "i8": np.array([-1, 2**40]),
    "bool": np.array([True, False]),
    "names": np.array(["Dive", "Größe"]),
    "bytes of names": np.array([b"Dive", b"Run"]),
    "objects": objects,
    "empty": np.zeros((0, 4), "<f4"),
    "scalar": np.float32(0.25),
    "index": np.int64(-9),
    "flag": np.bool_(True),
    "same": a,
}
old = len(sys.argv) > 1
for protocol in range(6):
    if not old or protocol in (2, 5):
        name = f"p{protocol}{'_numpy1' if old else ''}.pkl"
        with open(name, "wb") as f:
            pickle.dump(value, f, protocol)
if not old:
    np.save("dict.npy", {"feats": a, "fps": 25})
    joint = np.empty(2, dtype=object)
    joint[:] = [a, a[:1]]
    np.save("joint.npy", joint)
    segments = np.empty((2, 2), dtype=object)
    segments[:] = [[[[0.5, 2.0]], []], ["a", None]]
    np.save("fortran.npy", np.asfortranarray(segments))
    class Stranger:
        pass
    with open("stranger.pkl", "wb") as f:
        pickle.dump([Stranger()], f, 4)
