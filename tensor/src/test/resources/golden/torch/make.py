"""Writes the files of this folder but written.pt; run in it, with PyTorch 1.13.

written.pt is of TorchWriterTest; torch.load reads it, with weights_only=True and without.
"""
from collections import OrderedDict
import numpy as np
import torch
from torch import nn

a = torch.arange(24, dtype=torch.float32).reshape(4, 6) / 8
types = OrderedDict(
    (str(t).split(".")[1], torch.tensor([0, 1, 2], dtype=torch.float32).to(t))
    for t in [torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.uint8,
              torch.int8, torch.int16, torch.int32, torch.int64, torch.bool])
types["scalar"] = torch.tensor(2.5)
types["empty"] = torch.zeros(0, 3)
views = {"whole": a, "columns": a.t(), "part": a[1:3, 2::2], "row": a[2], "wide": a[0, :1].expand(3)}
torch.manual_seed(1)
net = nn.Sequential(nn.Conv1d(3, 2, 3, padding=1), nn.ReLU(), nn.BatchNorm1d(2))
net[0].weight.data = torch.arange(18, dtype=torch.float32).reshape(2, 3, 3)
net[0].bias.data = torch.tensor([0.5, -0.5])
optimizer = torch.optim.Adam(net.parameters(), lr=1e-4)
net(torch.ones(1, 3, 4)).sum().backward()
optimizer.step()
net[0].weight.data = torch.arange(18, dtype=torch.float32).reshape(2, 3, 3)
net[0].bias.data = torch.tensor([0.5, -0.5])
checkpoint = {
    "epoch": 3, "best": np.float64(0.5), "args": {"lr": 1e-4, "name": "Größe"},
    "state_dict": OrderedDict(("module." + k, v) for k, v in net.state_dict().items()),
    "optimizer": optimizer.state_dict(), "size": a.shape, "dtype": a.dtype, "device": a.device,
}
contents = {"types": types, "views": views, "net": net.state_dict(), "checkpoint": checkpoint,
            "tensor": a, "parameter": nn.Parameter(a), "list": [a, np.float32([1, 2])]}
for name, content in contents.items():
    torch.save(content, name + ".pt")
    torch.save(content, name + "_stream.pt", _use_new_zipfile_serialization=False)
torch.save(net, "module.pt")
torch.jit.save(torch.jit.trace(net.eval(), torch.ones(1, 3, 4)), "script.pt")
